-- One row a child unit of the scope with a standing figure of a metric, by its newest period, largest first or smallest (`first`); with `of`, what share it is of that metric in the same period, in percent. `previous` is the figure of the period before. `p`
-- says which period. `as_of` epoch milliseconds. Reads the entries: 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    label,
    label AS unit,
    figures[1].2 AS value,
    if(length(figures) > 1, figures[2].2, NULL) AS previous,
    figures[1].4 AS p,
    figures[1].3 AS as_of
FROM
(
    SELECT label, arrayReverseSort(groupArray((ends, figure, stated_at, period))) AS figures
    FROM
    (
        SELECT
            splitByChar('/', unit_path)[{depth:UInt8} + 2] AS label,
            toString(period) AS period,
            any(period_rank) AS ends,
            sumIf(e.value, metric = {metric:String}) AS stated,
            sumIf(e.value, metric = {of:String}) AS whole,
            if({of:String} = '', stated, round(100 * stated / whole, 2)) AS figure,
            toUnixTimestamp64Milli(max(entered_at)) AS stated_at
        FROM entry AS e
        WHERE metric IN ({metric:String}, {of:String}) AND unit_path != {scope:String} AND entered_at <= now_at
        GROUP BY label, period
        HAVING countIf(metric = {metric:String}) > 0 AND ({of:String} = '' OR whole > 0)
    )
    GROUP BY label
)
ORDER BY if({first:String} = 'small', value, -value), label
LIMIT 500
