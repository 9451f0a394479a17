-- A row is a figure that stands, newest period first; with `newest` only those of the newest period of each metric. `total` and `sum` are of all that are asked for, whatever the page. Instants are epoch ms (UTC). Reads the entries: 5 ms.
SELECT
    toString(unit_path) AS unit_path,
    toString(metric) AS metric,
    toString(period) AS period,
    value,
    toString(entered_by) AS actor,
    note,
    source,
    toUnixTimestamp64Milli(entered_at) AS seen_at,
    simulated,
    count() OVER () AS total,
    sum(value) OVER () AS sum
FROM
(
    SELECT *, max(period_rank) OVER (PARTITION BY metric) AS newest_rank
    FROM entry
    WHERE ({metric:String} = '' OR has(splitByChar(',', {metric:String}), toString(metric)))
        AND ({period:String} = '' OR period = {period:String})
        AND ({own:UInt8} = 0 OR unit_path = {scope:String})
        AND entered_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}
)
WHERE {newest:UInt8} = 0 OR period_rank = newest_rank
ORDER BY period_rank DESC, metric, unit_path
LIMIT {page:UInt32}
