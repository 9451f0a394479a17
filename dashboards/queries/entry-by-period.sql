-- One row a metric and period for which a figure stands at the scope's own unit, oldest first. `t` is the first instant of the period by the local clock, `as_of` when it was stated (epoch milliseconds). Reads the entries: 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toInt64(toUnixTimestamp(toDateTime(first_day, 'Asia/Ho_Chi_Minh'))) * 1000 AS t,
    toString(metric) AS series,
    e.value AS value,
    toString(period) AS p,
    toUnixTimestamp64Milli(entered_at) AS as_of
FROM entry AS e
WHERE has(splitByChar(',', {metrics:String}), toString(metric)) AND unit_path = {scope:String} AND entered_at <= now_at
ORDER BY t, series
LIMIT 500
