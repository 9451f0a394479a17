-- One row an hour for the last 24 hours, the running hour last: people waiting at the service desks, the mean of each desk over the
-- hour, summed. NULL for an hour without readings. `t` is the start of the hour, epoch milliseconds. About 10 ms.
WITH
    toDateTime({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}) AS now_at,
    toStartOfHour(now_at) - INTERVAL 23 HOUR AS first_hour,
    waiting AS
    (
        SELECT groupArray((hour, total)) AS totals
        FROM
        (
            SELECT hour, sum(mean) AS total
            FROM
            (
                SELECT intDiv(toUnixTimestamp(observed_at) - toUnixTimestamp(first_hour), 3600) AS hour, unit_path, subject, avg(value) AS mean
                FROM reading_event
                WHERE metric = 'queue.waiting' AND value IS NOT NULL AND observed_at >= first_hour AND observed_at <= now_at
                GROUP BY hour, unit_path, subject
            )
            GROUP BY hour
        )
    )
SELECT
    toInt64(toUnixTimestamp(first_hour) + hour * 3600) * 1000 AS t,
    if(has(totals.1, hour), round(assumeNotNull(totals.2[indexOf(totals.1, hour)]), 1), NULL) AS value
FROM waiting
ARRAY JOIN range(24) AS hour
ORDER BY t
LIMIT 24
