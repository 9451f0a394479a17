-- One row: for how many days the newest period with a figure above zero of a metric at the scope's own unit has been over (0 while it runs), and which period that is (a month as `07/2026`). NULL when nobody stated one. `as_of` is when it was stated (epoch milliseconds).
-- Reads the entries: 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    if(p = '', NULL, greatest(0, dateDiff('day', ended_on, toDate(now_at)))) AS value,
    replaceRegexpOne(p, '^(\\d{4})-(\\d{2})$', '\\2/\\1') AS note,
    if(p = '', NULL, stated_at) AS as_of
FROM
(
    SELECT
        toString(argMax(e.period, e.period_rank)) AS p,
        argMax(e.last_day, e.period_rank) AS ended_on,
        argMax(toUnixTimestamp64Milli(e.entered_at), e.period_rank) AS stated_at
    FROM entry AS e
    WHERE metric = {metric:String} AND e.value > 0 AND unit_path = {scope:String} AND entered_at <= now_at
)
LIMIT 1
