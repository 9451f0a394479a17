-- One row: for how many days the newest period with a figure above zero of a metric at the scope's own unit has been over (0 while it runs), and which period that is. NULL when nobody stated one. `as_of` is when it was stated (epoch milliseconds).
-- Reads the entries: 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    if(p = '', NULL, greatest(0, dateDiff('day', if(length(p) = 10, toDate(p), toDate(addMonths(toDate(concat(substring(p, 1, 4), '-',
        multiIf(endsWith(p, '-H1'), '06', endsWith(p, '-H2') OR length(p) = 4, '12', position(p, '-Q') > 0, leftPad(toString(toUInt8OrZero(substring(p, 7, 1)) * 3), 2, '0'), substring(p, 6, 2)),
        '-01')), 1)) - 1), toDate(now_at)))) AS value,
    p AS note,
    if(p = '', NULL, stated_at) AS as_of
FROM
(
    SELECT max(toString(period)) AS p, argMax(toUnixTimestamp64Milli(entered_at), toString(period)) AS stated_at
    FROM entry AS e
    WHERE metric = {metric:String} AND e.value > 0 AND unit_path = {scope:String} AND entered_at <= now_at
)
LIMIT 1
