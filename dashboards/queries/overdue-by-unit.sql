-- One row a child unit of the scope: the share of its dossiers in progress that is overdue, in percent. NULL when it has none in
-- progress, and when it has fallen silent (no word for `silent_s` seconds in office hours, or for three days, while most others
-- speak): `silent_since` then says since when. `?` is the unit nobody knows. Reads the open dossiers: 20 ms at a hundred thousand.
WITH
    toDateTime({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}) AS now_at,
    toDayOfWeek(now_at) <= 5 AND toHour(now_at) BETWEEN 9 AND 16 AS is_office_time,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    one.1 AS label,
    one.1 AS unit,
    if((one.5 AND do_most_speak) OR one.2 = 0, NULL, round(100 * one.3 / one.2, 1)) AS value,
    one.3 AS overdue,
    one.2 AS open,
    if((one.5 AND do_most_speak), toUnixTimestamp64Milli(one.4), NULL) AS silent_since
FROM
(
    SELECT groupArray((child, open, overdue, heard_at, is_late)) AS units, sum(is_late) * 2 <= count() AS do_most_speak
    FROM
    (
        SELECT
            if(splitByChar('/', unit_path)[{depth:UInt8} + 2] = '', self, splitByChar('/', unit_path)[{depth:UInt8} + 2]) AS child,
            sum(units_open) AS open,
            sum(units_overdue) AS overdue,
            max(unit_heard_at) AS heard_at,
            (is_office_time AND heard_at < now_at - toIntervalSecond({silent_s:UInt32})) OR heard_at < now_at - INTERVAL 3 DAY AS is_late
        FROM
        (
            SELECT unit_path, count() AS units_open, countIf(overdue_from_province <= now_at) AS units_overdue, toDateTime64(0, 3, 'UTC') AS unit_heard_at
            FROM dossier_open
            WHERE clock = 'running'
            GROUP BY unit_path
            UNION ALL
            SELECT unit_path, 0 AS units_open, 0 AS units_overdue, max(last_received_at) AS unit_heard_at
            FROM dossier_source
            GROUP BY unit_path
        )
        GROUP BY child
    )
)
ARRAY JOIN units AS one
ORDER BY value DESC NULLS LAST, label
LIMIT 500
