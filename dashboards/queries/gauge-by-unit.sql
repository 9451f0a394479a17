-- One row a child unit of the scope that has said some metrics (with commas between): the sum, mean, largest or smallest of the newest values below it (`pick`), largest first, or smallest (`first`). Without `fresh` values a unit has no row.
-- `own` also gives the scope itself, for what it alone says. `as_of` epoch milliseconds. One row a series is read: 5 ms.
WITH splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    if(endsWith(branch, '/'), self, splitByChar('/', branch)[-1]) AS label,
    label AS unit,
    round(multiIf({pick:String} = 'max', max(v), {pick:String} = 'min', min(v), {pick:String} = 'avg', avg(v), sum(v)), 3) AS value,
    toUnixTimestamp64Milli(max(seen_at)) AS as_of
FROM
(
    SELECT substringIndex(unit_path, '/', {depth:UInt8} + 2) AS branch, assumeNotNull(r.value) AS v, observed_at AS seen_at
    FROM reading AS r
    WHERE has(splitByChar(',', {metrics:String}), toString(metric))
        AND r.value IS NOT NULL
        AND observed_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32})
)
WHERE {own:UInt8} = 1 OR NOT endsWith(branch, '/')
GROUP BY branch
ORDER BY if({first:String} = 'small', value, -value), label
LIMIT 500
