-- One row an hour for the last 24 hours, the running hour last: of some metrics at the scope's own place (its data centre) the largest or smallest value of the hour, or the sum of the means of their series
-- (`pick`). NULL for an hour without readings. `t` is the start of the hour, epoch milliseconds. About 20 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfHour(now_at) - INTERVAL 23 HOUR AS first_hour
SELECT
    toInt64(toUnixTimestamp(hour)) * 1000 AS t,
    toNullable(round(multiIf({pick:String} = 'max', max(largest), {pick:String} = 'min', min(smallest), sum(mean)), 2)) AS value
FROM
(
    SELECT
        toStartOfHour(observed_at, 'Asia/Ho_Chi_Minh') AS hour,
        subject,
        max(assumeNotNull(value)) AS largest,
        min(assumeNotNull(value)) AS smallest,
        avg(assumeNotNull(value)) AS mean
    FROM reading_event
    WHERE unit_path = {scope:String}
        AND has(splitByChar(',', {metrics:String}), toString(metric))
        AND value IS NOT NULL
        AND observed_at >= first_hour
        AND observed_at <= now_at
    GROUP BY hour, metric, subject
)
GROUP BY hour
ORDER BY t WITH FILL
    FROM toInt64(toUnixTimestamp(first_hour)) * 1000
    TO (toInt64(toUnixTimestamp(first_hour)) + 24 * 3600) * 1000
    STEP 3600000
LIMIT 24
