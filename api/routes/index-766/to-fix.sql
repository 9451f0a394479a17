-- A row is one procedure, or one unit (the scope itself or one right below it), with its open dossiers that are overdue by rule 766 at {at} and
-- those due within 24 hours: the numbers of the desk's lists. `all` is everything in one row. At most 10 procedures and 10 units,
-- those with most first. 20 ms at two million.
SELECT kind, key, label, toFloat64(overdue) AS overdue, toFloat64(due_soon) AS due_soon
FROM
(
    SELECT
        multiIf(grouping(procedure) = 0, 'procedure', grouping(unit) = 0, 'unit', 'all') AS kind,
        multiIf(kind = 'procedure', procedure, kind = 'unit', unit, '') AS key,
        if(kind = 'procedure', argMax(procedure_name, last_received_at), '') AS label,
        countIf(outcome = 'open_overdue') AS overdue,
        countIf(outcome = 'open_due_soon') AS due_soon
    FROM
    (
        SELECT
            toString(procedure_code) AS procedure,
            toString(d.procedure_name) AS procedure_name,
            concat(arrayStringConcat(arraySlice(splitByChar('/', toString(unit_path)), 1, {depth:UInt8} + 2), '/'), if(unit_path = {scope:String}, '', '/')) AS unit,
            last_received_at,
            multiIf(
                overdue_from_766 <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, 'open_overdue',
                outcome_766 = 'open' AND soon_from_766 <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, 'open_due_soon',
                '') AS outcome
        FROM dossier_open AS d
    )
    WHERE outcome != ''
    GROUP BY GROUPING SETS ((procedure), (unit), ())
)
WHERE overdue + due_soon > 0 AND (key != '' OR kind = 'all')
ORDER BY kind, overdue DESC, due_soon DESC, key
LIMIT 10 BY kind
LIMIT 21
