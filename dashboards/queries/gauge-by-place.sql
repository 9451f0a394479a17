-- One row a place (`by` place) or a metric (`by` metric) of some metrics (with commas between): the sum, mean, largest or smallest of the newest values below the scope (`pick`), largest first, smallest first, or metrics in the order in which they are named (`first`); with `of`, what share their sum is
-- of those metrics at the same place, in percent, and no row where those are zero. A series older than `fresh_s` seconds is left out. `as_of` epoch milliseconds. One row a series is read: 5 ms.
SELECT
    label,
    round(multiIf({of:String} != '', 100 * parts / wholes, {pick:String} = 'max', most, {pick:String} = 'min', least, {pick:String} = 'avg', parts / series, parts), 3) AS value,
    toUnixTimestamp64Milli(seen_at) AS as_of
FROM
(
    SELECT
        if({by:String} = 'metric', toString(metric), if(r.place = '', subject, toString(r.place))) AS label,
        sumIf(assumeNotNull(r.value), has(splitByChar(',', {metrics:String}), toString(metric))) AS parts,
        maxIf(assumeNotNull(r.value), has(splitByChar(',', {metrics:String}), toString(metric))) AS most,
        minIf(assumeNotNull(r.value), has(splitByChar(',', {metrics:String}), toString(metric))) AS least,
        countIf(has(splitByChar(',', {metrics:String}), toString(metric))) AS series,
        sumIf(assumeNotNull(r.value), has(splitByChar(',', {of:String}), toString(metric))) AS wholes,
        max(observed_at) AS seen_at
    FROM reading AS r
    WHERE has(splitByChar(',', concat({metrics:String}, ',', {of:String})), toString(metric))
        AND r.value IS NOT NULL
        AND observed_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32})
    GROUP BY label
)
WHERE series > 0 AND ({of:String} = '' OR wholes > 0)
ORDER BY multiIf({first:String} = 'named', toFloat64(indexOf(splitByChar(',', {metrics:String}), label)), {first:String} = 'small', value, -value), label
LIMIT 200
