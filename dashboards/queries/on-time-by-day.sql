-- One row a day for the last 30 days, today last: the share of the dossiers finished that day that was on time, in percent; NULL
-- for a day on which none was finished. The rule is that of on-time-month. `t` is the local midnight. About 25 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfDay(now_at) - INTERVAL 29 DAY AS first_day,
    toInt64(toUnixTimestamp(first_day)) * 1000 AS first_ms,
    ended AS
    (
        SELECT
            countResample(0, 30, 1)(day) AS finished,
            countIfResample(0, 30, 1)(is_on_time, day) AS on_time
        FROM
        (
            SELECT
                if(status = 7, status_at, assumeNotNull(finished_at)) AS ended_at,
                intDiv(toUnixTimestamp64Milli(ended_at) - first_ms, 86400000) AS day,
                status = 7 OR ifNull(toDate(ended_at, 'Asia/Ho_Chi_Minh') <= toDate(due_at, 'Asia/Ho_Chi_Minh'), 1) AS is_on_time
            FROM dossier
            WHERE status IN (7, 9, 10)
                AND if(status = 7, status_at, finished_at) >= first_day
                AND if(status = 7, status_at, finished_at) <= now_at
                AND (opened_on >= toDate(now_at) - 400 OR opened_on = toDate(0))
        )
    )
SELECT
    first_ms + day * 86400000 AS t,
    if(finished[day + 1] = 0, NULL, round(100 * on_time[day + 1] / finished[day + 1], 2)) AS value
FROM ended
ARRAY JOIN range(30) AS day
ORDER BY t
LIMIT 30
