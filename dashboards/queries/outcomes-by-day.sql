-- Three rows a day of the last `days` on which dossiers were finished, today last: how many before their promised day, on it and after it, named as the states of the desk's lists. By the provincial rule days are compared, and one without a
-- promise is on time; by rule 766 as it compares (`rules`). `t` is the local midnight, epoch milliseconds. Reads kept counts by local day: 20 ms at a hundred thousand.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toInt64(toUnixTimestamp(toDateTime(day, 'Asia/Ho_Chi_Minh'))) * 1000 AS t,
    flow.1 AS series,
    flow.2 AS value
FROM
(
    SELECT
        CAST(some_day, 'String') AS day,
        if({rules:String} = '766',
            [('finished_early', sum(early_766)), ('finished_on_time', sum(on_time_766)), ('finished_late', sum(late_766))],
            [('finished_early', sum(early_province)), ('finished_on_time', sum(on_time_province)), ('finished_late', sum(late_province))]) AS flows
    FROM dossier_tally
    ARRAY JOIN
        groups.key AS some_day,
        groups.early_province AS early_province,
        groups.on_time_province AS on_time_province,
        groups.late_province AS late_province,
        groups.early_766 AS early_766,
        groups.on_time_766 AS on_time_766,
        groups.late_766 AS late_766
    WHERE dimension = 'finished_on'
        AND some_day > toString(toDate32(now_at - toIntervalDay({days:UInt8})))
        AND some_day <= toString(toDate32(now_at))
    GROUP BY day
    HAVING arraySum(flow -> flow.2, flows) > 0
)
ARRAY JOIN flows AS flow
ORDER BY t, series
LIMIT 800
