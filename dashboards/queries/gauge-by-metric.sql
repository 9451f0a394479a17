-- One row a metric of a list (with commas between), in its order: the newest values of its series below the scope, summed. A metric without a value within `fresh_s` seconds has no row. `as_of` epoch milliseconds. One row a
-- series is read: 5 ms.
SELECT
    toString(metric) AS label,
    round(sum(assumeNotNull(r.value)), 3) AS value,
    toUnixTimestamp64Milli(max(observed_at)) AS as_of
FROM reading AS r
WHERE has(splitByChar(',', {metrics:String}), toString(metric))
    AND r.value IS NOT NULL
    AND observed_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32})
GROUP BY metric
ORDER BY indexOf(splitByChar(',', {metrics:String}), label)
LIMIT 50
