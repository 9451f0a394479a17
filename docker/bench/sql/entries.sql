-- A figure of each month of the last two years, stated of some metrics by each of some units.
INSERT INTO log.entry_event
    (unit_path, observed_at, event_key, received_at, id, source, type, subject, unit, simulated, metric, period, value, actor, note)
WITH
    length({paths:Array(String)}) AS places,
    length({metrics:Array(String)}) AS names,
    number % places + 1 AS place,
    {metrics:Array(String)}[intDiv(number, places) % names + 1] AS name,
    toStartOfMonth(toDate({now:DateTime64(3, 'UTC')})) - toIntervalMonth(intDiv(number, places * names)) AS month,
    toDateTime64(month, 3, 'UTC') AS at
SELECT
    {paths:Array(String)}[place],
    at,
    reinterpretAsUUID(sipHash128(number, 'entry')),
    at + INTERVAL 1 SECOND,
    concat('bench-entry-', toString(number)),
    'thong-ke',
    'entry.made',
    concat(name, ' ', {codes:Array(String)}[place]),
    {codes:Array(String)}[place],
    0,
    name,
    formatDateTime(month, '%Y-%m'),
    sipHash64(number) % 100,
    '',
    ''
FROM numbers(length({paths:Array(String)}) * length({metrics:Array(String)}) * 24)
