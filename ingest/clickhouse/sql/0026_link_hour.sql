-- What was seen of each link in each hour: enough to say how long it was up and down without reading its samples, of which there are millions. All of it collapses by itself: an event that
-- comes again changes nothing. `first_up_at` is the first proof of life, `last_sample_at` the last sample, `changes` every change that was told.
CREATE TABLE IF NOT EXISTS live.link_hour_state
(
    unit_path LowCardinality(String),
    link_id LowCardinality(String),
    hour DateTime('UTC'),
    first_up_at SimpleAggregateFunction(min, Nullable(DateTime64(3, 'UTC'))),
    last_sample_at SimpleAggregateFunction(max, Nullable(DateTime64(3, 'UTC'))),
    changes SimpleAggregateFunction(groupUniqArrayArray, Array(Tuple(DateTime64(3, 'UTC'), UInt8))),
    last_received_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    simulated SimpleAggregateFunction(max, UInt8)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(hour)
ORDER BY (unit_path, link_id, hour)
SETTINGS non_replicated_deduplication_window = 10000, merge_selector_base = 10;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.link_hour_mv TO live.link_hour_state AS
SELECT
    unit_path,
    link_id,
    toStartOfHour(toDateTime(observed_at, 'UTC')) AS hour,
    minIf(toNullable(observed_at), e.up = 1) AS first_up_at,
    maxIf(toNullable(observed_at), e.type = 'link.sample') AS last_sample_at,
    groupUniqArrayIf((observed_at, e.up), e.type != 'link.sample') AS changes,
    max(e.received_at) AS last_received_at,
    max(e.simulated) AS simulated
FROM log.link_event AS e
GROUP BY unit_path, link_id, hour;

-- A row is one link in one hour.
CREATE VIEW IF NOT EXISTS live.link_hour AS
SELECT unit_path, link_id, hour, first_up_at, last_sample_at, arraySort(s.changes) AS changes, last_received_at, simulated
FROM live.link_hour_state AS s FINAL;

CREATE VIEW IF NOT EXISTS history.link_hour AS
SELECT
    unit_path,
    link_id,
    toStartOfHour(toDateTime(observed_at, 'UTC')) AS hour,
    minIf(toNullable(observed_at), e.up = 1) AS first_up_at,
    maxIf(toNullable(observed_at), e.type = 'link.sample') AS last_sample_at,
    arraySort(groupUniqArrayIf((observed_at, e.up), e.type != 'link.sample')) AS changes,
    max(e.received_at) AS last_received_at,
    max(e.simulated) AS simulated
FROM log.link_event AS e
GROUP BY unit_path, link_id, hour;

-- What was logged before this table was there, once. The test is one of the key, so that the engine reads nothing of the log when there is nothing to do.
INSERT INTO live.link_hour_state
SELECT * FROM history.link_hour
WHERE startsWith(unit_path, if((SELECT count() FROM live.link_hour_state) = 0, '/', 'none'));
