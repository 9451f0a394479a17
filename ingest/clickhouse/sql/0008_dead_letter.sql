-- A row is one refused event: by which entry it came, why it was refused, what it was (personal fields redacted). The same
-- refusal sent again collapses into the newest, so that a source stuck on one bad event does not fill the table.
CREATE TABLE IF NOT EXISTS log.dead_letter
(
    unit_path LowCardinality(String),
    received_at DateTime64(3, 'UTC'),
    letter_key UUID,
    source LowCardinality(String),
    entry LowCardinality(String),
    code LowCardinality(String),
    reason String CODEC(ZSTD(1)),
    payload String CODEC(ZSTD(1)),
    simulated UInt8
)
ENGINE = ReplacingMergeTree(received_at)
PARTITION BY toYYYYMM(received_at)
ORDER BY (unit_path, source, letter_key)
TTL toDateTime(received_at) + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000;

CREATE VIEW IF NOT EXISTS live.dead_letter AS SELECT * FROM log.dead_letter FINAL;
CREATE VIEW IF NOT EXISTS history.dead_letter AS SELECT * FROM log.dead_letter FINAL;
