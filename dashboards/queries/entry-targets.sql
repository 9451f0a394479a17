-- One row a target (`target.NAME_goal`, or of another `domain`) at the scope's own unit: what is to be reached, by when (the last instant of its period), what stands now (`target.NAME_actual`, its newest period, or with `same_period` that of the goal), and what is missing (NULL until somebody states it). Those of
-- which nobody has said what stands first, then the ones that miss most of their goal. Instants are epoch milliseconds. Reads the entries: 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    name AS id,
    name AS label,
    name,
    goals[1].2 AS goal,
    if(length(actuals) = 0, NULL, actuals[1].2) AS actual,
    actual AS value,
    if(length(actuals) = 0 OR goal = 0, NULL, round(100 * actuals[1].2 / goal, 1)) AS reached,
    toInt64(toUnixTimestamp(toDateTime(deadline + 1, 'Asia/Ho_Chi_Minh'))) * 1000 - 1000 AS due_at,
    if(length(actuals) = 0, NULL, actuals[1].3) AS stated_at,
    greatest(goals[1].3, ifNull(stated_at, 0)) AS as_of
FROM
(
    SELECT
        replaceRegexpOne(toString(metric), '^[^.]*[.](.*)_(goal|actual)$', '\\1') AS name,
        arrayReverseSort(groupArrayIf((ends, value, toUnixTimestamp64Milli(entered_at), period, last_day), endsWith(toString(metric), '_goal'))) AS goals,
        arrayReverseSort(arrayFilter(stated -> {same_period:UInt8} = 0 OR stated.4 = goals[1].4,
            groupArrayIf((ends, value, toUnixTimestamp64Milli(entered_at), period), endsWith(toString(metric), '_actual')))) AS actuals,
        goals[1].5 AS deadline
    FROM
    (
        SELECT metric, e.value AS value, entered_at, toString(period) AS period, last_day, period_rank AS ends
        FROM entry AS e
        WHERE startsWith(toString(metric), concat({domain:String}, '.')) AND unit_path = {scope:String} AND entered_at <= now_at
    )
    GROUP BY name
    HAVING length(goals) > 0
)
ORDER BY reached ASC NULLS FIRST, id
LIMIT 100
