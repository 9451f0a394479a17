-- A row is one value of {by} (field, procedure or unit) with the columns of Biểu 06a for the period from {from} to {at}: received in the
-- period online and otherwise, carried over from before, finished in the period early, on time and late, in progress in time and late.
-- Received and carried over = finished and in progress. Withdrawn and stopped dossiers count as on time (domain: thống kê tỉnh).
SELECT
    multiIf(
        {by:String} = 'unit', concat(arrayStringConcat(arraySlice(splitByChar('/', toString(unit_path)), 1, {depth:UInt8} + 2), '/'), if(unit_path = {scope:String}, '', '/')),
        {by:String} = 'procedure', toString(procedure_code),
        toString(field_code)
    ) AS key,
    multiIf({by:String} = 'procedure', argMax(toString(procedure_name), last_received_at), {by:String} = 'field', argMax(toString(field_name), last_received_at), '') AS label,
    countIf(is_new AND channel = 2) AS new_online,
    countIf(is_new AND channel != 2) AS new_other,
    countIf(NOT is_new) AS carried,
    countIf(outcome = 'finished_early') AS early,
    countIf(outcome IN ('finished_on_time', 'withdrawn', 'stopped')) AS on_time,
    countIf(outcome = 'finished_late') AS late,
    countIf(outcome IN ('withdrawn', 'stopped')) AS set_aside,
    countIf(outcome IN ('open_in_time', 'open_due_soon', 'paused')) AS open_in_time,
    countIf(outcome = 'open_overdue') AS open_late
FROM
(
    SELECT *, toUnixTimestamp64Milli(accepted_at) >= {from:Float64} AS is_new
    FROM
    (
        {{ filter.sql }}
    )
    WHERE accepted_at IS NOT NULL
        AND outcome NOT IN ('waiting', 'rejected', 'unknown')
        AND (finished_at IS NULL OR toUnixTimestamp64Milli(finished_at) >= {from:Float64})
)
GROUP BY key
ORDER BY label, key
