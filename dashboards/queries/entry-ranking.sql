-- One row a child unit of the scope with a standing figure of a metric, by its newest period, largest first or smallest (`first`): the figure, that of the period before, its rank, and why it is not higher: of the metrics `parts` (with commas between), by their newest figures,
-- the one that lies farthest below the mean of all units (`why`; empty when none does) and by how much (`gap`). `as_of` epoch milliseconds. Reads the entries: 10 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    ranked.label AS id,
    id AS label,
    id AS unit,
    ranked.figures[1].2 AS value,
    if(length(ranked.figures) > 1, ranked.figures[2].2, NULL) AS previous,
    rank() OVER (ORDER BY value DESC) AS rank,
    if(lags.gap < 0, lags.part, '') AS why,
    if(lags.gap < 0, round(lags.gap, 2), NULL) AS gap,
    ranked.figures[1].3 AS as_of
FROM
(
    SELECT label, arrayReverseSort(groupArray((ends, figure, stated_at))) AS figures
    FROM
    (
        SELECT splitByChar('/', unit_path)[{depth:UInt8} + 2] AS label, toString(period) AS period, sum(e.value) AS figure, toUnixTimestamp64Milli(max(entered_at)) AS stated_at,
            any(period_rank) AS ends
        FROM entry AS e
        WHERE metric = {metric:String} AND unit_path != {scope:String} AND entered_at <= now_at
        GROUP BY label, period
    )
    GROUP BY label
) AS ranked
LEFT JOIN
(
    SELECT label, argMin(part, (deviation, part)) AS part, min(deviation) AS gap
    FROM
    (
        SELECT label, part, points - avg(points) OVER (PARTITION BY part) AS deviation
        FROM
        (
            SELECT splitByChar('/', unit_path)[{depth:UInt8} + 2] AS label, toString(metric) AS part, argMax(e.value, period_rank) AS points
            FROM entry AS e
            WHERE has(splitByChar(',', {parts:String}), toString(metric)) AND unit_path != {scope:String} AND entered_at <= now_at
            GROUP BY label, part
        )
    )
    GROUP BY label
) AS lags ON ranked.label = lags.label
ORDER BY if({first:String} = 'small', value, -value), id
LIMIT 500
