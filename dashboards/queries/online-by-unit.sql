-- One row a child unit of the scope: of the dossiers that it accepted in the last 30 days and whose way of filing is known, the share filed online, in percent, smallest first. `dossiers` are those filed online. `?` is the
-- unit nobody knows. 15 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    if(endsWith(branch, '/'), self, splitByChar('/', branch)[-1]) AS label,
    label AS unit,
    round(100 * dossiers / known, 1) AS value,
    countIf(channel = 2) AS dossiers,
    count() AS known
FROM dossier_lately
WHERE channel BETWEEN 1 AND 3 AND accepted_at >= now_at - INTERVAL 30 DAY AND accepted_at <= now_at AND outcome_province NOT IN ('rejected', 'waiting', 'unknown')
GROUP BY substringIndex(unit_path, '/', {depth:UInt8} + 2) AS branch
ORDER BY value, label
LIMIT 500
