-- One row a condition that is true now, worst first: a ring down as a whole (`value` links, `count` units cut off), a link down alone, a unit
-- above `overdue_percent` of its dossiers in progress (`value` percent, `count` overdue; `since` is when the dossier that carried it
-- over the limit lapsed), a unit fallen silent while most others speak, a burst of high or critical threats (`value` in the last
-- hour, `count` of them critical). `since` is epoch milliseconds. About 25 ms at two million dossiers.
WITH
    toDateTime({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}) AS now_at,
    toDayOfWeek(now_at) <= 5 AND toHour(now_at) BETWEEN 9 AND 16 AS is_office_time,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self,
    links AS
    (
        SELECT
            unit_path,
            link_id,
            ring,
            up,
            toUnixTimestamp64Milli(ifNull(last_up_at, state_at)) AS since,
            ring != '' AND sum(up) OVER (PARTITION BY ring) = 0 AND count() OVER (PARTITION BY ring) >= 2 AS is_ring_dead
        FROM link
    ),
    open_work AS
    (
        SELECT
            if(splitByChar('/', unit_path)[{depth:UInt8} + 2] = '', self, splitByChar('/', unit_path)[{depth:UInt8} + 2]) AS child,
            sum(units_open) AS open,
            sum(length(units_overdue)) AS overdue,
            arraySort(arrayFlatten(groupArray(units_overdue))) AS lapses
        FROM
        (
            SELECT unit_path, count() AS units_open, groupArrayIf(assumeNotNull(due_at), overdue_from_province <= now_at) AS units_overdue
            FROM dossier_open
            WHERE clock = 'running'
            GROUP BY unit_path
        )
        GROUP BY child
    ),
    bursts AS
    (
        SELECT
            if(splitByChar('/', unit_path)[{depth:UInt8} + 2] = '', self, splitByChar('/', unit_path)[{depth:UInt8} + 2]) AS child,
            countIf(observed_at > now_at - INTERVAL 1 HOUR) AS last_hour,
            countIf(observed_at > now_at - INTERVAL 1 HOUR AND severity = 4) AS critical,
            countIf(observed_at <= now_at - INTERVAL 6 HOUR) / 18 AS usual,
            countResample(0, 36, 1)(35 - intDiv(dateDiff('second', observed_at, now_at), 600)) AS by_ten_minutes
        FROM security_event
        WHERE type = 'security.alert' AND severity >= 3 AND observed_at >= now_at - INTERVAL 24 HOUR AND observed_at <= now_at
        GROUP BY child
        HAVING last_hour >= {burst:UInt32} AND last_hour >= 3 * usual
    )
SELECT id, severity, kind, unit, since, value, count, text
FROM
(
    SELECT
        concat('ring_down:', ring) AS id,
        4 AS severity,
        'ring_down' AS kind,
        argMin(splitByChar('/', unit_path)[-2], (length(unit_path), unit_path)) AS unit,
        max(since) AS since,
        toNullable(toFloat64(count())) AS value,
        toNullable(uniqExact(unit_path)) AS count,
        ring AS text
    FROM links
    WHERE is_ring_dead
    GROUP BY ring
    UNION ALL
    SELECT
        concat('link_down:', link_id),
        if(length(splitByChar('/', unit_path)) <= {depth:UInt8} + 3, 3, 2),
        'link_down',
        splitByChar('/', unit_path)[-2],
        since,
        toNullable(1.),
        NULL,
        link_id
    FROM links
    WHERE up = 0 AND NOT is_ring_dead
    UNION ALL
    SELECT
        concat('overdue_share:', child),
        3,
        'overdue_share',
        child,
        toUnixTimestamp64Milli(lapses[intDiv(open * {overdue_percent:UInt8}, 100) + 1]),
        toNullable(round(100 * overdue / open, 1)),
        toNullable(overdue),
        ''
    FROM open_work
    WHERE open >= 20 AND overdue * 100 > open * {overdue_percent:UInt8}
    UNION ALL
    SELECT concat('unit_silent:', child), 2, 'unit_silent', child, toUnixTimestamp64Milli(heard_at), NULL, NULL, ''
    FROM
    (
        SELECT child, heard_at, is_late, sum(is_late) OVER () AS late, count() OVER () AS units
        FROM
        (
            SELECT
                if(splitByChar('/', unit_path)[{depth:UInt8} + 2] = '', self, splitByChar('/', unit_path)[{depth:UInt8} + 2]) AS child,
                max(last_received_at) AS heard_at,
                (is_office_time AND heard_at < now_at - toIntervalSecond({silent_s:UInt32})) OR heard_at < now_at - INTERVAL 3 DAY AS is_late
            FROM dossier_source
            GROUP BY child
        )
    )
    WHERE is_late AND late * 2 <= units
    UNION ALL
    SELECT
        concat('threat_burst:', child),
        if(critical > 0, 4, 3),
        'threat_burst',
        child,
        toInt64(toUnixTimestamp(now_at) - 600 * (36 - arrayLastIndex(n -> n < {burst:UInt32} / 6, by_ten_minutes))) * 1000,
        toNullable(toFloat64(last_hour)),
        toNullable(critical),
        ''
    FROM bursts
)
ORDER BY severity DESC, since DESC, id
LIMIT 50
