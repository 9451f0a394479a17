-- One row: the sum of what some metrics (with commas between) counted below the scope, since the local midnight of `days` - 1 days before (1: today); `previous` the same stretch a week earlier, before it (`period`) or a year earlier, up to the same
-- time of day: NULL where nothing was counted then, and where the log does not reach its first day; and when the newest count came (epoch milliseconds). NULL when nothing was said in that time, which is not zero. Reads the counts of both stretches, and of a week before: 10 ms a day.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    multiIf({compare:String} = 'year', now_at - INTERVAL 1 YEAR, {compare:String} = 'period', now_at - toIntervalDay({days:UInt8}), now_at - INTERVAL 7 DAY) AS then_at,
    toStartOfDay(now_at) - toIntervalDay(toInt16({days:UInt8}) - 1) AS since,
    toStartOfDay(then_at) - toIntervalDay(toInt16({days:UInt8}) - 1) AS then_since
SELECT
    sumOrNullIf(v, counted_at >= since) AS value,
    if(countIf(counted_at < then_since + INTERVAL 1 DAY) = 0, NULL, sumOrNullIf(v, counted_at >= then_since AND counted_at <= then_at)) AS previous,
    toUnixTimestamp64Milli(maxOrNullIf(counted_at, counted_at >= since)) AS as_of
FROM
(
    SELECT assumeNotNull(r.value) AS v, observed_at AS counted_at
    FROM reading_event AS r
    WHERE has(splitByChar(',', {metrics:String}), toString(metric))
        AND r.value IS NOT NULL
        AND ((observed_at >= since AND observed_at <= now_at) OR (observed_at >= then_since - INTERVAL 7 DAY AND observed_at <= then_at))
)
