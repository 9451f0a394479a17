-- Accounts, sessions, tokens and screens, as events: append-only, and what stands is their fold (api/auth/directory.ts). Seen by `keeper` alone: a panel
-- query cannot name it. `subject` is the account, session, token or screen; `data` is JSON. No secret is kept, only what it hashes to.
CREATE DATABASE IF NOT EXISTS auth;

CREATE TABLE IF NOT EXISTS auth.event
(
    at DateTime64(3, 'UTC'),
    id UUID,
    type LowCardinality(String),
    subject String,
    actor String,
    data String CODEC(ZSTD(1)),
    -- by the database's own clock: whoever reads on, reads from here
    stored_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = MergeTree
ORDER BY (stored_at, id)
SETTINGS non_replicated_deduplication_window = 10000;
