-- One row a place (a system, a database, a ministry, a project) of which at least one of three metrics was read in the last `keep_h` hours, with the newest value of each (NULL: never said, or without value) and when it was last heard of (epoch ms).
-- `limit_ms` is how old it may be. Sorted by the first metric, smallest or largest first, or by age, the oldest first (`first`). One row a series is read: 5 ms.
SELECT
    concat(unit_path, ' ', place) AS id,
    splitByChar('/', unit_path)[-2] AS unit,
    if(place = '', unit, place) AS name,
    maxIf(v, metric = {a:String}) AS a,
    maxIf(v, metric = {b:String}) AS b,
    maxIf(v, metric = {c:String}) AS c,
    toUnixTimestamp64Milli(max(at)) AS seen_at,
    toInt64({fresh_s:UInt32}) * 1000 AS limit_ms,
    seen_at AS as_of
FROM
(
    SELECT toString(unit_path) AS unit_path, toString(r.place) AS place, toString(r.metric) AS metric, r.value AS v, observed_at AS at
    FROM reading AS r
    WHERE has([{a:String}, {b:String}, {c:String}], toString(r.metric))
        AND observed_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalHour({keep_h:UInt16})
)
GROUP BY unit_path, place
ORDER BY multiIf({first:String} = 'age', toFloat64(seen_at), {first:String} = 'small', a, -a) ASC NULLS LAST, id
LIMIT 500
