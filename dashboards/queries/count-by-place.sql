-- One row a metric (`by` metric) or a place (`by` place) of some metrics (with commas between): what was counted below the scope since the local midnight of `days` - 1 days before, largest first; with `of`, what share it is of those metrics at the
-- same place, in percent, largest first. `as_of` epoch milliseconds. Reads the counts of those days: 10 ms a day.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    label,
    if({of:String} = '', parts, round(100 * parts / wholes, 2)) AS value,
    toUnixTimestamp64Milli(seen_at) AS as_of
FROM
(
    SELECT
        if({by:String} = 'metric', toString(metric), if(r.place = '', subject, toString(r.place))) AS label,
        sumIf(assumeNotNull(r.value), has(splitByChar(',', {metrics:String}), toString(metric))) AS parts,
        sumIf(assumeNotNull(r.value), has(splitByChar(',', {of:String}), toString(metric))) AS wholes,
        max(observed_at) AS seen_at
    FROM reading_event AS r
    WHERE has(splitByChar(',', concat({metrics:String}, ',', {of:String})), toString(metric))
        AND r.value IS NOT NULL
        AND observed_at >= toStartOfDay(now_at) - toIntervalDay(toInt16({days:UInt8}) - 1)
        AND observed_at <= now_at
    GROUP BY label
)
WHERE {of:String} = '' OR wholes > 0
ORDER BY value DESC, label
LIMIT 100
