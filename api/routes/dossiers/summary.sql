-- A row is one value of {by} with the number of dossiers of filter.sql in each outcome; one row in all when {by} is empty, none when no
-- dossier is known: missing, not zero. `unit` is the scope itself or the unit right below it; `label` a name that goes with the code.
SELECT
    multiIf(
        {by:String} = 'unit', concat(arrayStringConcat(arraySlice(splitByChar('/', toString(unit_path)), 1, {depth:UInt8} + 2), '/'), if(unit_path = {scope:String}, '', '/')),
        {by:String} = 'procedure', toString(procedure_code),
        {by:String} = 'field', toString(field_code),
        {by:String} = 'channel', toString(channel),
        {by:String} = 'handler', toString(handler_path),
        {by:String} = 'step', toString(step_holder),
        {by:String} = 'age', age,
        {by:String} = 'apology', apology,
        ''
    ) AS key,
    multiIf({by:String} = 'procedure', argMax(toString(procedure_name), last_received_at), {by:String} = 'field', argMax(toString(field_name), last_received_at), '') AS label,
    countIf(outcome = 'unknown') AS unknown,
    countIf(outcome = 'waiting') AS waiting,
    countIf(outcome = 'open_in_time') AS open_in_time,
    countIf(outcome = 'open_due_soon') AS open_due_soon,
    countIf(outcome = 'open_overdue') AS open_overdue,
    countIf(outcome = 'paused') AS paused,
    countIf(outcome = 'finished_early') AS finished_early,
    countIf(outcome = 'finished_on_time') AS finished_on_time,
    countIf(outcome = 'finished_late') AS finished_late,
    countIf(outcome = 'withdrawn') AS withdrawn,
    countIf(outcome = 'rejected') AS rejected,
    countIf(outcome = 'stopped') AS stopped
FROM
(
    {{ filter.sql }}
)
GROUP BY key
ORDER BY count() DESC, key
LIMIT 5000
