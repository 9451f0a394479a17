-- Two rows an hour for the last 24 hours, the running hour last: dossiers accepted (`in`) and finished (`out`) in it. An hour after
-- the newest word from any dossier source is NULL. Counts dossiers opened within 400 days. `t` is the start of the hour. 20 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfHour(now_at) - INTERVAL 23 HOUR AS first_hour,
    toInt64(toUnixTimestamp(first_hour)) * 1000 AS first_ms,
    (SELECT max(last_received_at) FROM source WHERE family = 'dossier') AS heard_at,
    moved AS
    (
        SELECT
            countResample(0, 24, 1)(if(accepted_at >= first_hour AND accepted_at <= now_at, intDiv(toUnixTimestamp64Milli(assumeNotNull(accepted_at)) - first_ms, 3600000), -1)) AS came,
            countResample(0, 24, 1)(if(finished_at >= first_hour AND finished_at <= now_at, intDiv(toUnixTimestamp64Milli(assumeNotNull(finished_at)) - first_ms, 3600000), -1)) AS went
        FROM dossier
        WHERE (accepted_at >= first_hour OR finished_at >= first_hour) AND (opened_on >= toDate(now_at) - 400 OR opened_on = toDate(0))
    )
SELECT
    first_ms + intDiv(cell, 2) * 3600000 AS t,
    ['in', 'out'][cell % 2 + 1] AS series,
    if(first_hour + toIntervalHour(intDiv(cell, 2)) > heard_at, NULL, if(cell % 2 = 0, came, went)[intDiv(cell, 2) + 1]) AS value
FROM moved
ARRAY JOIN range(48) AS cell
ORDER BY t, cell
LIMIT 48
