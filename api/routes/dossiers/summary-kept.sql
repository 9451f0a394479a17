-- The counts of summary.sql where nothing but unit and rule narrows them: the open dossiers as they stand at {at}, and the closed ones from
-- the kept counts, since their outcomes do not move with time. Same rows, whatever the size of the past. 20 ms at two million.
SELECT
    key,
    max(name) AS label,
    sum(c_unknown) AS unknown,
    sum(c_waiting) AS waiting,
    sum(c_in_time) AS open_in_time,
    sum(c_due_soon) AS open_due_soon,
    sum(c_overdue) AS open_overdue,
    sum(c_paused) AS paused,
    sum(c_early) AS finished_early,
    sum(c_on_time) AS finished_on_time,
    sum(c_late) AS finished_late,
    sum(c_withdrawn) AS withdrawn,
    sum(c_rejected) AS rejected,
    sum(c_stopped) AS stopped
FROM
(
    SELECT
        multiIf(
            {by:String} = 'unit', concat(arrayStringConcat(arraySlice(splitByChar('/', toString(unit_path)), 1, {depth:UInt8} + 2), '/'), if(unit_path = {scope:String}, '', '/')),
            {by:String} = 'procedure', toString(procedure_code),
            {by:String} = 'field', toString(field_code),
            {by:String} = 'channel', toString(channel),
            {by:String} = 'handler', toString(handler_path),
            ''
        ) AS key,
        max(multiIf({by:String} = 'procedure', toString(procedure_name), {by:String} = 'field', toString(field_name), '')) AS name,
        countIf(outcome = 'unknown') AS c_unknown,
        countIf(outcome = 'waiting') AS c_waiting,
        countIf(outcome = 'open_in_time') AS c_in_time,
        countIf(outcome = 'open_due_soon') AS c_due_soon,
        countIf(outcome = 'open_overdue') AS c_overdue,
        countIf(outcome = 'paused') AS c_paused,
        toUInt64(0) AS c_early,
        toUInt64(0) AS c_on_time,
        toUInt64(0) AS c_late,
        toUInt64(0) AS c_withdrawn,
        toUInt64(0) AS c_rejected,
        toUInt64(0) AS c_stopped
    FROM
    (
        {{ judged.sql }}
    )
    GROUP BY key
    UNION ALL
    SELECT
        multiIf(
            {by:String} = 'unit', concat(arrayStringConcat(arraySlice(splitByChar('/', toString(unit_path)), 1, {depth:UInt8} + 2), '/'), if(unit_path = {scope:String}, '', '/')),
            {by:String} = '', '',
            toString(value)
        ) AS key,
        max(if({by:String} IN ('procedure', 'field'), toString(title), '')) AS name,
        toUInt64(0),
        toUInt64(0),
        toUInt64(0),
        toUInt64(0),
        toUInt64(0),
        toUInt64(0),
        sum(early),
        sum(punctual),
        sum(late),
        sum(withdrawn),
        sum(rejected),
        sum(stopped)
    FROM dossier_tally
    ARRAY JOIN
        groups.key AS value,
        groups.name AS title,
        if({rule:String} = '766', groups.early_766, groups.early_province) AS early,
        if({rule:String} = '766', groups.on_time_766, groups.on_time_province) AS punctual,
        if({rule:String} = '766', groups.late_766, groups.late_province) AS late,
        groups.withdrawn AS withdrawn,
        groups.rejected AS rejected,
        groups.stopped AS stopped
    WHERE dimension = if({by:String} IN ('', 'unit'), 'total', {by:String})
    GROUP BY key
)
GROUP BY key
ORDER BY sum(c_unknown + c_waiting + c_in_time + c_due_soon + c_overdue + c_paused + c_early + c_on_time + c_late + c_withdrawn + c_rejected + c_stopped) DESC, key
LIMIT 5000
