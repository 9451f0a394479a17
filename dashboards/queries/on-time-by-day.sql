-- One row a day for the last 30 days, today last: the share of the dossiers ended that day that was on time, in percent; NULL for a
-- day on which none ended. The rule is that of on-time-month. `t` is the local midnight, epoch milliseconds. 10 ms.
WITH
    toDateTime({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}) AS now_at,
    toStartOfDay(now_at) - INTERVAL 29 DAY AS first_day,
    ended AS
    (
        SELECT
            sumResample(0, 30, 1)(early + punctual + late + withdrawn, day) AS finished,
            sumResample(0, 30, 1)(early + punctual + withdrawn, day) AS on_time
        FROM
        (
            SELECT early, punctual, late, withdrawn, toInt32(toDate(key) - toDate(first_day)) AS day
            FROM dossier_tally
            ARRAY JOIN groups.key AS key, groups.early_province AS early, groups.on_time_province AS punctual, groups.late_province AS late, groups.withdrawn AS withdrawn
            WHERE dimension = 'finished_on' AND key >= toString(toDate(first_day)) AND key <= toString(toDate(now_at))
        )
    )
SELECT
    toInt64(toUnixTimestamp(first_day) + day * 86400) * 1000 AS t,
    if(finished[day + 1] = 0, NULL, round(100 * on_time[day + 1] / finished[day + 1], 2)) AS value
FROM ended
ARRAY JOIN range(30) AS day
ORDER BY t
LIMIT 30
