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

-- The state of each link: newest state, newest change of state, newest sample.
CREATE TABLE IF NOT EXISTS live.link_state
(
    unit_path LowCardinality(String),
    link_id LowCardinality(String),
    state SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), up UInt8)),
    last_up_at SimpleAggregateFunction(max, Nullable(DateTime64(3, 'UTC'))),
    last_down_at SimpleAggregateFunction(max, Nullable(DateTime64(3, 'UTC'))),
    place SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), from_unit String, ring String)),
    sample SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), latency_ms Float32, loss_ratio Float32, rx_bps Float64, tx_bps Float64)),
    last_received_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    simulated SimpleAggregateFunction(max, UInt8)
)
ENGINE = AggregatingMergeTree
ORDER BY (unit_path, link_id)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.link_state_mv TO live.link_state AS
SELECT
    unit_path,
    link_id,
    max((observed_at, e.up)) AS state,
    max(if(e.up = 1, observed_at, NULL)) AS last_up_at,
    max(if(e.up = 0, observed_at, NULL)) AS last_down_at,
    max(if(e.from_unit = '' AND e.ring = '', (toDateTime64(0, 3, 'UTC'), '', ''), (observed_at, toString(e.from_unit), toString(e.ring)))) AS place,
    max(if(e.type != 'link.sample', (toDateTime64(0, 3, 'UTC'), toFloat32(nan), toFloat32(nan), nan, nan), (observed_at, ifNull(e.latency_ms, toFloat32(nan)), ifNull(e.loss_ratio, toFloat32(nan)), ifNull(e.rx_bps, nan), ifNull(e.tx_bps, nan)))) AS sample,
    max(e.received_at) AS last_received_at,
    max(e.simulated) AS simulated
FROM log.link_event AS e
GROUP BY unit_path, link_id;

-- A row is one link as it is now. `last_up_at` is the newest proof of life: for a link that is down it says since when.
CREATE VIEW IF NOT EXISTS live.link AS
SELECT
    unit_path,
    link_id,
    tupleElement(s.state, 'up') AS up,
    tupleElement(s.state, 'at') AS state_at,
    last_up_at,
    last_down_at,
    tupleElement(s.place, 'from_unit') AS from_unit,
    tupleElement(s.place, 'ring') AS ring,
    tupleElement(s.sample, 'at') AS sample_at,
    if(isNaN(tupleElement(s.sample, 'latency_ms')), NULL, tupleElement(s.sample, 'latency_ms')) AS latency_ms,
    if(isNaN(tupleElement(s.sample, 'loss_ratio')), NULL, tupleElement(s.sample, 'loss_ratio')) AS loss_ratio,
    if(isNaN(tupleElement(s.sample, 'rx_bps')), NULL, tupleElement(s.sample, 'rx_bps')) AS rx_bps,
    if(isNaN(tupleElement(s.sample, 'tx_bps')), NULL, tupleElement(s.sample, 'tx_bps')) AS tx_bps,
    last_received_at,
    simulated
FROM live.link_state AS s FINAL;

CREATE VIEW IF NOT EXISTS history.link AS
SELECT
    unit_path,
    link_id,
    now.state.2 AS up,
    now.state.1 AS state_at,
    last_up_at,
    last_down_at,
    now.place.2 AS from_unit,
    now.place.3 AS ring,
    now.sample.1 AS sample_at,
    if(isNaN(now.sample.2), NULL, now.sample.2) AS latency_ms,
    if(isNaN(now.sample.3), NULL, now.sample.3) AS loss_ratio,
    if(isNaN(now.sample.4), NULL, now.sample.4) AS rx_bps,
    if(isNaN(now.sample.5), NULL, now.sample.5) AS tx_bps,
    last_received_at,
    simulated
FROM
(
    SELECT
        unit_path,
        link_id,
        max((observed_at, e.up)) AS state,
        max(if(e.up = 1, observed_at, NULL)) AS last_up_at,
        max(if(e.up = 0, observed_at, NULL)) AS last_down_at,
        max(if(e.from_unit = '' AND e.ring = '', (toDateTime64(0, 3, 'UTC'), '', ''), (observed_at, toString(e.from_unit), toString(e.ring)))) AS place,
        max(if(e.type != 'link.sample', (toDateTime64(0, 3, 'UTC'), toFloat32(nan), toFloat32(nan), nan, nan), (observed_at, ifNull(e.latency_ms, toFloat32(nan)), ifNull(e.loss_ratio, toFloat32(nan)), ifNull(e.rx_bps, nan), ifNull(e.tx_bps, nan)))) AS sample,
        max(e.received_at) AS last_received_at,
        max(e.simulated) AS simulated
    FROM log.link_event AS e
    GROUP BY unit_path, link_id
) AS now;

CREATE VIEW IF NOT EXISTS live.link_event AS SELECT * FROM log.link_event FINAL;
CREATE VIEW IF NOT EXISTS history.link_event AS SELECT * FROM log.link_event FINAL;
