-- One row a child unit of the scope with something wrong: more than `overdue_percent` of its dossiers in progress overdue (`value` percent,
-- `count` overdue; `since` is when the dossier that carried it over the limit lapsed), or nothing heard of it while most others speak.
-- `since` is epoch milliseconds. Reads the open dossiers: 20 ms at a hundred thousand.
WITH
    toDateTime({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}) AS now_at,
    toDayOfWeek(now_at) <= 5 AND toHour(now_at) BETWEEN 9 AND 16 AS is_office_time,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    concat(kind, ':', child) AS id,
    if(kind = 'overdue_share', 3, 2) AS severity,
    kind,
    child AS unit,
    toUnixTimestamp64Milli(if(kind = 'overdue_share', lapses[intDiv(open * {overdue_percent:UInt8}, 100) + 1], heard_at)) AS since,
    if(kind = 'overdue_share', toNullable(round(100 * length(lapses) / open, 1)), NULL) AS value,
    if(kind = 'overdue_share', toNullable(length(lapses)), NULL) AS count,
    '' AS text
FROM
(
    SELECT child, open, lapses, heard_at, is_late AND sum(is_late) OVER () * 2 <= count() OVER () AS is_silent
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
ARRAY JOIN arrayConcat(
    if(open >= 20 AND length(lapses) * 100 > open * {overdue_percent:UInt8}, ['overdue_share'], []),
    if(is_silent, ['unit_silent'], [])) AS kind
ORDER BY severity DESC, since DESC, id
LIMIT 50
