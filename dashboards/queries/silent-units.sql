-- One row a child unit of the scope whose dossiers nothing was heard of (for `silent_s` seconds in office hours, or for three days) while
-- most others speak: when most are silent, it is a day off. `since` is the last word, epoch milliseconds. One row a source is read: 10 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toDayOfWeek(now_at) <= 5 AND toHour(now_at) BETWEEN 9 AND 16 AS is_office_time,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    concat('unit_silent:', unit) AS id,
    2 AS severity,
    'unit_silent' AS kind,
    if(endsWith(branch, '/'), self, splitByChar('/', branch)[-1]) AS unit,
    toUnixTimestamp64Milli(heard_at) AS since,
    CAST(NULL, 'Nullable(Float64)') AS value,
    CAST(NULL, 'Nullable(UInt64)') AS count,
    '' AS text
FROM
(
    SELECT
        substringIndex(unit_path, '/', {depth:UInt8} + 2) AS branch,
        max(last_received_at) AS heard_at,
        (is_office_time AND heard_at < now_at - toIntervalSecond({silent_s:UInt32})) OR heard_at < now_at - INTERVAL 3 DAY AS is_late,
        sum(is_late) OVER () * 2 <= count() OVER () AS do_most_speak
    FROM dossier_source
    GROUP BY branch
)
WHERE is_late AND do_most_speak
ORDER BY since DESC, id
LIMIT 50
