-- One row: the figure that stands of a metric for its newest period at the scope's own unit (or, with `below`, the sum over the units below of that period), as `previous` the one of the period before it, or of the same period a year earlier (`compare`; a week is no period of reports, and is the one before), which period that is, and when it was stated (epoch
-- milliseconds). With `of`, what share it is of that metric in the same period, in percent. NULL when nobody stated it. Reads the entries: 5 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    arrayFirst(f -> f.4 = if({compare:String} = 'year', toString(toUInt16OrZero(substring(figures[1].4, 1, 4)) - 1) || substring(figures[1].4, 5), figures[2].4), figures) AS compared
SELECT
    if(length(figures) > 0, figures[1].2, NULL) AS value,
    if(compared.4 = '', NULL, compared.2) AS previous,
    if(length(figures) > 0, figures[1].4, '') AS note,
    if(length(figures) > 0, figures[1].3, NULL) AS as_of
FROM
(
    SELECT arrayReverseSort(groupArray((ends, figure, stated_at, period))) AS figures
    FROM
    (
        SELECT
            toString(period) AS period,
            any(period_rank) AS ends,
            sumIf(e.value, metric = {metric:String}) AS stated,
            sumIf(e.value, metric = {of:String}) AS whole,
            if({of:String} = '', stated, round(100 * stated / whole, 2)) AS figure,
            toUnixTimestamp64Milli(max(entered_at)) AS stated_at
        FROM entry AS e
        WHERE metric IN ({metric:String}, {of:String}) AND if({below:UInt8} = 1, unit_path != {scope:String}, unit_path = {scope:String}) AND entered_at <= now_at
        GROUP BY period
        HAVING countIf(metric = {metric:String}) > 0 AND ({of:String} = '' OR whole > 0)
    )
)
LIMIT 1
