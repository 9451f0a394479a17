-- One row a metric and step of `step_h` hours over the last `hours` (or `days`, where given), oldest first, in which it was counted, the running step last: the sum below the scope, and with `compare` as `previous` that of the step a week earlier, as long
-- before as is drawn (`period`) or a year earlier, NULL where nothing was counted. A step without counts has no row. `t` is the start of the step by the local clock, `as_of` the newest count of the step (epoch milliseconds). Reads the counts of those hours: 10 ms a day.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    if({days:UInt8} > 0, toInt64({days:UInt8}) * 24, toInt64({hours:UInt16})) AS span_h,
    toInt64(toUnixTimestamp(now_at)) AS now_s,
    toInt64({step_h:UInt16}) * 3600 AS step_s,
    intDiv(now_s + 25200, step_s) * step_s - 25200 - span_h * 3600 + step_s AS from_s,
    multiIf({compare:String} = 'year', now_s - toInt64(toUnixTimestamp(now_at - INTERVAL 1 YEAR)), {compare:String} = 'period', span_h * 3600, {compare:String} = 'week', 604800, 0) AS back_s
SELECT
    step * 1000 AS t,
    series,
    sumOrNullIf(v, later_s = 0) AS value,
    sumOrNullIf(v, later_s > 0) AS previous,
    toUnixTimestamp64Milli(maxOrNullIf(counted_at, later_s = 0)) AS as_of
FROM
(
    SELECT
        toString(metric) AS series,
        assumeNotNull(r.value) AS v,
        observed_at AS counted_at,
        later_s,
        from_s + intDiv(toInt64(toUnixTimestamp(observed_at)) + later_s - from_s, step_s) * step_s AS step
    FROM reading_event AS r
    ARRAY JOIN arrayDistinct([toInt64(0), back_s]) AS later_s
    WHERE has(splitByChar(',', {metrics:String}), toString(metric))
        AND r.value IS NOT NULL
        AND ((observed_at >= fromUnixTimestamp64Milli(from_s * 1000) AND observed_at <= now_at)
            OR (observed_at >= fromUnixTimestamp64Milli((from_s - back_s) * 1000) AND observed_at <= now_at - toIntervalSecond(back_s)))
        AND toInt64(toUnixTimestamp(observed_at)) + later_s BETWEEN from_s AND now_s
)
GROUP BY step, series
ORDER BY t, series
LIMIT 5000
