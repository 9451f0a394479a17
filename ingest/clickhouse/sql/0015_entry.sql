-- A row is one entry: a person entered a figure of a unit and a period by hand, or took it back (value NULL). Instants are UTC; a period is
-- text of the province's calendar: `2026`, `2026-Q4`, `2026-11`, `2026-11-21`.
CREATE TABLE IF NOT EXISTS log.entry_event
(
    unit_path LowCardinality(String),
    observed_at DateTime64(3, 'UTC'),
    event_key UUID,
    received_at DateTime64(3, 'UTC'),
    earliest UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Milli(received_at)),
    id String CODEC(ZSTD(1)),
    source LowCardinality(String),
    type LowCardinality(String),
    subject String CODEC(ZSTD(1)),
    unit LowCardinality(String),
    simulated UInt8,
    metric LowCardinality(String),
    period LowCardinality(String),
    value Nullable(Float64),
    actor LowCardinality(String),
    note String CODEC(ZSTD(1)),
    INDEX received received_at TYPE minmax GRANULARITY 4
)
ENGINE = ReplacingMergeTree(earliest)
PARTITION BY toYear(observed_at)
ORDER BY (unit_path, observed_at, event_key)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE VIEW IF NOT EXISTS live.entry_event AS SELECT * FROM log.entry_event FINAL;
CREATE VIEW IF NOT EXISTS history.entry_event AS SELECT * FROM log.entry_event FINAL;
