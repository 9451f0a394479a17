-- A row is one value of {group_by} (the whole scope when it is empty), with the number of its dossiers in each state as of {at} under {rule}.
-- What is closed comes from sums, what is open is judged one by one. Cost: 10 ms, by procedure 40 ms.
SELECT
    group,
    sum(counts.1) AS received,
    sum(counts.2 + counts.3 + counts.4) AS open,
    sum(counts.5) AS paused,
    sum(counts.6 + counts.7 + counts.8) AS finished,
    sum(counts.6) AS finished_early,
    sum(counts.7) AS finished_on_time,
    sum(counts.8) AS finished_late,
    sum(counts.2) AS open_in_time,
    sum(counts.3) AS open_due_soon,
    sum(counts.4) AS open_overdue,
    sum(counts.9) AS withdrawn,
    sum(counts.10) AS rejected
FROM
(
    SELECT
        if({group_by:String} = 'unit', splitByChar('/', unit_path)[{depth:UInt8} + 2], key) AS group,
        (
            sum(accepted), 0, 0, 0, 0,
            sum(early), sum(punctual), sum(late), sum(withdrawn), sum(rejected)
        ) AS counts
    FROM dossier_tally
    ARRAY JOIN
        groups.key AS key,
        groups.accepted AS accepted,
        if({rule:String} = '766', groups.early_766, groups.early_province) AS early,
        if({rule:String} = '766', groups.on_time_766, groups.on_time_province) AS punctual,
        if({rule:String} = '766', groups.late_766, groups.late_province) AS late,
        groups.withdrawn AS withdrawn,
        groups.rejected AS rejected
    WHERE dimension = if({group_by:String} IN ('', 'unit'), 'total', {group_by:String})
    GROUP BY group
    UNION ALL
    SELECT
        group,
        (count(accepted_at), countIf(state = 'open_in_time'), countIf(state = 'open_due_soon'), countIf(state = 'open_overdue'), countIf(state = 'paused'), 0, 0, 0, 0, 0) AS counts
    FROM
    (
        SELECT
            accepted_at,
            multiIf(
                {group_by:String} = 'unit', splitByChar('/', unit_path)[{depth:UInt8} + 2],
                {group_by:String} = 'procedure', procedure_code,
                {group_by:String} = 'field', field_code,
                {group_by:String} = 'channel', toString(channel),
                {group_by:String} = 'handler', handler_path,
                '') AS group,
            if({rule:String} = '766', outcome_766, outcome_province) AS outcome,
            multiIf(
                if({rule:String} = '766', overdue_from_766, overdue_from_province) <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, 'open_overdue',
                outcome != 'open', outcome,
                if({rule:String} = '766', soon_from_766, soon_from_province) <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, 'open_due_soon',
                'open_in_time') AS state
        FROM dossier_open
    )
    GROUP BY group
)
GROUP BY group
ORDER BY group
LIMIT 5000
