-- One row a metric of some (with commas between) with a standing figure at the scope's own unit: the figure of its newest period; with `maxima` (numbers with commas between, one a metric), what share it is of its own, in percent; smallest first or
-- largest (`first`). `p` says which period. `as_of` epoch milliseconds. Reads the entries: 5 ms.
-- Periods are in the order of their ends: a half year ends after its second quarter, and that after its month of June.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    label,
    if({maxima:String} = '', figure, round(100 * figure / toFloat64OrNull(splitByChar(',', {maxima:String})[indexOf(splitByChar(',', {metrics:String}), label)]), 2)) AS value,
    figure AS stated,
    p,
    as_of
FROM
(
    SELECT metric AS label, argMax(figure_value, ends) AS figure, argMax(period, ends) AS p, argMax(toUnixTimestamp64Milli(entered_at), ends) AS as_of
    FROM
    (
        SELECT toString(metric) AS metric, e.value AS figure_value, entered_at, toString(period) AS period, concat(substring(period, 1, 4), transform(substring(period, 5), ['', '-H1', '-H2', '-Q1', '-Q2', '-Q3', '-Q4'],
            ['-12-34', '-06-33', '-12-33', '-03-32', '-06-32', '-09-32', '-12-32'], if(length(period) = 7, concat(substring(period, 5), '-31'), substring(period, 5)))) AS ends
        FROM entry AS e
        WHERE has(splitByChar(',', {metrics:String}), toString(metric)) AND unit_path = {scope:String} AND entered_at <= now_at
    )
    GROUP BY metric
)
ORDER BY if({first:String} = 'small', value, -value) ASC NULLS LAST, label
LIMIT 100
