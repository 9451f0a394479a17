-- What each source says of each link: a row is one of both. Of every field the newest word that has it, since a device knows the traffic of its port and a probe the time of an answer; 0034_link.each.sql makes
-- one link of them. An instant of 1970 is "never". Replaces a table that kept one word for all sources.
DROP VIEW IF EXISTS live.link_state_mv;
DROP TABLE IF EXISTS live.link_state;

CREATE TABLE IF NOT EXISTS live.link_word_state
(
    unit_path LowCardinality(String),
    link_id LowCardinality(String),
    source LowCardinality(String),
    word SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), up UInt8)),
    last_up_at SimpleAggregateFunction(max, Nullable(DateTime64(3, 'UTC'))),
    first_down_at SimpleAggregateFunction(min, Nullable(DateTime64(3, 'UTC'))),
    last_down_at SimpleAggregateFunction(max, Nullable(DateTime64(3, 'UTC'))),
    sample_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    from_unit SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), value String)),
    ring SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), value String)),
    latency_ms SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), value Float32)),
    loss_ratio SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), value Float32)),
    rx_bps SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), value Float64)),
    tx_bps SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), value Float64)),
    last_received_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    simulated SimpleAggregateFunction(max, UInt8)
)
ENGINE = AggregatingMergeTree
ORDER BY (unit_path, link_id, source)
SETTINGS non_replicated_deduplication_window = 10000, merge_selector_base = 10;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.link_word_mv TO live.link_word_state AS
SELECT
    unit_path,
    link_id,
    e.source AS source,
    max((observed_at, e.up)) AS word,
    max(if(e.up = 1, observed_at, NULL)) AS last_up_at,
    min(if(e.up = 0, observed_at, NULL)) AS first_down_at,
    max(if(e.up = 0, observed_at, NULL)) AS last_down_at,
    max(if(e.type = 'link.sample', observed_at, toDateTime64(0, 3, 'UTC'))) AS sample_at,
    max(if(e.from_unit = '', (toDateTime64(0, 3, 'UTC'), ''), (observed_at, toString(e.from_unit)))) AS from_unit,
    max(if(e.ring = '', (toDateTime64(0, 3, 'UTC'), ''), (observed_at, toString(e.ring)))) AS ring,
    max(if(isNull(e.latency_ms), (toDateTime64(0, 3, 'UTC'), toFloat32(0)), (observed_at, assumeNotNull(e.latency_ms)))) AS latency_ms,
    max(if(isNull(e.loss_ratio), (toDateTime64(0, 3, 'UTC'), toFloat32(0)), (observed_at, assumeNotNull(e.loss_ratio)))) AS loss_ratio,
    max(if(isNull(e.rx_bps), (toDateTime64(0, 3, 'UTC'), toFloat64(0)), (observed_at, assumeNotNull(e.rx_bps)))) AS rx_bps,
    max(if(isNull(e.tx_bps), (toDateTime64(0, 3, 'UTC'), toFloat64(0)), (observed_at, assumeNotNull(e.tx_bps)))) AS tx_bps,
    max(e.received_at) AS last_received_at,
    max(e.simulated) AS simulated
FROM log.link_event AS e
GROUP BY unit_path, link_id, source;

CREATE VIEW IF NOT EXISTS live.link_word AS SELECT * FROM live.link_word_state FINAL;
CREATE VIEW IF NOT EXISTS history.link_word AS
SELECT
    unit_path,
    link_id,
    e.source AS source,
    max((observed_at, e.up)) AS word,
    max(if(e.up = 1, observed_at, NULL)) AS last_up_at,
    min(if(e.up = 0, observed_at, NULL)) AS first_down_at,
    max(if(e.up = 0, observed_at, NULL)) AS last_down_at,
    max(if(e.type = 'link.sample', observed_at, toDateTime64(0, 3, 'UTC'))) AS sample_at,
    max(if(e.from_unit = '', (toDateTime64(0, 3, 'UTC'), ''), (observed_at, toString(e.from_unit)))) AS from_unit,
    max(if(e.ring = '', (toDateTime64(0, 3, 'UTC'), ''), (observed_at, toString(e.ring)))) AS ring,
    max(if(isNull(e.latency_ms), (toDateTime64(0, 3, 'UTC'), toFloat32(0)), (observed_at, assumeNotNull(e.latency_ms)))) AS latency_ms,
    max(if(isNull(e.loss_ratio), (toDateTime64(0, 3, 'UTC'), toFloat32(0)), (observed_at, assumeNotNull(e.loss_ratio)))) AS loss_ratio,
    max(if(isNull(e.rx_bps), (toDateTime64(0, 3, 'UTC'), toFloat64(0)), (observed_at, assumeNotNull(e.rx_bps)))) AS rx_bps,
    max(if(isNull(e.tx_bps), (toDateTime64(0, 3, 'UTC'), toFloat64(0)), (observed_at, assumeNotNull(e.tx_bps)))) AS tx_bps,
    max(e.received_at) AS last_received_at,
    max(e.simulated) AS simulated
FROM log.link_event AS e
GROUP BY unit_path, link_id, source;

-- What was logged before this table was there, once. The test is one of the key, so that the engine reads nothing of the log when there is nothing to do.
INSERT INTO live.link_word_state
SELECT * FROM history.link_word
WHERE startsWith(unit_path, if((SELECT count() FROM live.link_word_state) = 0, '/', 'none'));
