-- Some metrics of each unit, a value every `step_min` minutes, `steps` of them.
INSERT INTO log.reading_event
    (unit_path, observed_at, event_key, received_at, id, source, type, subject, unit, simulated, metric, value, value_unit, place)
WITH
    length({paths:Array(String)}) AS places,
    length({metrics:Array(String)}) AS names,
    number % places + 1 AS place,
    {metrics:Array(String)}[intDiv(number, places) % names + 1] AS name,
    {now:DateTime64(3, 'UTC')} - toIntervalMinute({step_min:UInt32} * intDiv(number, places * names)) AS at
SELECT
    {paths:Array(String)}[place],
    at,
    reinterpretAsUUID(sipHash128(number, 'reading')),
    at + INTERVAL 1 SECOND,
    concat('bench-reading-', toString(number)),
    'cam-bien',
    'reading.sample',
    concat(name, ' ', toString(place)),
    {codes:Array(String)}[place],
    0,
    name,
    sipHash64(number) % 30,
    '1',
    ''
FROM numbers(length({paths:Array(String)}) * length({metrics:Array(String)}) * {steps:UInt32})
