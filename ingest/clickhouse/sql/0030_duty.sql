-- A row is one thing that those on duty settled: a silence was set or ended, a shift noted upon, handed over, taken. Some dozens a day; instants are UTC.
CREATE TABLE IF NOT EXISTS log.duty_event
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
    actor LowCardinality(String),
    note String CODEC(ZSTD(1)),
    matchers String CODEC(ZSTD(1)),
    starts_at Nullable(DateTime64(3, 'UTC')),
    ends_at Nullable(DateTime64(3, 'UTC')),
    kind LowCardinality(String),
    shift LowCardinality(String),
    INDEX received received_at TYPE minmax GRANULARITY 4
)
ENGINE = ReplacingMergeTree(earliest)
PARTITION BY toYYYYMM(observed_at)
ORDER BY (unit_path, observed_at, event_key)
SETTINGS non_replicated_deduplication_window = 10000, merge_selector_base = 10;

CREATE VIEW IF NOT EXISTS live.duty_event AS SELECT * FROM log.duty_event FINAL;
CREATE VIEW IF NOT EXISTS history.duty_event AS SELECT * FROM log.duty_event FINAL;
