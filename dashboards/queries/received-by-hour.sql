-- One row an hour for the last 24 hours, the running hour last: dossiers accepted in it. An hour after the newest word from any
-- dossier source is NULL: nothing is known of it. `t` is the start of the hour, epoch milliseconds. 15 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfHour(now_at) - INTERVAL 23 HOUR AS first_hour
SELECT
    toInt64(toUnixTimestamp(first_hour) + hour * 3600) * 1000 AS t,
    if(first_hour + toIntervalHour(hour) > heard_at, NULL, counts[hour + 1]) AS value
FROM
(
    SELECT
        countResampleIf(0, 24, 1)(intDiv(toUnixTimestamp(assumeNotNull(accepted_at)) - toUnixTimestamp(first_hour), 3600), accepted_at >= first_hour AND accepted_at <= now_at) AS counts,
        max(last_received_at) AS heard_at
    FROM dossier_lately
)
ARRAY JOIN range(24) AS hour
ORDER BY t
LIMIT 24
