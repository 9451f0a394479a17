-- One row a child unit of the scope with more than `overdue_percent` of its dossiers in progress overdue (`value` percent, `count` overdue),
-- of at least 20. `since` is when the dossier that carried it over the limit lapsed, epoch milliseconds. Reads the open dossiers: 20 ms at
-- a hundred thousand.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    concat('overdue_share:', unit) AS id,
    3 AS severity,
    'overdue_share' AS kind,
    if(endsWith(branch, '/'), self, splitByChar('/', branch)[-1]) AS unit,
    toUnixTimestamp64Milli(lapses[intDiv(open * {overdue_percent:UInt8}, 100) + 1]) AS since,
    toNullable(round(100 * count / open, 1)) AS value,
    toNullable(length(lapses)) AS count,
    '' AS text
FROM
(
    SELECT
        substringIndex(unit_path, '/', {depth:UInt8} + 2) AS branch,
        count() AS open,
        arraySort(groupArrayIf(assumeNotNull(due_at), overdue_from_province <= now_at)) AS lapses
    FROM dossier_open
    WHERE clock = 'running'
    GROUP BY branch
    HAVING open >= 20 AND length(lapses) * 100 > open * {overdue_percent:UInt8}
)
ORDER BY since DESC, id
LIMIT 50
