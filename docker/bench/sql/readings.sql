-- Queue lengths of each unit every five minutes over the last 24 hours.
INSERT INTO log.reading_event
    (unit_path, observed_at, event_key, received_at, id, source, type, subject, unit, simulated, metric, value, value_unit, place)
WITH
    length({paths:Array(String)}) AS places,
    number % places + 1 AS place,
    {now:DateTime64(3, 'UTC')} - toIntervalMinute(5 * intDiv(number, places)) AS at
SELECT
    {paths:Array(String)}[place],
    at,
    reinterpretAsUUID(sipHash128(number, 'reading')),
    at + INTERVAL 1 SECOND,
    concat('bench-reading-', toString(number)),
    'cam-bien',
    'reading.sample',
    concat('desk-', toString(place)),
    {codes:Array(String)}[place],
    0,
    'queue.waiting',
    sipHash64(number) % 30,
    '1',
    ''
FROM numbers(length({paths:Array(String)}) * 288)
