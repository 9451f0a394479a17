-- A row is one measured value. `value` NULL means that the sensor reported and had none: missing, not zero.
CREATE TABLE IF NOT EXISTS log.reading_event
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
    value Nullable(Float64),
    value_unit LowCardinality(String),
    place LowCardinality(String),
    INDEX received received_at TYPE minmax GRANULARITY 4
)
ENGINE = ReplacingMergeTree(earliest)
PARTITION BY toYYYYMM(observed_at)
ORDER BY (unit_path, observed_at, event_key)
SETTINGS non_replicated_deduplication_window = 10000;

-- The newest value of each series (metric, unit, subject).
CREATE TABLE IF NOT EXISTS live.reading_state
(
    unit_path LowCardinality(String),
    metric LowCardinality(String),
    subject String,
    newest SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), missing UInt8, value Float64, value_unit String, place String)),
    last_received_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    simulated SimpleAggregateFunction(max, UInt8)
)
ENGINE = AggregatingMergeTree
ORDER BY (unit_path, metric, subject)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.reading_state_mv TO live.reading_state AS
SELECT
    unit_path,
    metric,
    subject,
    max((observed_at, toUInt8(isNull(e.value)), ifNull(e.value, 0), toString(e.value_unit), toString(e.place))) AS newest,
    max(e.received_at) AS last_received_at,
    max(e.simulated) AS simulated
FROM log.reading_event AS e
GROUP BY unit_path, metric, subject;

CREATE VIEW IF NOT EXISTS live.reading AS
SELECT
    unit_path,
    metric,
    subject,
    tupleElement(s.newest, 'at') AS observed_at,
    if(tupleElement(s.newest, 'missing') = 1, NULL, tupleElement(s.newest, 'value')) AS value,
    tupleElement(s.newest, 'value_unit') AS value_unit,
    tupleElement(s.newest, 'place') AS place,
    last_received_at,
    simulated
FROM live.reading_state AS s FINAL;

CREATE VIEW IF NOT EXISTS history.reading AS
SELECT
    unit_path,
    metric,
    subject,
    now.newest.1 AS observed_at,
    if(now.newest.2 = 1, NULL, now.newest.3) AS value,
    now.newest.4 AS value_unit,
    now.newest.5 AS place,
    last_received_at,
    simulated
FROM
(
    SELECT
        unit_path,
        metric,
        subject,
        max((observed_at, toUInt8(isNull(e.value)), ifNull(e.value, 0), toString(e.value_unit), toString(e.place))) AS newest,
        max(e.received_at) AS last_received_at,
        max(e.simulated) AS simulated
    FROM log.reading_event AS e
    GROUP BY unit_path, metric, subject
) AS now;

CREATE VIEW IF NOT EXISTS live.reading_event AS SELECT * FROM log.reading_event FINAL;
CREATE VIEW IF NOT EXISTS history.reading_event AS SELECT * FROM log.reading_event FINAL;
