-- One row a child unit of the scope (and the scope itself, for what it alone says): what share the metrics `part` are of the metrics `whole` by the newest values below it, in percent, smallest first or largest (`first`). `part` and `whole` are the
-- numbers. A unit whose whole is zero, or that has said neither within `fresh_s` seconds, has no row. `as_of` epoch milliseconds. One row a series is read: 5 ms.
WITH splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    if(endsWith(branch, '/'), self, splitByChar('/', branch)[-1]) AS label,
    label AS unit,
    round(100 * parts / wholes, 2) AS value,
    parts AS part_value,
    wholes AS whole_value,
    toUnixTimestamp64Milli(seen_at) AS as_of
FROM
(
    SELECT
        substringIndex(unit_path, '/', {depth:UInt8} + 2) AS branch,
        sumIf(assumeNotNull(r.value), has(splitByChar(',', {part:String}), toString(metric))) AS parts,
        sumIf(assumeNotNull(r.value), has(splitByChar(',', {whole:String}), toString(metric))) AS wholes,
        max(observed_at) AS seen_at
    FROM reading AS r
    WHERE has(splitByChar(',', concat({part:String}, ',', {whole:String})), toString(metric))
        AND r.value IS NOT NULL
        AND observed_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32})
    GROUP BY branch
)
WHERE wholes > 0
ORDER BY if({first:String} = 'small', value, -value), label
LIMIT 500
