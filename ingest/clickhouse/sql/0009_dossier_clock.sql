-- What the promise of each dossier does, and nothing else: the figures that go over every dossier read a few bytes of each. The
-- registers are those of dossier_state, at one second's precision. Days lead the key, so that what ended lately lies together and
-- `last_end` skips the rest; a state whose newest end is old cannot have ended lately.
-- No promise is kept as the last instant of DateTime (it never lapses), no acceptance likewise (it must not win a minimum).
CREATE TABLE IF NOT EXISTS live.dossier_clock_state
(
    opened_on Date,
    unit_path LowCardinality(String),
    dossier_id String CODEC(ZSTD(1)),
    status SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), rank UInt8, code UInt8)),
    due SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), due_at DateTime('UTC'))),
    accepted SimpleAggregateFunction(min, DateTime('UTC')),
    finished SimpleAggregateFunction(max, DateTime('UTC')),
    returned SimpleAggregateFunction(max, DateTime('UTC')),
    withdrawn SimpleAggregateFunction(max, DateTime('UTC')),
    channel SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), code UInt8)),
    INDEX last_end greatest(finished, returned, withdrawn) TYPE minmax GRANULARITY 1
)
ENGINE = AggregatingMergeTree
PARTITION BY toStartOfQuarter(opened_on)
ORDER BY (opened_on, unit_path, dossier_id)
SETTINGS non_replicated_deduplication_window = 10000, min_age_to_force_merge_seconds = 60, min_age_to_force_merge_on_partition_only = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.dossier_clock_mv TO live.dossier_clock_state AS
SELECT
    opened_on,
    unit_path,
    dossier_id,
    max(if(e.status = 0, (toDateTime64(0, 3, 'UTC'), toUInt8(0), toUInt8(0)), (observed_at, toUInt8(indexOf([1, 2, 5, 6, 4, 8, 3, 7, 9, 10], e.status)), e.status))) AS status,
    max(if(e.due_at IS NULL, (toDateTime64(0, 3, 'UTC'), toDateTime(4294967295, 'UTC')), (observed_at, toDateTime(greatest(least(assumeNotNull(e.due_at), toDateTime64(4294967294, 3, 'UTC')), toDateTime64(0, 3, 'UTC')), 'UTC')))) AS due,
    min(if(e.status = 2, toDateTime(observed_at, 'UTC'), toDateTime(4294967295, 'UTC'))) AS accepted,
    max(if(e.status = 9, toDateTime(observed_at, 'UTC'), toDateTime(0, 'UTC'))) AS finished,
    max(if(e.status = 10, toDateTime(observed_at, 'UTC'), toDateTime(0, 'UTC'))) AS returned,
    max(if(e.status = 7, toDateTime(observed_at, 'UTC'), toDateTime(0, 'UTC'))) AS withdrawn,
    max(if(e.channel = 0, (toDateTime64(0, 3, 'UTC'), toUInt8(0)), (observed_at, e.channel))) AS channel
FROM log.dossier_event AS e
GROUP BY opened_on, unit_path, dossier_id;

-- A row is one dossier: its status, the instant promised (2106 for none), when it was first accepted, and when it ended by being
-- finished, handed over or withdrawn (1970 for not). `last_end_at` is never before `ended_at`; a query that asks for late ends
-- filters by both, the first because it is indexed.
CREATE VIEW IF NOT EXISTS live.dossier_clock AS
SELECT
    opened_on,
    unit_path,
    dossier_id,
    tupleElement(s.status, 'code') AS status,
    tupleElement(s.due, 'due_at') AS due_at,
    if(accepted = toDateTime(4294967295, 'UTC'), toDateTime(0, 'UTC'), accepted) AS accepted_at,
    multiIf(tupleElement(s.status, 'code') = 7, withdrawn, tupleElement(s.status, 'code') IN (9, 10), if(finished = toDateTime(0, 'UTC'), returned, finished), toDateTime(0, 'UTC')) AS ended_at,
    greatest(finished, returned, withdrawn) AS last_end_at,
    tupleElement(s.channel, 'code') AS channel
FROM live.dossier_clock_state AS s FINAL;

CREATE VIEW IF NOT EXISTS history.dossier_clock AS
SELECT
    opened_on,
    unit_path,
    dossier_id,
    state.status.3 AS status,
    state.due.2 AS due_at,
    if(accepted = toDateTime(4294967295, 'UTC'), toDateTime(0, 'UTC'), accepted) AS accepted_at,
    multiIf(state.status.3 = 7, withdrawn, state.status.3 IN (9, 10), if(finished = toDateTime(0, 'UTC'), returned, finished), toDateTime(0, 'UTC')) AS ended_at,
    greatest(finished, returned, withdrawn) AS last_end_at,
    state.channel.2 AS channel
FROM
(
    SELECT
        opened_on,
        unit_path,
        dossier_id,
        max(if(e.status = 0, (toDateTime64(0, 3, 'UTC'), toUInt8(0), toUInt8(0)), (observed_at, toUInt8(indexOf([1, 2, 5, 6, 4, 8, 3, 7, 9, 10], e.status)), e.status))) AS status,
        max(if(e.due_at IS NULL, (toDateTime64(0, 3, 'UTC'), toDateTime(4294967295, 'UTC')), (observed_at, toDateTime(greatest(least(assumeNotNull(e.due_at), toDateTime64(4294967294, 3, 'UTC')), toDateTime64(0, 3, 'UTC')), 'UTC')))) AS due,
        min(if(e.status = 2, toDateTime(observed_at, 'UTC'), toDateTime(4294967295, 'UTC'))) AS accepted,
        max(if(e.status = 9, toDateTime(observed_at, 'UTC'), toDateTime(0, 'UTC'))) AS finished,
        max(if(e.status = 10, toDateTime(observed_at, 'UTC'), toDateTime(0, 'UTC'))) AS returned,
        max(if(e.status = 7, toDateTime(observed_at, 'UTC'), toDateTime(0, 'UTC'))) AS withdrawn,
        max(if(e.channel = 0, (toDateTime64(0, 3, 'UTC'), toUInt8(0)), (observed_at, e.channel))) AS channel
    FROM log.dossier_event AS e
    GROUP BY opened_on, unit_path, dossier_id
) AS state;

-- The sources of dossiers alone, so that a figure that asks when they were last heard is not run again for every sample of a link.
CREATE VIEW IF NOT EXISTS live.dossier_source AS SELECT * FROM live.source_state FINAL WHERE family = 'dossier';

CREATE VIEW IF NOT EXISTS history.dossier_source AS
SELECT unit_path, 'dossier' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.dossier_event AS e GROUP BY unit_path, source;
