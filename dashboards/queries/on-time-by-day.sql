-- One row a day for the last 30 days, today last: the share of the dossiers ended that day that was on time, in percent; NULL for a
-- day on which none ended. The rule is that of on-time-month. `t` is the local midnight, epoch milliseconds. 10 ms.
WITH
    toDateTime({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}) AS now_at,
    toDate(now_at) - 29 AS first_day
SELECT
    CAST(toUnixTimestamp(toDateTime(day, 'Asia/Ho_Chi_Minh')), 'Int64') * 1000 AS t,
    toNullable(round(100 * sum(early + punctual + withdrawn) / sum(early + punctual + late + withdrawn), 2)) AS value
FROM dossier_tally
ARRAY JOIN groups.key AS key, groups.early_province AS early, groups.on_time_province AS punctual, groups.late_province AS late, groups.withdrawn AS withdrawn
WHERE dimension = 'finished_on' AND key >= toString(first_day) AND key <= toString(toDate(now_at)) AND early + punctual + late + withdrawn > 0
GROUP BY toDate(key) AS day
ORDER BY t WITH FILL
    FROM toInt64(toUnixTimestamp(toDateTime(first_day, 'Asia/Ho_Chi_Minh'))) * 1000
    TO (toInt64(toUnixTimestamp(toDateTime(first_day, 'Asia/Ho_Chi_Minh'))) + 30 * 86400) * 1000
    STEP 86400000
LIMIT 30
