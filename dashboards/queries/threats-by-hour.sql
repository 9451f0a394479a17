-- Five rows an hour for the last 24 hours, the running hour last: alerts of security sensors by severity, `unclassified` its own.
-- An hour in which no sensor sent anything, alert or other record, is NULL. `t` is the start of the hour, epoch milliseconds. About 15 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfHour(now_at) - INTERVAL 23 HOUR AS first_hour,
    seen AS
    (
        SELECT
            countResample(0, 24, 1)(hour) AS records,
            countResample(0, 120, 1)(if(type = 'security.alert', hour * 5 + least(severity, 4), -1)) AS alerts
        FROM (SELECT type, severity, intDiv(toUnixTimestamp(observed_at) - toUnixTimestamp(first_hour), 3600) AS hour FROM security_event WHERE observed_at >= first_hour AND observed_at <= now_at)
    )
SELECT
    toInt64(toUnixTimestamp(first_hour) + intDiv(cell, 5) * 3600) * 1000 AS t,
    ['unclassified', 'low', 'medium', 'high', 'critical'][cell % 5 + 1] AS series,
    if(records[intDiv(cell, 5) + 1] = 0, NULL, alerts[cell + 1]) AS value
FROM seen
ARRAY JOIN range(120) AS cell
ORDER BY t, cell
LIMIT 120
