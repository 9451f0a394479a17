-- Dossiers number `from` to `to` of the `total` of two years that end at `now`, with all their events by then: received, in work,
-- finished, returned. Three in a hundred are late and one in a thousand is stuck. Deterministic but for `now`. Time base: UTC;
-- people work from 7:30 to 16:30 of Asia/Ho_Chi_Minh; what that puts into the hours to come was received within the last one.
INSERT INTO log.dossier_event
    (unit_path, observed_at, event_key, received_at, id, source, type, subject, unit, simulated, dossier_id, opened_on, status, due_at,
     procedure_code, procedure_name, field_code, field_name, channel, applicant_kind, step_holder, attributes)
WITH
    {now:DateTime64(3, 'UTC')} AS now_at,
    sipHash64(number, 1) AS chance,
    sipHash64(number, 2) AS more_chance,
    sipHash64(number, 3) % length({paths:Array(String)}) + 1 AS place,
    {codes:Array(String)}[place] AS code,
    toDate(now_at) - 730 + intDiv(number * 731, {total:UInt64}) AS any_day,
    any_day - if(toDayOfWeek(any_day) > 5, 2, 0) AS day,
    least(toDateTime64(day, 3, 'UTC') + toIntervalSecond(1800 + chance % 32400), now_at - toIntervalSecond(chance % 3600)) AS opened_at,
    arrayElement([1, 2, 3, 5, 7, 10, 15, 20], more_chance % 8 + 1) * 86400 AS promised_s,
    opened_at + toIntervalSecond(promised_s) AS promised_at,
    opened_at + toIntervalSecond(toUInt64(promised_s * multiIf(
        chance % 1000 = 0, 1000,
        chance % 1000 < 31, 1 + (more_chance % 500) / 1000,
        0.2 + (more_chance % 780) / 1000))) AS finished,
    concat(code, '-', formatDateTime(day, '%y%m%d'), '-', toString(number)) AS dossier
SELECT
    {paths:Array(String)}[place],
    step.2,
    reinterpretAsUUID(sipHash128(number, step.1)),
    step.2 + INTERVAL 2 SECOND,
    concat('bench-', toString(number), '-', toString(step.1)),
    'mot-cua',
    step.3,
    dossier,
    code,
    0,
    dossier,
    day,
    step.1,
    if(step.1 = 2, promised_at, NULL),
    concat('1.00', toString(chance % 400)),
    concat('Thủ tục ', toString(chance % 400)),
    concat('G', toString(chance % 30)),
    concat('Lĩnh vực ', toString(chance % 30)),
    toUInt8(multiIf(chance % 100 < 55, 2, chance % 100 < 97, 1, 3)),
    1,
    'Phòng chuyên môn',
    ''
FROM numbers({from:UInt64}, {to:UInt64} - {from:UInt64})
ARRAY JOIN [
    (2, opened_at, 'dossier.received'),
    (4, opened_at + INTERVAL 20 MINUTE, 'dossier.step'),
    (9, finished, 'dossier.finished'),
    (10, finished + toIntervalSecond(more_chance % 90000), 'dossier.returned')
] AS step
WHERE step.2 <= now_at
