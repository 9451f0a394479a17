-- One row an hour for the last 24 hours, the running hour last: alerts of security sensors. NULL for an hour in which no sensor
-- sent anything. `t` is the start of the hour, epoch milliseconds. About 10 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfHour(now_at) - INTERVAL 23 HOUR AS first_hour,
    seen AS
    (
        SELECT
            countResample(0, 24, 1)(hour) AS records,
            countIfResample(0, 24, 1)(type = 'security.alert', hour) AS alerts
        FROM (SELECT type, intDiv(toUnixTimestamp(observed_at) - toUnixTimestamp(first_hour), 3600) AS hour FROM security_event WHERE observed_at >= first_hour AND observed_at <= now_at)
    )
SELECT
    toInt64(toUnixTimestamp(first_hour) + hour * 3600) * 1000 AS t,
    if(records[hour + 1] = 0, NULL, alerts[hour + 1]) AS value
FROM seen
ARRAY JOIN range(24) AS hour
ORDER BY t
LIMIT 24
