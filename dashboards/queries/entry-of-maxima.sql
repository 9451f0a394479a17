-- One row a metric of some (with commas between) with a standing figure at the scope's own unit: the figure of its newest period; with `maxima` (numbers with commas between, one a metric), what share it is of its own, in percent; smallest first or
-- largest (`first`). `p` says which period. `as_of` epoch milliseconds. Reads the entries: 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    label,
    if({maxima:String} = '', figure, round(100 * figure / toFloat64OrNull(splitByChar(',', {maxima:String})[indexOf(splitByChar(',', {metrics:String}), label)]), 2)) AS value,
    figure AS stated,
    p,
    as_of
FROM
(
    SELECT
        toString(metric) AS label,
        argMax(e.value, e.period_rank) AS figure,
        toString(argMax(e.period, e.period_rank)) AS p,
        argMax(toUnixTimestamp64Milli(e.entered_at), e.period_rank) AS as_of
    FROM entry AS e
    WHERE has(splitByChar(',', {metrics:String}), toString(metric)) AND unit_path = {scope:String} AND entered_at <= now_at
    GROUP BY label
)
ORDER BY if({first:String} = 'small', value, -value) ASC NULLS LAST, label
LIMIT 100
