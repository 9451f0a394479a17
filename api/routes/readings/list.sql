-- A row is the newest reading of one series of {metric}, largest first; `total` and `sum` are of all that are asked for, whatever the page.
-- Those without a value, or older than `fresh_s` seconds (0: of any age), are left out, as on the walls (desks-waiting.sql).
-- Instants are epoch ms (UTC). One row a series is read: 5 ms.
SELECT
    toString(unit_path) AS unit_path,
    toString(metric) AS metric,
    subject,
    toString(place) AS place,
    toUnixTimestamp64Milli(r.observed_at) AS seen_at,
    assumeNotNull(r.value) AS value,
    toString(value_unit) AS value_unit,
    simulated,
    count() OVER () AS total,
    sum(assumeNotNull(r.value)) OVER () AS sum
FROM reading AS r
WHERE ({metric:String} = '' OR has(splitByChar(',', {metric:String}), toString(metric)))
    AND r.value IS NOT NULL
    AND ({fresh_s:UInt32} = 0 OR r.observed_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32}))
    AND ({own:UInt8} = 0 OR unit_path = {scope:String})
ORDER BY value DESC, unit_path, subject
LIMIT {page:UInt16}
