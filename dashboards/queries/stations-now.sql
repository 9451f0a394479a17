-- One row a series of a metric that was read in the last seven days: the unit and the place that it is told of (`stations` adds where that is, in degrees), and its newest
-- value, NULL when it is older than `fresh_s` seconds. Two series of one place are two rows. `as_of` epoch milliseconds. One row a series is read: 5 ms.
SELECT
    concat(unit_path, subject) AS id,
    splitByChar('/', unit_path)[-2] AS unit,
    toString(r.place) AS place,
    if(observed_at < {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32}), NULL, r.value) AS value,
    toUnixTimestamp64Milli(observed_at) AS as_of
FROM reading AS r
WHERE metric = {metric:String}
    AND observed_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 7 DAY
ORDER BY unit, place, id
LIMIT 2000
