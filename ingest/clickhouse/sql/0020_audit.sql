-- What accounts, tokens and visitors did, a row an act; UTC. Append-only for `keeper`, who may insert and read. The rows of a chain hang together by
-- `hash` (api/trail/chain.ts), whose key is not in the database: `npm run audit:verify`. Expected: some thousand rows a day; a page reads one column of all.
CREATE TABLE IF NOT EXISTS auth.audit_event
(
    -- one for each start of an API process
    chain UUID,
    -- from 1, without a gap
    seq UInt64,
    at DateTime64(3, 'UTC'),
    -- account, token, visitor, nobody
    kind LowCardinality(String),
    -- of the session or the token
    id String,
    account String,
    actor String,
    role LowCardinality(String),
    action LowCardinality(String),
    -- what was acted on; only what was found, never what was typed
    target String,
    unit LowCardinality(String),
    -- done, refused, failed
    outcome LowCardinality(String),
    request String,
    address String,
    prev_hash FixedString(43),
    hash FixedString(43)
)
ENGINE = MergeTree
ORDER BY (chain, seq)
SETTINGS non_replicated_deduplication_window = 10000;
