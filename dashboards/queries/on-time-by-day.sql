-- One row a day for the last 30 days, today last: the share of the dossiers ended that day that was on time, in percent; NULL for a
-- day on which none ended. The rule is that of on-time-month. `t` is the local midnight, epoch milliseconds. 15 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfDay(now_at) - INTERVAL 29 DAY AS first_day
SELECT
    toInt64(toUnixTimestamp(day)) * 1000 AS t,
    toNullable(round(100 * countIf(on_time_province) / count(), 2)) AS value
FROM dossier_lately
WHERE closed IN ('finished', 'withdrawn') AND finished_at >= first_day AND finished_at <= now_at
GROUP BY toStartOfDay(assumeNotNull(finished_at), 'Asia/Ho_Chi_Minh') AS day
ORDER BY t WITH FILL
    FROM toInt64(toUnixTimestamp(first_day)) * 1000
    TO (toInt64(toUnixTimestamp(first_day)) + 30 * 86400) * 1000
    STEP 86400000
LIMIT 30
