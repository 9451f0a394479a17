-- A row is one thing that became of one alert: its condition moved, somebody acted, somebody was told. Instants are UTC; some thousands a day.
CREATE TABLE IF NOT EXISTS log.alert_event
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
    onset_at DateTime64(3, 'UTC'),
    rule LowCardinality(String),
    labels String CODEC(ZSTD(1)),
    severity UInt8,
    value Nullable(Float64),
    text String CODEC(ZSTD(1)),
    actor LowCardinality(String),
    note String CODEC(ZSTD(1)),
    assignee LowCardinality(String),
    until_at Nullable(DateTime64(3, 'UTC')),
    receiver LowCardinality(String),
    reason LowCardinality(String),
    level UInt8,
    INDEX received received_at TYPE minmax GRANULARITY 4,
    INDEX subjects subject TYPE bloom_filter GRANULARITY 4
)
ENGINE = ReplacingMergeTree(earliest)
PARTITION BY toYYYYMM(observed_at)
ORDER BY (unit_path, observed_at, event_key)
SETTINGS non_replicated_deduplication_window = 10000, merge_selector_base = 10;

-- The alerts, folded from their events: on each axis what was said last stands (of two at one instant, the greater). A tuple that begins with 1970 is
-- of nothing; `first` begins with the time left until the end of time, so that the greatest is the earliest. In order of onset: what is asked for is recent.
CREATE TABLE IF NOT EXISTS live.alert_state
(
    unit_path LowCardinality(String),
    onset_at DateTime64(3, 'UTC'),
    alert_id String,
    rule SimpleAggregateFunction(max, String),
    labels SimpleAggregateFunction(max, String),
    condition SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), type String, severity UInt8)),
    measured SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), known UInt8, value Float64, text String)),
    first SimpleAggregateFunction(max, Tuple(earliest UInt64, known UInt8, value Float64)),
    acknowledged SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), type String, actor String)),
    assigned SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), assignee String, actor String)),
    shelved SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), until DateTime64(3, 'UTC'), actor String, note String)),
    closed SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), type String, actor String, note String)),
    notified SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), receiver String, reason String)),
    seen SimpleAggregateFunction(max, UInt64),
    commented SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    level SimpleAggregateFunction(max, UInt8),
    simulated SimpleAggregateFunction(max, UInt8)
)
ENGINE = AggregatingMergeTree
ORDER BY (unit_path, onset_at, alert_id)
SETTINGS non_replicated_deduplication_window = 10000, merge_selector_base = 10;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.alert_state_mv TO live.alert_state AS
SELECT
    unit_path,
    onset_at,
    e.subject AS alert_id,
    max(toString(e.rule)) AS rule,
    max(e.labels) AS labels,
    maxIf((e.observed_at, toString(e.type), e.severity), e.type IN ('alert.pending', 'alert.firing', 'alert.recovering', 'alert.no_data', 'alert.error', 'alert.resolved')) AS condition,
    maxIf((e.observed_at, toUInt8(isNotNull(e.value)), ifNull(e.value, 0), e.text), e.value IS NOT NULL OR e.text != '') AS measured,
    maxIf((18446744073709551615 - toUInt64(toUnixTimestamp64Milli(e.observed_at)), toUInt8(isNotNull(e.value)), ifNull(e.value, 0)), e.type IN ('alert.firing', 'alert.no_data', 'alert.error')) AS first,
    maxIf((e.observed_at, toString(e.type), toString(e.actor)), e.type IN ('alert.acknowledged', 'alert.unacknowledged')) AS acknowledged,
    maxIf((e.observed_at, toString(e.assignee), toString(e.actor)), e.type = 'alert.assigned') AS assigned,
    maxIf((e.observed_at, ifNull(e.until_at, toDateTime64(0, 3, 'UTC')), toString(e.actor), e.note), e.type IN ('alert.shelved', 'alert.unshelved')) AS shelved,
    maxIf((e.observed_at, toString(e.type), toString(e.actor), e.note), e.type IN ('alert.closed', 'alert.reopened')) AS closed,
    maxIf((e.observed_at, toString(e.receiver), toString(e.reason)), e.type = 'alert.notified') AS notified,
    maxIf(18446744073709551615 - toUInt64(toUnixTimestamp64Milli(e.observed_at)), e.actor != '') AS seen,
    maxIf(e.observed_at, e.type = 'alert.commented') AS commented,
    max(e.level) AS level,
    max(e.simulated) AS simulated
FROM log.alert_event AS e
WHERE e.type != 'alert.evaluated'
GROUP BY unit_path, onset_at, alert_id;

-- The same columns in both databases, which 0032_alert.each.sql reads as alerts. The fold stands twice in this file: inserts set off a materialized view that
-- reads a table, not one that reads a view. The audit says where the two differ.
CREATE VIEW IF NOT EXISTS live.alert_folded AS SELECT * FROM live.alert_state FINAL;
CREATE VIEW IF NOT EXISTS history.alert_folded AS
SELECT
    unit_path,
    onset_at,
    e.subject AS alert_id,
    max(toString(e.rule)) AS rule,
    max(e.labels) AS labels,
    maxIf((e.observed_at, toString(e.type), e.severity), e.type IN ('alert.pending', 'alert.firing', 'alert.recovering', 'alert.no_data', 'alert.error', 'alert.resolved')) AS condition,
    maxIf((e.observed_at, toUInt8(isNotNull(e.value)), ifNull(e.value, 0), e.text), e.value IS NOT NULL OR e.text != '') AS measured,
    maxIf((18446744073709551615 - toUInt64(toUnixTimestamp64Milli(e.observed_at)), toUInt8(isNotNull(e.value)), ifNull(e.value, 0)), e.type IN ('alert.firing', 'alert.no_data', 'alert.error')) AS first,
    maxIf((e.observed_at, toString(e.type), toString(e.actor)), e.type IN ('alert.acknowledged', 'alert.unacknowledged')) AS acknowledged,
    maxIf((e.observed_at, toString(e.assignee), toString(e.actor)), e.type = 'alert.assigned') AS assigned,
    maxIf((e.observed_at, ifNull(e.until_at, toDateTime64(0, 3, 'UTC')), toString(e.actor), e.note), e.type IN ('alert.shelved', 'alert.unshelved')) AS shelved,
    maxIf((e.observed_at, toString(e.type), toString(e.actor), e.note), e.type IN ('alert.closed', 'alert.reopened')) AS closed,
    maxIf((e.observed_at, toString(e.receiver), toString(e.reason)), e.type = 'alert.notified') AS notified,
    maxIf(18446744073709551615 - toUInt64(toUnixTimestamp64Milli(e.observed_at)), e.actor != '') AS seen,
    maxIf(e.observed_at, e.type = 'alert.commented') AS commented,
    max(e.level) AS level,
    max(e.simulated) AS simulated
FROM log.alert_event AS e
WHERE e.type != 'alert.evaluated'
GROUP BY unit_path, onset_at, alert_id;

CREATE VIEW IF NOT EXISTS live.alert_event AS SELECT * FROM log.alert_event FINAL;
CREATE VIEW IF NOT EXISTS history.alert_event AS SELECT * FROM log.alert_event FINAL;
