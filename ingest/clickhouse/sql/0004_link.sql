-- A row is one change or sample of one link. Instants are UTC; NULL is "not measured".
CREATE TABLE IF NOT EXISTS log.link_event
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
    link_id LowCardinality(String),
    from_unit LowCardinality(String),
    ring LowCardinality(String),
    up UInt8,
    latency_ms Nullable(Float32),
    loss_ratio Nullable(Float32),
    rx_bps Nullable(Float64),
    tx_bps Nullable(Float64),
    INDEX received received_at TYPE minmax GRANULARITY 4
)
ENGINE = ReplacingMergeTree(earliest)
PARTITION BY toYYYYMM(observed_at)
ORDER BY (unit_path, observed_at, event_key)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE VIEW IF NOT EXISTS live.link_event AS SELECT * FROM log.link_event FINAL;
CREATE VIEW IF NOT EXISTS history.link_event AS SELECT * FROM log.link_event FINAL;
