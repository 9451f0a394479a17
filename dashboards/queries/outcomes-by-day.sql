-- Three rows a day of the last 30 on which dossiers ended, today last: how many were ready before their promised day (`early`), on it (`on_time`) and after it (`late`). The rule is that of on-time-month:
-- days are compared, and one without a promise, or withdrawn, is on time. `t` is the local midnight, epoch milliseconds. 15 ms.
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
            ('early', countIf(outcome_province = 'finished_early')),
            ('on_time', countIf(on_time_province AND outcome_province != 'finished_early')),
            ('late', countIf(NOT on_time_province))
        ] AS flows
    FROM dossier_lately
    WHERE closed IN ('finished', 'withdrawn') AND finished_at >= toStartOfDay(now_at) - INTERVAL 29 DAY AND finished_at <= now_at
    GROUP BY day
)
ARRAY JOIN flows AS flow
ORDER BY t, series
LIMIT 90
