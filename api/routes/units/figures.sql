-- A row is all of the scope (`path` empty), or one unit right below {parent} (its path): running dossiers now and the overdue of them; those that ended
-- since {since} (epoch ms), the late and the early of them; and their median time from acceptance to finish, milliseconds, pauses included, NULL of none.
-- The provincial rule, in the words of the walls (overdue-now.sql, on-time-month.sql). {parent} empty: no unit. Open dossiers and those of
-- forty days: 60 ms at a hundred thousand open.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    path,
    toFloat64(sum(a_open)) AS open,
    toFloat64(sum(a_overdue)) AS overdue,
    toFloat64(sum(a_ended)) AS ended,
    toFloat64(sum(a_late)) AS late,
    toFloat64(sum(a_early)) AS early,
    max(a_median) AS median_ms
FROM
(
    SELECT
        arrayJoin(if({parent:String} != '' AND startsWith(unit_path, {parent:String}) AND unit_path != {parent:String}, ['', concat(substringIndex(unit_path, '/', {level:UInt8}), '/')], [''])) AS path,
        count() AS a_open,
        countIf(overdue_from_province <= now_at) AS a_overdue,
        0 AS a_ended,
        0 AS a_late,
        0 AS a_early,
        CAST(NULL, 'Nullable(Float64)') AS a_median
    FROM dossier_open
    WHERE clock = 'running'
    GROUP BY path
    UNION ALL
    SELECT
        arrayJoin(if({parent:String} != '' AND startsWith(unit_path, {parent:String}) AND unit_path != {parent:String}, ['', concat(substringIndex(unit_path, '/', {level:UInt8}), '/')], [''])) AS path,
        0,
        0,
        count(),
        countIf(outcome_province = 'finished_late'),
        countIf(outcome_province = 'finished_early'),
        toNullable(1000 * quantileIf(0.5)(assumeNotNull(dateDiff('second', accepted_at, finished_at)), closed = 'finished' AND isNotNull(accepted_at))) AS median
    FROM dossier_lately
    WHERE closed IN ('finished', 'withdrawn') AND toUnixTimestamp64Milli(finished_at) >= {since:Float64} AND finished_at <= now_at
    GROUP BY path
)
GROUP BY path
ORDER BY path
LIMIT 2000
