-- One row a child unit of the scope: the share of its dossiers in progress that is overdue, in percent. NULL when it has none in
-- progress, and when it has fallen silent (no word for `silent_s` seconds in office hours, or for three days, while most others
-- speak): `silent_since` then says since when. `?` is the unit nobody knows. Reads the open dossiers: 20 ms at a hundred thousand.
WITH
    toDateTime({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}) AS now_at,
    toDayOfWeek(now_at) <= 5 AND toHour(now_at) BETWEEN 9 AND 16 AS is_office_time,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    child AS label,
    child AS unit,
    if(is_silent OR open = 0, NULL, round(100 * overdue / open, 1)) AS value,
    overdue,
    open,
    if(is_silent, toUnixTimestamp64Milli(heard_at), NULL) AS silent_since
FROM
(
    SELECT
        if(endsWith(branch, '/'), self, splitByChar('/', branch)[-1]) AS child,
        open,
        overdue,
        heard_at,
        is_late AND sum(is_late) OVER () * 2 <= count() OVER () AS is_silent
    FROM
    (
        SELECT
            substringIndex(unit_path, '/', {depth:UInt8} + 2) AS branch,
            countIf(is_dossier) AS open,
            countIf(is_overdue) AS overdue,
            max(last_received_at) AS heard_at,
            (is_office_time AND heard_at < now_at - toIntervalSecond({silent_s:UInt32})) OR heard_at < now_at - INTERVAL 3 DAY AS is_late
        FROM
        (
            SELECT unit_path, 1 AS is_dossier, overdue_from_province <= now_at AS is_overdue, toDateTime64(0, 3, 'UTC') AS last_received_at
            FROM dossier_open
            WHERE clock = 'running'
            UNION ALL
            SELECT unit_path, 0, 0, last_received_at
            FROM dossier_source
        )
        GROUP BY branch
    )
)
ORDER BY value DESC NULLS LAST, label
LIMIT 500
