-- One row: for how many days the newest period with a figure above zero of a metric at the scope's own unit has been over (0 while it runs), and which period that is. NULL when nobody stated one. `as_of` is when it was stated (epoch milliseconds).
-- Reads the entries: 5 ms.
-- Periods are in the order of their ends: a half year ends after its second quarter, and that after its month of June.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    if(p = '', NULL, greatest(0, dateDiff('day', if(length(p) = 10, toDate(p), toDate(addMonths(toDate(concat(substring(p, 1, 4), '-',
        multiIf(endsWith(p, '-H1'), '06', endsWith(p, '-H2') OR length(p) = 4, '12', position(p, '-Q') > 0, leftPad(toString(toUInt8OrZero(substring(p, 7, 1)) * 3), 2, '0'), substring(p, 6, 2)),
        '-01')), 1)) - 1), toDate(now_at)))) AS value,
    p AS note,
    if(p = '', NULL, stated_at) AS as_of
FROM
(
    SELECT argMax(period, ends) AS p, argMax(toUnixTimestamp64Milli(entered_at), ends) AS stated_at
    FROM
    (
        SELECT entered_at, toString(period) AS period, concat(substring(period, 1, 4), transform(substring(period, 5), ['', '-H1', '-H2', '-Q1', '-Q2', '-Q3', '-Q4'],
            ['-12-34', '-06-33', '-12-33', '-03-32', '-06-32', '-09-32', '-12-32'], if(length(period) = 7, concat(substring(period, 5), '-31'), substring(period, 5)))) AS ends
        FROM entry AS e
        WHERE metric = {metric:String} AND e.value > 0 AND unit_path = {scope:String} AND entered_at <= now_at
    )
)
LIMIT 1
