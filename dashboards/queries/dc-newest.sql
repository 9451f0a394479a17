-- One row: of the newest readings of some metrics at the scope's own place (its data centre), the largest, the smallest or the sum (`pick`), and where that was read (a device that is polled with its part, `core-1 Chassis`). A series whose newest reading is
-- older than `fresh_s` seconds, or has no value, is left out; NULL when that leaves none. One row a series is read: 5 ms.
SELECT
    if(count(reading_value) = 0, NULL, multiIf({pick:String} = 'max', max(reading_value), {pick:String} = 'min', min(reading_value), sum(reading_value))) AS value,
    multiIf({pick:String} = 'max', argMax(named, reading_value), {pick:String} = 'min', argMin(named, reading_value), '') AS note
FROM
(
    SELECT assumeNotNull(r.value) AS reading_value, multiIf(place = '', subject, endsWith(subject, concat('/', place)), concat(left(subject, -1 - length(place)), ' ', place), toString(place)) AS named
    FROM reading AS r
    WHERE unit_path = {scope:String}
        AND has(splitByChar(',', {metrics:String}), toString(metric))
        AND r.value IS NOT NULL
        AND observed_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32})
)
