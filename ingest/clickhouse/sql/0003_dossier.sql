-- The state of each dossier. Every column is a register that keeps the largest value, written (instant, rank, value) where the
-- newest must win: the result does not depend on the order of arrival, nor on repetition.
-- `rank` settles two statuses of the same instant: 1 < 2 < 5 < 6 < 4 < 8 < 3 < 7 < 9 < 10.
-- The partition is the month in the dossier number: it never changes, so no dossier lies in two partitions.
CREATE TABLE IF NOT EXISTS live.dossier_state
(
    unit_path LowCardinality(String),
    dossier_id String CODEC(ZSTD(1)),
    opened_on Date,
    status SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), rank UInt8, code UInt8)),
    submitted_at SimpleAggregateFunction(min, Nullable(DateTime64(3, 'UTC'))),
    accepted_at SimpleAggregateFunction(min, Nullable(DateTime64(3, 'UTC'))),
    due SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), due_at DateTime64(3, 'UTC'))),
    finished_at SimpleAggregateFunction(max, Nullable(DateTime64(3, 'UTC'))),
    returned_at SimpleAggregateFunction(max, Nullable(DateTime64(3, 'UTC'))),
    matter SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), procedure_code String, procedure_name String, field_code String, field_name String)),
    channel SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), code UInt8)),
    handler SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), path String)),
    step SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), holder String)),
    first_received_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    last_received_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    simulated SimpleAggregateFunction(max, UInt8)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(opened_on)
ORDER BY (unit_path, dossier_id, opened_on)
SETTINGS non_replicated_deduplication_window = 10000, min_age_to_force_merge_seconds = 60, min_age_to_force_merge_on_partition_only = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.dossier_state_mv TO live.dossier_state AS
SELECT
    unit_path,
    dossier_id,
    opened_on,
    max(if(e.status = 0, (toDateTime64(0, 3, 'UTC'), toUInt8(0), toUInt8(0)), (observed_at, toUInt8(indexOf([1, 2, 5, 6, 4, 8, 3, 7, 9, 10], e.status)), e.status))) AS status,
    min(if(e.status = 1, observed_at, NULL)) AS submitted_at,
    min(if(e.status = 2, observed_at, NULL)) AS accepted_at,
    max(if(e.due_at IS NULL, (toDateTime64(0, 3, 'UTC'), toDateTime64(0, 3, 'UTC')), (observed_at, assumeNotNull(e.due_at)))) AS due,
    max(if(e.status = 9, observed_at, NULL)) AS finished_at,
    max(if(e.status = 10, observed_at, NULL)) AS returned_at,
    max(if(e.procedure_code = '' AND e.field_code = '', (toDateTime64(0, 3, 'UTC'), '', '', '', ''), (observed_at, toString(e.procedure_code), toString(e.procedure_name), toString(e.field_code), toString(e.field_name)))) AS matter,
    max(if(e.channel = 0, (toDateTime64(0, 3, 'UTC'), toUInt8(0)), (observed_at, e.channel))) AS channel,
    max(if(e.handler_path = '', (toDateTime64(0, 3, 'UTC'), ''), (observed_at, toString(e.handler_path)))) AS handler,
    max(if(e.step_holder = '', (toDateTime64(0, 3, 'UTC'), ''), (observed_at, toString(e.step_holder)))) AS step,
    min(e.received_at) AS first_received_at,
    max(e.received_at) AS last_received_at,
    max(e.simulated) AS simulated
FROM log.dossier_event AS e
GROUP BY unit_path, dossier_id, opened_on;

-- A row is one dossier as it is now. Fields of the registers are read with tupleElement: written as `status.code`, the engine (26.7) reads
-- the subcolumn alone and FINAL then takes that of any part, not that of the largest register.
CREATE VIEW IF NOT EXISTS live.dossier AS
SELECT
    unit_path,
    dossier_id,
    opened_on,
    tupleElement(s.status, 'code') AS status,
    tupleElement(s.status, 'at') AS status_at,
    submitted_at,
    accepted_at,
    nullIf(tupleElement(s.due, 'due_at'), toDateTime64(0, 3, 'UTC')) AS due_at,
    if(tupleElement(s.status, 'code') IN (9, 10), ifNull(finished_at, returned_at), NULL) AS finished_at,
    returned_at,
    tupleElement(s.matter, 'procedure_code') AS procedure_code,
    tupleElement(s.matter, 'procedure_name') AS procedure_name,
    tupleElement(s.matter, 'field_code') AS field_code,
    tupleElement(s.matter, 'field_name') AS field_name,
    tupleElement(s.channel, 'code') AS channel,
    tupleElement(s.handler, 'path') AS handler_path,
    tupleElement(s.step, 'holder') AS step_holder,
    first_received_at,
    last_received_at,
    simulated
FROM live.dossier_state AS s FINAL;

-- The same relation folded from the log, right at any instant under the two time limits of the lens.
CREATE VIEW IF NOT EXISTS history.dossier AS
SELECT
    unit_path,
    dossier_id,
    opened_on,
    state.status.3 AS status,
    state.status.1 AS status_at,
    submitted_at,
    accepted_at,
    nullIf(state.due.2, toDateTime64(0, 3, 'UTC')) AS due_at,
    if(state.status.3 IN (9, 10), ifNull(state.finished_at, state.returned_at), NULL) AS finished_at,
    returned_at,
    state.matter.2 AS procedure_code,
    state.matter.3 AS procedure_name,
    state.matter.4 AS field_code,
    state.matter.5 AS field_name,
    state.channel.2 AS channel,
    state.handler.2 AS handler_path,
    state.step.2 AS step_holder,
    first_received_at,
    last_received_at,
    simulated
FROM
(
    SELECT
        unit_path,
        dossier_id,
        opened_on,
        max(if(e.status = 0, (toDateTime64(0, 3, 'UTC'), toUInt8(0), toUInt8(0)), (observed_at, toUInt8(indexOf([1, 2, 5, 6, 4, 8, 3, 7, 9, 10], e.status)), e.status))) AS status,
        min(if(e.status = 1, observed_at, NULL)) AS submitted_at,
        min(if(e.status = 2, observed_at, NULL)) AS accepted_at,
        max(if(e.due_at IS NULL, (toDateTime64(0, 3, 'UTC'), toDateTime64(0, 3, 'UTC')), (observed_at, assumeNotNull(e.due_at)))) AS due,
        max(if(e.status = 9, observed_at, NULL)) AS finished_at,
        max(if(e.status = 10, observed_at, NULL)) AS returned_at,
        max(if(e.procedure_code = '' AND e.field_code = '', (toDateTime64(0, 3, 'UTC'), '', '', '', ''), (observed_at, toString(e.procedure_code), toString(e.procedure_name), toString(e.field_code), toString(e.field_name)))) AS matter,
        max(if(e.channel = 0, (toDateTime64(0, 3, 'UTC'), toUInt8(0)), (observed_at, e.channel))) AS channel,
        max(if(e.handler_path = '', (toDateTime64(0, 3, 'UTC'), ''), (observed_at, toString(e.handler_path)))) AS handler,
        max(if(e.step_holder = '', (toDateTime64(0, 3, 'UTC'), ''), (observed_at, toString(e.step_holder)))) AS step,
        min(e.received_at) AS first_received_at,
        max(e.received_at) AS last_received_at,
        max(e.simulated) AS simulated
    FROM log.dossier_event AS e
    GROUP BY unit_path, dossier_id, opened_on
) AS state;
