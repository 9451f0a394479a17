-- One row a metric and period for which a figure stands at the scope's own unit, oldest first. `t` is the first instant of the period by the local clock, `as_of` when it was stated (epoch milliseconds). Reads the entries: 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toInt64(toUnixTimestamp(parseDateTimeBestEffort(concat(
        substring(p, 1, 4), '-',
        multiIf(position(p, '-H2') > 0, '07', position(p, '-Q') > 0, leftPad(toString(toUInt8OrZero(substring(p, 7, 1)) * 3 - 2), 2, '0'), match(p, '^....-[0-9]{2}'), substring(p, 6, 2), '01'), '-',
        if(length(p) = 10, substring(p, 9, 2), '01'), ' 00:00:00'), 'Asia/Ho_Chi_Minh'))) * 1000 AS t,
    toString(metric) AS series,
    e.value AS value,
    toString(period) AS p,
    toUnixTimestamp64Milli(entered_at) AS as_of
FROM entry AS e
WHERE has(splitByChar(',', {metrics:String}), toString(metric)) AND unit_path = {scope:String} AND entered_at <= now_at
ORDER BY t, series
LIMIT 500
