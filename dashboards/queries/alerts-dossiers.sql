-- One row a child unit of the scope with something wrong: more than `overdue_percent` of its dossiers in progress overdue (`value` percent,
-- `count` overdue; `since` is when the dossier that carried it over the limit lapsed), or nothing heard of it while most others speak.
-- `since` is epoch milliseconds. Reads the open dossiers: 20 ms at a hundred thousand.
WITH
    toDateTime({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}) AS now_at,
    toDayOfWeek(now_at) <= 5 AND toHour(now_at) BETWEEN 9 AND 16 AS is_office_time,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    concat(alert.1, ':', alert.2) AS id,
    if(alert.1 = 'overdue_share', 3, 2) AS severity,
    alert.1 AS kind,
    alert.2 AS unit,
    toUnixTimestamp64Milli(alert.3) AS since,
    alert.4 AS value,
    alert.5 AS count,
    '' AS text
FROM
(
    SELECT
        arrayConcat(
            groupArrayIf(('overdue_share', child, lapses[intDiv(open * {overdue_percent:UInt8}, 100) + 1], toNullable(round(100 * length(lapses) / open, 1)), toNullable(length(lapses))), open >= 20 AND length(lapses) * 100 > open * {overdue_percent:UInt8}),
            if(sum(is_late) * 2 <= count(), groupArrayIf(('unit_silent', child, heard_at, CAST(NULL, 'Nullable(Float64)'), CAST(NULL, 'Nullable(UInt64)')), is_late), [])) AS alerts
    FROM
    (
        SELECT
            if(splitByChar('/', unit_path)[{depth:UInt8} + 2] = '', self, splitByChar('/', unit_path)[{depth:UInt8} + 2]) AS child,
            sum(units_open) AS open,
            arraySort(arrayFlatten(groupArray(units_lapses))) AS lapses,
            max(unit_heard_at) AS heard_at,
            (is_office_time AND heard_at < now_at - toIntervalSecond({silent_s:UInt32})) OR heard_at < now_at - INTERVAL 3 DAY AS is_late
        FROM
        (
            SELECT unit_path, count() AS units_open, groupArrayIf(assumeNotNull(due_at), overdue_from_province <= now_at) AS units_lapses, toDateTime64(0, 3, 'UTC') AS unit_heard_at
            FROM dossier_open
            WHERE clock = 'running'
            GROUP BY unit_path
            UNION ALL
            SELECT unit_path, 0 AS units_open, [] AS units_lapses, max(last_received_at) AS unit_heard_at
            FROM dossier_source
            GROUP BY unit_path
        )
        GROUP BY child
    )
)
ARRAY JOIN alerts AS alert
ORDER BY severity DESC, since DESC, id
LIMIT 50
