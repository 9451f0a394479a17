-- One row a child unit of the scope: the share of its dossiers in progress that is overdue, in percent, largest first. `?` is the unit
-- nobody knows. Which of the units have fallen silent, so that their share is old, says silent-units. Reads the open dossiers: 15 ms at a
-- hundred thousand.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    if(endsWith(branch, '/'), self, splitByChar('/', branch)[-1]) AS label,
    label AS unit,
    round(100 * overdue / open, 1) AS value,
    countIf(overdue_from_province <= now_at) AS overdue,
    count() AS open
FROM dossier_open
WHERE clock = 'running'
GROUP BY substringIndex(unit_path, '/', {depth:UInt8} + 2) AS branch
ORDER BY value DESC, label
LIMIT 500
