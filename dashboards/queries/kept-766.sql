-- One row a child unit of the scope, or one for all (`by`): of its dossiers that ended since the first of the month and those open now, as far as rule 766 can compare them, the share in time, in percent, smallest first. `late` are those not in time. Kept counts by local day and the
-- open dossiers are read: 30 ms at a hundred thousand.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    if({by:String} = 'all' OR endsWith(branch, '/'), self, splitByChar('/', branch)[-1]) AS label,
    label AS unit,
    round(100 * sum(kept) / judged_all, 1) AS value,
    judged_all - sum(kept) AS late,
    sum(judged) AS judged_all
FROM
(
    SELECT toString(unit_path) AS path, some_judged AS judged, some_kept AS kept
    FROM dossier_tally
    ARRAY JOIN groups.key AS day, groups.judged_766 AS some_judged, groups.kept_766 AS some_kept
    WHERE dimension = 'finished_on' AND day >= toString(toDate32(toStartOfMonth(now_at))) AND day <= toString(toDate32(now_at))
    UNION ALL
    SELECT toString(unit_path) AS path, toUInt32(1) AS judged, toUInt32(NOT ifNull(overdue_from_766 <= now_at, false)) AS kept
    FROM dossier_open
    WHERE clock IN ('running', 'paused') AND (isNotNull(due_at) OR supplement_requests > 1)
)
GROUP BY if({by:String} = 'all', '', substringIndex(path, '/', {depth:UInt8} + 2)) AS branch
HAVING judged_all > 0
ORDER BY value, label
LIMIT 500
