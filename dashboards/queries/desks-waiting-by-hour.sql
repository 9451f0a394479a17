-- One row an hour for the last 24 hours, the running hour last: people waiting at the service desks, the mean of each desk over the
-- hour, summed. NULL for an hour without readings. `t` is the start of the hour, epoch milliseconds. About 10 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfHour(now_at) - INTERVAL 23 HOUR AS first_hour
SELECT
    toInt64(toUnixTimestamp(hour)) * 1000 AS t,
    toNullable(round(sum(mean), 1)) AS value
FROM
(
    SELECT toStartOfHour(observed_at, 'Asia/Ho_Chi_Minh') AS hour, unit_path, subject, avg(assumeNotNull(value)) AS mean
    FROM reading_event
    WHERE metric = 'queue.waiting' AND value IS NOT NULL AND observed_at >= first_hour AND observed_at <= now_at
    GROUP BY hour, unit_path, subject
)
GROUP BY hour
ORDER BY t WITH FILL
    FROM toInt64(toUnixTimestamp(first_hour)) * 1000
    TO (toInt64(toUnixTimestamp(first_hour)) + 24 * 3600) * 1000
    STEP 3600000
LIMIT 24
