-- A row is one line that a device or a program wrote: syslog, whatever its standard and transport. `severity` is syslog's own, 0 emergency to 7 debug.
-- Merges are as in 0017_merges.sql.
-- `fault` says what is wrong with a line, and `raw` then holds all of it. Nothing is dropped by age.
CREATE TABLE IF NOT EXISTS log.syslog_event
(
    unit_path LowCardinality(String),
    observed_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    event_key UUID CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    earliest UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Milli(received_at)) CODEC(Delta, ZSTD(1)),
    id String CODEC(ZSTD(1)),
    source LowCardinality(String),
    type LowCardinality(String),
    subject String CODEC(ZSTD(1)),
    unit LowCardinality(String),
    simulated UInt8,
    facility UInt8,
    severity UInt8,
    format LowCardinality(String),
    transport LowCardinality(String),
    sender LowCardinality(String),
    hostname LowCardinality(String),
    app_name LowCardinality(String),
    procid String CODEC(ZSTD(1)),
    msgid LowCardinality(String),
    structured_data String CODEC(ZSTD(1)),
    message String CODEC(ZSTD(1)),
    fault LowCardinality(String),
    raw String CODEC(ZSTD(1)),
    INDEX received received_at TYPE minmax GRANULARITY 4
)
ENGINE = ReplacingMergeTree(earliest)
PARTITION BY toYYYYMM(observed_at)
ORDER BY (unit_path, observed_at, event_key)
SETTINGS non_replicated_deduplication_window = 10000, merge_selector_base = 10;

-- The lines of a minute by unit and severity, as the set of their keys: what is folded again changes nothing, and the count is exact. The first
-- half of a key is enough: those of the collector count up within a segment, below a random number, so that a set takes a few bytes.
CREATE TABLE IF NOT EXISTS live.syslog_minute
(
    unit_path LowCardinality(String),
    minute DateTime('UTC'),
    severity UInt8,
    seen AggregateFunction(groupBitmap, UInt64),
    faults AggregateFunction(groupBitmap, UInt64),
    last_received_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    simulated SimpleAggregateFunction(max, UInt8)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(minute)
ORDER BY (unit_path, minute, severity)
SETTINGS non_replicated_deduplication_window = 10000, merge_selector_base = 10;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.syslog_minute_mv TO live.syslog_minute AS
SELECT
    unit_path,
    toStartOfMinute(toDateTime(observed_at, 'UTC')) AS minute,
    severity,
    groupBitmapState(reinterpretAsUInt64(e.event_key)) AS seen,
    groupBitmapIfState(reinterpretAsUInt64(e.event_key), e.fault != '') AS faults,
    max(e.received_at) AS last_received_at,
    max(e.simulated) AS simulated
FROM log.syslog_event AS e
GROUP BY unit_path, minute, severity;

-- A row is one minute of a unit and severity: how many lines, and how many of them could not be read as a standard has it.
CREATE VIEW IF NOT EXISTS live.syslog_count AS
SELECT
    unit_path,
    minute,
    severity,
    groupBitmapMerge(m.seen) AS lines,
    groupBitmapMerge(m.faults) AS faults,
    max(m.last_received_at) AS last_received_at,
    max(m.simulated) AS simulated
FROM live.syslog_minute AS m
GROUP BY unit_path, minute, severity;

CREATE VIEW IF NOT EXISTS history.syslog_count AS
SELECT
    unit_path,
    toStartOfMinute(toDateTime(observed_at, 'UTC')) AS minute,
    severity,
    uniqExact(e.event_key) AS lines,
    uniqExactIf(e.event_key, e.fault != '') AS faults,
    max(e.received_at) AS last_received_at,
    max(e.simulated) AS simulated
FROM log.syslog_event AS e
GROUP BY unit_path, minute, severity;

CREATE VIEW IF NOT EXISTS live.syslog_event AS SELECT * FROM log.syslog_event FINAL;
CREATE VIEW IF NOT EXISTS history.syslog_event AS SELECT * FROM log.syslog_event FINAL;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.source_syslog_mv TO live.source_state AS
SELECT unit_path, 'syslog' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.syslog_event AS e GROUP BY unit_path, source;

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
FROM log.syslog_event AS e GROUP BY unit_path, source;
