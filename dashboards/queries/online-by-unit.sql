-- One row a child unit of the scope: of the dossiers that it accepted in the last `days` days and whose way of filing is known, the share filed online, in percent, smallest first. `dossiers` are those filed online. `?` is the
-- unit nobody knows. Up to thirty days 15 ms; beyond, dossiers are read whose numbers are of that time, or of the ninety days before it: 50 ms at a hundred thousand.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    now_at - toIntervalDay({days:UInt8}) AS from_at,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    if(endsWith(branch, '/'), self, splitByChar('/', branch)[-1]) AS label,
    label AS unit,
    round(100 * dossiers / known, 1) AS value,
    countIf(channel = 2) AS dossiers,
    count() AS known
FROM
(
    SELECT unit_path, channel
    FROM dossier_lately
    WHERE {days:UInt8} <= 30 AND channel BETWEEN 1 AND 3 AND accepted_at >= from_at AND accepted_at <= now_at AND outcome_province NOT IN ('rejected', 'waiting', 'unknown')
    UNION ALL
    SELECT unit_path, channel
    FROM dossier
    WHERE {days:UInt8} > 30 AND (opened_on >= toDate(from_at) - 90 OR opened_on < toDate('1971-01-01')) AND channel BETWEEN 1 AND 3 AND accepted_at >= from_at AND accepted_at <= now_at AND outcome_province NOT IN ('rejected', 'waiting', 'unknown')
)
GROUP BY substringIndex(unit_path, '/', {depth:UInt8} + 2) AS branch
ORDER BY value, label
LIMIT 500
