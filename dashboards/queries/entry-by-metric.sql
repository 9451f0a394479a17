-- One row a metric of a list (with commas between), in its order: the figure that stands at the scope's own unit for its newest period, the one of the period before, which period that is, and when it was stated (epoch
-- milliseconds). A metric that nobody stated has no row. Reads the entries: 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toString(metric) AS id,
    id AS label,
    figures[1].2 AS value,
    if(length(figures) > 1, figures[2].2, NULL) AS previous,
    figures[1].5 AS p,
    figures[1].3 AS stated_at,
    figures[1].4 AS note,
    figures[1].3 AS as_of
FROM
(
    SELECT metric, arrayReverseSort(groupArray((period_rank, e.value, toUnixTimestamp64Milli(entered_at), toString(e.note), toString(period)))) AS figures
    FROM entry AS e
    WHERE has(splitByChar(',', {metrics:String}), toString(metric)) AND unit_path = {scope:String} AND entered_at <= now_at
    GROUP BY metric
)
ORDER BY indexOf(splitByChar(',', {metrics:String}), id)
LIMIT 50
