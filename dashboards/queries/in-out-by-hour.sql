-- Two rows an hour for the last 24 hours, the running hour last: dossiers accepted (`in`) and ended (`out`: finished, handed over or
-- withdrawn) in it. An hour after the newest word from any dossier source is NULL. `t` is the start of the hour, epoch milliseconds.
-- Acceptances of dossiers whose number is more than a hundred days old are not looked for. 30 ms.
WITH
    toDateTime({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}) AS now_at,
    toStartOfHour(now_at) - INTERVAL 23 HOUR AS first_hour,
    (SELECT max(last_received_at) FROM dossier_source) AS heard_at,
    came AS
    (
        SELECT countResample(0, 24, 1)(intDiv(toUnixTimestamp(assumeNotNull(accepted_at)) - toUnixTimestamp(first_hour), 3600)) AS counts
        FROM dossier
        WHERE accepted_at >= first_hour
            AND accepted_at <= now_at
            AND (opened_on >= toDate(now_at) - 100 OR opened_on = toDate(0))
    ),
    went AS
    (
        SELECT countResample(0, 24, 1)(intDiv(toUnixTimestamp(assumeNotNull(finished_at)) - toUnixTimestamp(first_hour), 3600)) AS counts
        FROM dossier
        WHERE closed IN ('finished', 'withdrawn') AND finished_at >= first_hour AND finished_at <= now_at
    )
SELECT
    toInt64(toUnixTimestamp(first_hour) + hour * 3600) * 1000 AS t,
    series,
    if(first_hour + toIntervalHour(hour) > heard_at, NULL, counts[hour + 1]) AS value
FROM
(
    SELECT 'in' AS series, counts FROM came
    UNION ALL
    SELECT 'out' AS series, counts FROM went
)
ARRAY JOIN range(24) AS hour
ORDER BY t, series
LIMIT 48
