-- A row is one record of a sensor. `severity` 0 is unclassified. `payload` is the record as the sensor wrote it.
CREATE TABLE IF NOT EXISTS log.security_event
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
    severity UInt8,
    event_type LowCardinality(String),
    category LowCardinality(String),
    signature String CODEC(ZSTD(1)),
    asset String CODEC(ZSTD(1)),
    action LowCardinality(String),
    payload String CODEC(ZSTD(1)),
    INDEX received received_at TYPE minmax GRANULARITY 4
)
ENGINE = ReplacingMergeTree(earliest)
PARTITION BY toYYYYMM(observed_at)
ORDER BY (unit_path, observed_at, event_key)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE VIEW IF NOT EXISTS live.security_event AS SELECT * FROM log.security_event FINAL;
CREATE VIEW IF NOT EXISTS history.security_event AS SELECT * FROM log.security_event FINAL;
