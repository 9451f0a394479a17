-- One row a place and step of `step_h` hours over the last `hours`, oldest first, in which some metrics (with commas between) were read there below the scope, the running step last: their mean times `scale` (100 makes percents of what is 0 or 1).
-- A step without readings has no row. `t` is the start of the step by the local clock, `as_of` the newest reading of the step (epoch milliseconds). Reads the readings of those hours: 20 ms a day.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toInt64({step_h:UInt16}) * 3600 AS step_s,
    intDiv(toUnixTimestamp(now_at) + 25200, step_s) * step_s - 25200 - toInt64({hours:UInt16}) * 3600 + step_s AS from_s
SELECT
    if(r.place = '', subject, toString(r.place)) AS label,
    (from_s + intDiv(toInt64(toUnixTimestamp(observed_at)) - from_s, step_s) * step_s) * 1000 AS t,
    round({scale:Float64} * avg(assumeNotNull(r.value)), 2) AS value,
    toUnixTimestamp64Milli(max(observed_at)) AS as_of
FROM reading_event AS r
WHERE has(splitByChar(',', {metrics:String}), toString(metric))
    AND r.value IS NOT NULL
    AND observed_at >= fromUnixTimestamp64Milli(from_s * 1000)
    AND observed_at <= now_at
GROUP BY label, t
ORDER BY t, label
LIMIT 5000
