-- One row an hour for the last 24 hours, the running hour last: dossiers accepted in it. An hour after the newest word from any
-- dossier source is NULL: nothing is known of it. `t` is the start of the hour, epoch milliseconds. 10 ms.
WITH
    toDateTime({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}) AS now_at,
    toStartOfHour(now_at) - INTERVAL 23 HOUR AS first_hour,
    (SELECT max(last_received_at) FROM dossier_source) AS heard_at,
    accepted AS
    (
        SELECT countResample(0, 24, 1)(intDiv(toUnixTimestamp(assumeNotNull(accepted_at)) - toUnixTimestamp(first_hour), 3600)) AS counts
        FROM dossier
        WHERE accepted_at >= first_hour
            AND accepted_at <= now_at
            AND (opened_on >= toDate(now_at) - 100 OR opened_on = toDate(0))
    )
SELECT
    toInt64(toUnixTimestamp(first_hour) + hour * 3600) * 1000 AS t,
    if(first_hour + toIntervalHour(hour) > heard_at, NULL, counts[hour + 1]) AS value
FROM accepted
ARRAY JOIN range(24) AS hour
ORDER BY t
LIMIT 24
