-- One row a metric and step of `step_h` hours over the last `hours`, oldest first, in which it was read, the running step last: of the means of its series below the scope the sum, mean, largest or smallest (`pick`). A step
-- without readings has no row. `t` is the start of the step by the local clock, `as_of` the newest reading of the step (epoch milliseconds). Reads the readings of those hours: 20 ms a day.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toInt64({step_h:UInt16}) * 3600 AS step_s,
    intDiv(toUnixTimestamp(now_at) + 25200, step_s) * step_s - 25200 - toInt64({hours:UInt16}) * 3600 + step_s AS from_s
SELECT
    step * 1000 AS t,
    series,
    round(multiIf({pick:String} = 'max', max(mean), {pick:String} = 'min', min(mean), {pick:String} = 'avg', avg(mean), sum(mean)), 3) AS value,
    toUnixTimestamp64Milli(max(seen_at)) AS as_of
FROM
(
    SELECT
        from_s + intDiv(toInt64(toUnixTimestamp(observed_at)) - from_s, step_s) * step_s AS step,
        toString(metric) AS series,
        avg(assumeNotNull(r.value)) AS mean,
        max(observed_at) AS seen_at
    FROM reading_event AS r
    WHERE has(splitByChar(',', {metrics:String}), toString(metric))
        AND r.value IS NOT NULL
        AND observed_at >= fromUnixTimestamp64Milli(from_s * 1000)
        AND observed_at <= now_at
    GROUP BY step, series, unit_path, subject
)
GROUP BY step, series
ORDER BY t, series
LIMIT 5000
