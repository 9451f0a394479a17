-- What history.dossier says of each dossier, written down whenever one is touched (ingest/clickhouse/fold). Of several writings the one
-- that saw most events stands, so they may come late, twice and from any number of workers.
-- The columns are those of the fold, and when it was made by the clock of the installation. The indexes find what was accepted, or finished, in a span.
CREATE TABLE IF NOT EXISTS live.dossier_row
ENGINE = ReplacingMergeTree(events)
PARTITION BY toStartOfQuarter(opened_on)
ORDER BY (unit_path, dossier_id)
SETTINGS index_granularity = 1024, min_age_to_force_merge_seconds = 120, min_age_to_force_merge_on_partition_only = 1
EMPTY AS SELECT *, CAST(0, 'DateTime64(3, \'UTC\')') AS folded_at FROM history.dossier;

-- A row of before the column tells of no first instant, which is to say: it may have been there at any.
ALTER TABLE live.dossier_row ADD COLUMN IF NOT EXISTS first_observed_at DateTime64(3, 'UTC') AFTER last_received_at;
ALTER TABLE live.dossier_row ADD INDEX IF NOT EXISTS accepted accepted_at TYPE minmax GRANULARITY 1;
ALTER TABLE live.dossier_row ADD INDEX IF NOT EXISTS finished finished_at TYPE minmax GRANULARITY 1;
ALTER TABLE live.dossier_row ADD INDEX IF NOT EXISTS opened opened_on TYPE minmax GRANULARITY 1;

CREATE OR REPLACE VIEW live.dossier AS SELECT * EXCEPT (folded_at) FROM live.dossier_row FINAL;

-- The dossiers that are not ended, accepted or not: the small set whose figures move with time alone. An ended one is kept as a mark
-- that it is gone, until its quarter was left alone for ten minutes: longer than any writing that saw less may be under way.
CREATE TABLE IF NOT EXISTS live.dossier_open_row
ENGINE = ReplacingMergeTree(events, is_closed)
PARTITION BY toStartOfQuarter(opened_on)
ORDER BY (unit_path, dossier_id)
SETTINGS index_granularity = 1024, allow_experimental_replacing_merge_with_cleanup = 1, enable_replacing_merge_with_cleanup_for_min_age_to_force_merge = 1,
    min_age_to_force_merge_seconds = 600, min_age_to_force_merge_on_partition_only = 1
EMPTY AS SELECT *, CAST(clock = 'ended', 'UInt8') AS is_closed FROM history.dossier;

ALTER TABLE live.dossier_open_row ADD COLUMN IF NOT EXISTS first_observed_at DateTime64(3, 'UTC') AFTER last_received_at;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.dossier_open_mv TO live.dossier_open_row AS
SELECT * EXCEPT (folded_at), CAST(clock = 'ended', 'UInt8') AS is_closed FROM live.dossier_row;

ALTER TABLE live.dossier_open_mv MODIFY QUERY
SELECT * EXCEPT (folded_at), CAST(clock = 'ended', 'UInt8') AS is_closed FROM live.dossier_row;

CREATE OR REPLACE VIEW live.dossier_open AS SELECT * EXCEPT (is_closed) FROM live.dossier_open_row FINAL;

CREATE OR REPLACE VIEW history.dossier_open AS SELECT * FROM history.dossier WHERE clock != 'ended';
