-- A row is what the product says of one of its entries (what came by it in a period, what waits) or of one source (when it was last heard, against its
-- own limit). Instants are UTC, lengths milliseconds, sizes bytes; NULL where nobody counts. Some rows a second at most; kept for 400 days.
CREATE TABLE IF NOT EXISTS log.intake_event
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
    entry LowCardinality(String),
    name String CODEC(ZSTD(1)),
    of_family LowCardinality(String),
    period_ms Nullable(Float64) CODEC(ZSTD(1)),
    received Nullable(Float64) CODEC(ZSTD(1)),
    accepted Nullable(Float64) CODEC(ZSTD(1)),
    duplicate Nullable(Float64) CODEC(ZSTD(1)),
    rejected Nullable(Float64) CODEC(ZSTD(1)),
    dropped Nullable(Float64) CODEC(ZSTD(1)),
    kernel_dropped Nullable(Float64) CODEC(ZSTD(1)),
    faulty Nullable(Float64) CODEC(ZSTD(1)),
    queue_bytes Nullable(Float64) CODEC(ZSTD(1)),
    queue_limit_bytes Nullable(Float64) CODEC(ZSTD(1)),
    oldest_ms Nullable(Float64) CODEC(ZSTD(1)),
    limit_ms Nullable(Float64) CODEC(ZSTD(1)),
    heard_at Nullable(DateTime64(3, 'UTC')),
    is_silent UInt8,
    error LowCardinality(String),
    INDEX received received_at TYPE minmax GRANULARITY 4
)
ENGINE = ReplacingMergeTree(earliest)
PARTITION BY toYYYYMM(observed_at)
ORDER BY (unit_path, observed_at, event_key)
TTL toDateTime(observed_at) + INTERVAL 400 DAY
SETTINGS non_replicated_deduplication_window = 10000, merge_selector_base = 10;

CREATE VIEW IF NOT EXISTS live.intake_event AS SELECT * FROM log.intake_event FINAL;
CREATE VIEW IF NOT EXISTS history.intake_event AS SELECT * FROM log.intake_event FINAL;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.source_intake_mv TO live.source_state AS
SELECT unit_path, 'intake' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.intake_event AS e GROUP BY unit_path, source;

CREATE OR REPLACE VIEW history.source AS
SELECT unit_path, 'dossier' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.dossier_event AS e GROUP BY unit_path, source
UNION ALL
SELECT unit_path, 'link' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.link_event AS e GROUP BY unit_path, source
UNION ALL
SELECT unit_path, 'security' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.security_event AS e GROUP BY unit_path, source
UNION ALL
SELECT unit_path, 'reading' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.reading_event AS e GROUP BY unit_path, source
UNION ALL
SELECT unit_path, 'syslog' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.syslog_event AS e GROUP BY unit_path, source
UNION ALL
SELECT unit_path, 'intake' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.intake_event AS e GROUP BY unit_path, source;
