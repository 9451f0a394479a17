-- One row: the sum of what some metrics (with commas between) counted below the scope, since the local midnight of `days` - 1 days before (1: today), `previous` the same stretch a week earlier up to the same instant (NULL when nothing was counted
-- then), and when the newest count came (epoch milliseconds). NULL when nothing was said in that time, which is not zero. Reads the counts of those days: 10 ms a day.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfDay(now_at) - toIntervalDay(toInt16({days:UInt8}) - 1) AS since
SELECT
    sumOrNullIf(v, counted_at >= since) AS value,
    sumOrNullIf(v, counted_at >= since - INTERVAL 7 DAY AND counted_at <= now_at - INTERVAL 7 DAY) AS previous,
    toUnixTimestamp64Milli(maxOrNullIf(counted_at, counted_at >= since)) AS as_of
FROM
(
    SELECT assumeNotNull(r.value) AS v, observed_at AS counted_at
    FROM reading_event AS r
    WHERE has(splitByChar(',', {metrics:String}), toString(metric))
        AND r.value IS NOT NULL
        AND observed_at >= since - INTERVAL 7 DAY
        AND observed_at <= now_at
)
