-- `log` holds the append-only logs. `live` and `history` hold the same relation names: tables kept by materialised views, and
-- views that fold the logs. A query names bare relations and the lens picks the database.
CREATE DATABASE IF NOT EXISTS log;
CREATE DATABASE IF NOT EXISTS live;
CREATE DATABASE IF NOT EXISTS history;
