-- One row a metric and step of `step_h` hours over the last `hours`, oldest first, in which it was counted, the running step last: the sum below the scope. A step without counts has no row. `t` is the start of the step by the local clock, `as_of`
-- the newest count of the step (epoch milliseconds). Reads the counts of those hours: 10 ms a day.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toInt64({step_h:UInt16}) * 3600 AS step_s,
    intDiv(toUnixTimestamp(now_at) + 25200, step_s) * step_s - 25200 - toInt64({hours:UInt16}) * 3600 + step_s AS from_s
SELECT
    (from_s + intDiv(toInt64(toUnixTimestamp(observed_at)) - from_s, step_s) * step_s) * 1000 AS t,
    toString(metric) AS series,
    sum(assumeNotNull(r.value)) AS value,
    toUnixTimestamp64Milli(max(observed_at)) AS as_of
FROM reading_event AS r
WHERE has(splitByChar(',', {metrics:String}), toString(metric))
    AND r.value IS NOT NULL
    AND observed_at >= fromUnixTimestamp64Milli(from_s * 1000)
    AND observed_at <= now_at
GROUP BY t, series
ORDER BY t, series
LIMIT 5000
