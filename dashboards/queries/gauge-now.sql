-- One row: the newest values of the series of some metrics (with commas between) below the scope as one figure: their sum, mean, largest or smallest (`pick`). `note` is how many series that is,
-- or where the largest or smallest was read; `as_of` the newest of them (epoch milliseconds); with `compare`, `previous` is the same as it was a week ago, `days` days ago (`period`) or a year ago. A series older than `fresh_s`
-- seconds, or without a value, is left out; NULL when that leaves none. One row a series is read, 5 ms, and of what was before the readings of `fresh_s` seconds.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    multiIf({compare:String} = 'year', now_at - INTERVAL 1 YEAR, {compare:String} = 'period', now_at - toIntervalDay({days:UInt8}), now_at - INTERVAL 7 DAY) AS then_at,
    [countIf(NOT is_then), countIf(is_then)] AS series,
    [sumIf(v, NOT is_then), sumIf(v, is_then)] AS sums
SELECT
    if(series[1] = 0, NULL, multiIf({pick:String} = 'max', maxIf(v, NOT is_then), {pick:String} = 'min', minIf(v, NOT is_then), {pick:String} = 'avg', sums[1] / series[1], sums[1])) AS value,
    if(series[2] = 0, NULL, multiIf({pick:String} = 'max', maxIf(v, is_then), {pick:String} = 'min', minIf(v, is_then), {pick:String} = 'avg', sums[2] / series[2], sums[2])) AS previous,
    multiIf({pick:String} = 'max', argMaxIf(named, v, NOT is_then), {pick:String} = 'min', argMinIf(named, v, NOT is_then), toString(series[1])) AS note,
    if(series[1] = 0, NULL, toUnixTimestamp64Milli(maxIf(seen_at, NOT is_then))) AS as_of
FROM
(
    SELECT false AS is_then, assumeNotNull(r.value) AS v, observed_at AS seen_at, if(r.place = '', subject, toString(r.place)) AS named
    FROM reading AS r
    WHERE has(splitByChar(',', {metrics:String}), toString(metric))
        AND r.value IS NOT NULL
        AND observed_at >= now_at - toIntervalSecond({fresh_s:UInt32})
    UNION ALL
    SELECT true AS is_then, assumeNotNull(newest.2) AS v, newest.1 AS seen_at, '' AS named
    FROM
    (
        SELECT argMax((observed_at, r.value), observed_at) AS newest
        FROM reading_event AS r
        WHERE {compare:String} != 'none'
            AND has(splitByChar(',', {metrics:String}), toString(metric))
            AND observed_at >= then_at - toIntervalSecond({fresh_s:UInt32})
            AND observed_at <= then_at
        GROUP BY unit_path, metric, subject
    )
    WHERE newest.2 IS NOT NULL
)
