-- One row a child unit of the scope and step of `step_h` hours over the last `hours`, oldest first, in which some metrics (with commas between) were counted below it, the running step last: the sum; with `of`, what share it is of those metrics, in
-- percent, and no row where they are zero. `t` is the start of the step by the local clock, `as_of` the newest count of the step (epoch milliseconds). Reads the counts of those hours: 10 ms a day.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toInt64({step_h:UInt16}) * 3600 AS step_s,
    intDiv(toUnixTimestamp(now_at) + 25200, step_s) * step_s - 25200 - toInt64({hours:UInt16}) * 3600 + step_s AS from_s,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    if(endsWith(branch, '/'), self, splitByChar('/', branch)[-1]) AS label,
    step * 1000 AS t,
    if({of:String} = '', parts, round(100 * parts / wholes, 2)) AS value,
    toUnixTimestamp64Milli(seen_at) AS as_of
FROM
(
    SELECT
        substringIndex(unit_path, '/', {depth:UInt8} + 2) AS branch,
        from_s + intDiv(toInt64(toUnixTimestamp(observed_at)) - from_s, step_s) * step_s AS step,
        sumIf(assumeNotNull(r.value), has(splitByChar(',', {metrics:String}), toString(metric))) AS parts,
        sumIf(assumeNotNull(r.value), has(splitByChar(',', {of:String}), toString(metric))) AS wholes,
        max(observed_at) AS seen_at
    FROM reading_event AS r
    WHERE has(splitByChar(',', concat({metrics:String}, ',', {of:String})), toString(metric))
        AND r.value IS NOT NULL
        AND observed_at >= fromUnixTimestamp64Milli(from_s * 1000)
        AND observed_at <= now_at
    GROUP BY branch, step
)
WHERE {of:String} = '' OR wholes > 0
ORDER BY t, label
LIMIT 10000
