-- The fold: a row is one dossier as its events tell it, as of the instants to which the lens limits the log. It is the definition at the
-- head of ingest/dossier/fold.ts, point by point (the numbers are its points), and the rule sets of rule-province.ts and rule-766.ts as far
-- as they can be said without an instant; a property test compares every column. Nothing else in the store says what a dossier is:
-- live.dossier_row is this, written down. Instants are UTC; a day is one of Asia/Ho_Chi_Minh.
-- Level by level, from the inside: events in their order; what they say; runs and promises; what these mean; what the rules make of it.
-- What nobody asks for is not computed. A thousand dossiers: 50 ms. Two million: some seconds.
CREATE OR REPLACE VIEW history.dossier AS
SELECT
    unit_path,
    dossier_id,
    opened_on,
    status,
    clock,
    closed,
    since,
    submitted_at,
    accepted_at,
    due_at,
    due_since,
    first_due_at,
    first_due_since,
    finished_at,
    returned_at,
    pauses,
    supplement_requests,
    waited_ms,
    toLowCardinality(procedure_code) AS procedure_code,
    toLowCardinality(procedure_name) AS procedure_name,
    toLowCardinality(field_code) AS field_code,
    toLowCardinality(field_name) AS field_name,
    channel,
    applicant_kind,
    toLowCardinality(handler_path) AS handler_path,
    toLowCardinality(handler) AS handler,
    toLowCardinality(step_holder) AS step_holder,
    first_received_at,
    last_received_at,
    first_observed_at,
    last_observed_at,
    events,
    simulated,
    -- What each rule set makes of it. A closed dossier: its outcome. An open one: 'waiting', 'unknown', 'paused' or 'open', and from which
    -- instants on it is due soon and overdue. At {at} it is: from `overdue_from` on 'open_overdue'; otherwise, when it is not 'open', what is
    -- written; from `soon_from` on 'open_due_soon'; and 'open_in_time' before.
    toLowCardinality(multiIf(
        closed = 'finished', multiIf(due_at IS NULL, 'finished_on_time', finished_on > due_on, 'finished_late', finished_on < due_on, 'finished_early', 'finished_on_time'),
        closed != '', closed,
        clock = 'running', 'open',
        clock)) AS outcome_province,
    if(clock = 'running', toTimeZone(toDateTime64(due_on + 1, 3, 'Asia/Ho_Chi_Minh'), 'UTC'), NULL) AS overdue_from_province,
    if(clock = 'running', due_at - INTERVAL 1 DAY, NULL) AS soon_from_province,
    multiIf(closed = 'finished', toNullable(due_at IS NULL OR finished_on <= due_on), closed IN ('withdrawn', 'stopped'), toNullable(true), NULL) AS on_time_province,
    toLowCardinality(multiIf(
        closed = 'finished', multiIf(due_at IS NULL, 'finished_on_time', measured_at > due_at, 'finished_late', measured_on < due_on, 'finished_early', 'finished_on_time'),
        closed != '', closed,
        clock = 'running', 'open',
        clock)) AS outcome_766,
    if(clock IN ('running', 'paused'), nullIf(least(
        ifNull(if(clock = 'running' OR lapses_at < since, lapses_at + INTERVAL 1 MILLISECOND, NULL), never),
        if(supplement_requests > 1, requests[2], never)), never), NULL) AS overdue_from_766,
    if(clock = 'running', lapses_at - INTERVAL 1 DAY, NULL) AS soon_from_766,
    if(closed != '', measured_at <= due_at, NULL) AS on_time_766
FROM
(
    SELECT
        *,
        fromUnixTimestamp64Milli(10413791999999, 'UTC') AS never,
        toDate32(due_at, 'Asia/Ho_Chi_Minh') AS due_on,
        toDate32(finished_at, 'Asia/Ho_Chi_Minh') AS finished_on,
        if(isNull(due_at), NULL, fromUnixTimestamp64Milli(least(toUnixTimestamp64Milli(due_at) + waited_ms, 10413791999998), 'UTC')) AS lapses_at,
        fromUnixTimestamp64Milli(toUnixTimestamp64Milli(finished_at) - waited_ms, 'UTC') AS measured_at,
        toDate32(measured_at, 'Asia/Ho_Chi_Minh') AS measured_on
    FROM
    (
        SELECT
            *,
            -- Rule 766 takes off the time in which the citizen was waited for, since the promise was made: it knew what had been before.
            -- A pause that still lasts counts nothing, because such a dossier is measured at its beginning.
            arraySum(pause -> if(isNull(pause.to), 0, greatest(0, toUnixTimestamp64Milli(assumeNotNull(pause.to)) - greatest(toUnixTimestamp64Milli(pause.from), counted_from))), pauses) AS waited_ms
        FROM
        (
            SELECT
                * EXCEPT (runs),
                toLowCardinality(['unknown', 'waiting', 'running', 'paused', 'ended'][last_clock + 1]) AS clock,
                toLowCardinality(if(last_clock = 4, transform(status, [9, 10, 3, 7, 8], ['finished', 'finished', 'rejected', 'withdrawn', 'stopped'], ''), '')) AS closed,
                if(empty(starts), NULL, starts[-1]) AS since,
                CAST(arrayFilter((pause, clock) -> clock = 3, arrayZip(starts, arrayResize(CAST(arrayPopFront(starts), 'Array(Nullable(DateTime64(3, \'UTC\')))'), length(starts), NULL), runs.status), runs.clock), 'Array(Tuple(`from` DateTime64(3, \'UTC\'), `to` Nullable(DateTime64(3, \'UTC\')), status UInt8))') AS pauses,
                toUInt32(length(requests)) AS supplement_requests,
                indexOf(closing.status, 10) AS return,
                if(empty(closing), NULL, closing.at[arrayFirst(i -> i > 0, [indexOf(closing.status, 9), return, 1])]) AS finished_at,
                if(return = 0, NULL, closing.at[return]) AS returned_at,
                greatest(ifNull(toUnixTimestamp64Milli(accepted_at), -2208988800000), ifNull(toUnixTimestamp64Milli(due_since), -2208988800000)) AS counted_from
            FROM
            (
                SELECT
                    * EXCEPT (promises),
                    -- 4
                    runs.status[-1] AS status,
                    runs.clock[-1] AS last_clock,
                    runs.at AS starts,
                    arraySlice(runs, arrayLastIndex(run -> run.clock != 4, runs) + 1) AS closing,
                    arrayFilter((at, run) -> run = 5, runs.at, runs.status) AS requests,
                    promises.due_at[-1] AS due_at,
                    if(empty(promises), NULL, promises.at[-1]) AS due_since,
                    promises.due_at[1] AS first_due_at,
                    if(empty(promises), NULL, promises.at[1]) AS first_due_since
                FROM
                (
                    SELECT
                        * EXCEPT (dated, procedure_names, field_names),
                        -- 3: runs of equal status and clock
                        arrayFilter((e, before) -> e.run != before, said, arrayPopBack(arrayPushFront(said.run, 0))) AS runs,
                        -- 5
                        indexOf(said.status, 1) AS submission,
                        arrayFirst(i -> i > 0, [indexOf(said.status, 2), indexOf(said.status, 4)]) AS acceptance,
                        if(submission = 0, NULL, said.at[submission]) AS submitted_at,
                        if(acceptance = 0, NULL, said.at[acceptance]) AS accepted_at,
                        -- 6: promises that differ from the one before
                        arrayFilter((e, before) -> ifNull(e.due_at != before, true), dated, arrayPopBack(arrayPushFront(dated.due_at, NULL))) AS promises,
                        -- 7: a name never stands beside a code that it was not sent with
                        arrayMax(arrayMap(n -> if(n.2 = procedure_code, (n.1, n.3), (toUInt256(0), '')), procedure_names)).2 AS procedure_name,
                        arrayMax(arrayMap(n -> if(n.2 = field_code, (n.1, n.3), (toUInt256(0), '')), field_names)).2 AS field_name
                    FROM
                    (
                        SELECT
                            * EXCEPT (told),
                            arrayFilter(e -> e.status > 0, told) AS said,
                            arrayFilter(e -> isNotNull(e.due_at), told) AS dated
                        FROM
                        (
                            SELECT
                                unit_path,
                                dossier_id,
                                opened_on,
                                arraySort(e -> e.place, groupArrayIf(
                                    CAST((place, observed_at, if(rank = 0, 0, e.status), if(rank = 0, 0, e.status * 8 + clock), clock, e.due_at), 'Tuple(place UInt256, at DateTime64(3, \'UTC\'), status UInt8, run UInt8, clock UInt8, due_at Nullable(DateTime64(3, \'UTC\')))'),
                                    rank > 0 OR isNotNull(e.due_at))) AS told,
                                -- 7: the newest that is not empty
                                argMaxIf(e.procedure_code, place, e.procedure_code != '') AS procedure_code,
                                groupArrayIf((place, e.procedure_code, e.procedure_name), e.procedure_name != '') AS procedure_names,
                                argMaxIf(e.field_code, place, e.field_code != '') AS field_code,
                                groupArrayIf((place, e.field_code, e.field_name), e.field_name != '') AS field_names,
                                argMaxIf(e.channel, place, e.channel != 0) AS channel,
                                argMaxIf(e.applicant_kind, place, e.applicant_kind != 0) AS applicant_kind,
                                argMaxIf(e.handler_path, place, e.handler_path != '' OR e.handler != '') AS handler_path,
                                argMaxIf(e.handler, place, e.handler_path != '' OR e.handler != '') AS handler,
                                argMaxIf(e.step_holder, place, e.step_holder != '') AS step_holder,
                                -- 8
                                min(e.received_at) AS first_received_at,
                                max(e.received_at) AS last_received_at,
                                min(e.observed_at) AS first_observed_at,
                                max(e.observed_at) AS last_observed_at,
                                toUInt32(count()) AS events,
                                max(e.simulated) AS simulated
                            FROM
                            (
                                SELECT
                                    *,
                                    toUInt8(indexOf([1, 2, 5, 6, 4, 8, 3, 7, 9, 10], status)) AS rank,
                                    -- 2: waiting 1, running 2, paused 3, ended 4. The sources whose 8 is a pause stand in the list.
                                    multiIf(status = 1, 1, status IN (2, 4), 2, status IN (5, 6), 3, status = 8 AND has(CAST([], 'Array(String)'), source), 3, 4) AS clock,
                                    -- 1: the place in the order as one number: instant (from 1900 on), rank, key
                                    bitOr(bitShiftLeft(toUInt256((toUnixTimestamp64Milli(observed_at) + 2208988800000) * 16 + rank), 128), toUInt256(toUInt128(event_key))) AS place
                                FROM log.dossier_event FINAL
                            ) AS e
                            GROUP BY unit_path, dossier_id, opened_on
                        )
                    )
                )
            )
        )
    )
);
