-- A row is what one reading counted of {metric}, newest first, from the local midnight of `days` - 1 days before the instant looked at, or from `since` (epoch ms) where `days` is 0, as count-*.sql sum it.
-- `total` and `sum` are of all that are asked for, whatever the page, which begins after `after_at` and `after_key`. Instants are epoch ms (UTC). Reads the counts of those days: 10 ms a day.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    if({days:UInt16} = 0, fromUnixTimestamp64Milli(toInt64({since:Float64})), toDateTime64(toStartOfDay(now_at) - toIntervalDay({days:UInt16} - 1), 3)) AS from_at
SELECT id, unit_path, metric, subject, place, source, seen_at, value, value_unit, simulated, total, sum
FROM
(
    SELECT
        toString(event_key) AS id,
        toString(unit_path) AS unit_path,
        toString(metric) AS metric,
        subject,
        toString(place) AS place,
        toString(source) AS source,
        toUnixTimestamp64Milli(observed_at) AS seen_at,
        assumeNotNull(r.value) AS value,
        toString(value_unit) AS value_unit,
        simulated,
        count() OVER () AS total,
        sum(assumeNotNull(r.value)) OVER () AS sum
    FROM reading_event AS r
    WHERE has(splitByChar(',', {metric:String}), toString(r.metric))
        AND r.value IS NOT NULL
        AND observed_at >= from_at
        AND observed_at <= now_at
        AND ({own:UInt8} = 0 OR r.unit_path = {scope:String})
        AND ({place:String} = '' OR if(r.place = '', subject, toString(r.place)) = {place:String})
)
WHERE {after_at:Float64} = 0 OR (seen_at, id) < (toInt64({after_at:Float64}), {after_key:String})
ORDER BY seen_at DESC, id DESC
LIMIT {page:UInt32}
