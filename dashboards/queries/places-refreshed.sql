-- One row a place (a database, software of a sector) of which one of two metrics was read in the last `days`: the newest value of `records`, what was counted of `refreshed` in 24 hours (NULL: nothing was said), and when it last counted more than zero
-- (NULL: not in those days), the longest ago and fewest first. `limit_ms` is how long ago that may be. Instants are epoch milliseconds. Reads two metrics of those days: 20 ms a month.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    concat(unit_path, ' ', name) AS id,
    splitByChar('/', unit_path)[-2] AS unit,
    name,
    holds AS records,
    came AS refreshed,
    toUnixTimestamp64Milli(came_at) AS refreshed_at,
    toInt64({fresh_s:UInt32}) * 1000 AS limit_ms,
    toUnixTimestamp64Milli(seen_at) AS as_of
FROM
(
    SELECT
        toString(unit_path) AS unit_path,
        if(r.place = '', subject, toString(r.place)) AS name,
        argMaxOrNullIf(assumeNotNull(r.value), observed_at, metric = {records:String}) AS holds,
        sumOrNullIf(assumeNotNull(r.value), metric = {refreshed:String} AND observed_at > now_at - INTERVAL 24 HOUR) AS came,
        maxOrNullIf(observed_at, metric = {refreshed:String} AND r.value > 0) AS came_at,
        max(observed_at) AS seen_at
    FROM reading_event AS r
    WHERE has([{records:String}, {refreshed:String}], toString(metric))
        AND r.value IS NOT NULL
        AND observed_at >= now_at - toIntervalDay({days:UInt16})
        AND observed_at <= now_at
    GROUP BY unit_path, name
)
ORDER BY ifNull(refreshed_at, 0), ifNull(refreshed, 0), id
LIMIT 200
