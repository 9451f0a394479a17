-- A row is one thing that was said of a shift of the unit itself, in order of time (epoch ms, UTC). Some a day: a few milliseconds.
SELECT
    toUnixTimestamp64Milli(e.observed_at) AS at,
    toString(e.type) AS type,
    e.subject AS shift_id,
    toString(e.actor) AS actor,
    e.note AS note
FROM duty_event AS e
WHERE e.type IN ('shift.noted', 'shift.handed', 'shift.taken')
    AND e.unit_path = {scope:String}
    AND e.observed_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 62 DAY
ORDER BY e.observed_at, e.type = 'shift.taken', e.event_key
LIMIT 5000
