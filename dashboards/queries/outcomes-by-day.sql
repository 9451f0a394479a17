-- Three rows a day of the last 30 on which dossiers were finished, today last: how many before their promised day, on it and after it, named as the states of the desk's lists. By the provincial rule: days are
-- compared, and one without a promise is on time. `t` is the local midnight, epoch milliseconds. 15 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toInt64(toUnixTimestamp(day)) * 1000 AS t,
    flow.1 AS series,
    flow.2 AS value
FROM
(
    SELECT
        toStartOfDay(assumeNotNull(finished_at), 'Asia/Ho_Chi_Minh') AS day,
        [
            ('finished_early', countIf(outcome_province = 'finished_early')),
            ('finished_on_time', countIf(outcome_province = 'finished_on_time')),
            ('finished_late', countIf(outcome_province = 'finished_late'))
        ] AS flows
    FROM dossier_lately
    WHERE closed = 'finished' AND finished_at >= toStartOfDay(now_at) - INTERVAL 29 DAY AND finished_at <= now_at
    GROUP BY day
)
ARRAY JOIN flows AS flow
ORDER BY t, series
LIMIT 90
