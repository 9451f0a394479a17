-- One row a local day of the last `days` (today is the last) on which a dossier ended that is judged: the share in time, in percent, as in ended-in-time. `t` is the local midnight, epoch milliseconds. Reads kept counts by local day: 20 ms at a hundred
-- thousand.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toInt64(toUnixTimestamp(toDateTime(day, 'Asia/Ho_Chi_Minh'))) * 1000 AS t,
    round(100 * sum(kept) / sum(judged), 2) AS value
FROM
(
    SELECT
        CAST(some_day, 'String') AS day,
        if({rules:String} = '766', kept_766, early_province + on_time_province + withdrawn) AS kept,
        if({rules:String} = '766', judged_766, kept + late_province) AS judged
    FROM dossier_tally
    ARRAY JOIN
        groups.key AS some_day,
        groups.early_province AS early_province,
        groups.on_time_province AS on_time_province,
        groups.late_province AS late_province,
        groups.withdrawn AS withdrawn,
        groups.judged_766 AS judged_766,
        groups.kept_766 AS kept_766
    WHERE dimension = 'finished_on'
        AND some_day > toString(toDate32(now_at - toIntervalDay({days:UInt8})))
        AND some_day <= toString(toDate32(now_at))
)
GROUP BY day
HAVING sum(judged) > 0
ORDER BY t
LIMIT 255
