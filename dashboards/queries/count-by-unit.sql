-- One row a child unit of the scope that counted some metrics (with commas between) since the local midnight of `days` - 1 days before: the sum below it, largest first; with `of`, what share it is of those metrics, in percent, smallest first
-- (unless `first` says otherwise), and no row where they are zero. `as_of` epoch milliseconds. Reads the counts of those days: 10 ms a day.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    if(endsWith(branch, '/'), self, splitByChar('/', branch)[-1]) AS label,
    label AS unit,
    if({of:String} = '', parts, round(100 * parts / wholes, 2)) AS value,
    toUnixTimestamp64Milli(seen_at) AS as_of
FROM
(
    SELECT
        substringIndex(unit_path, '/', {depth:UInt8} + 2) AS branch,
        sumIf(assumeNotNull(r.value), has(splitByChar(',', {metrics:String}), toString(metric))) AS parts,
        sumIf(assumeNotNull(r.value), has(splitByChar(',', {of:String}), toString(metric))) AS wholes,
        max(observed_at) AS seen_at
    FROM reading_event AS r
    WHERE has(splitByChar(',', concat({metrics:String}, ',', {of:String})), toString(metric))
        AND r.value IS NOT NULL
        AND observed_at >= toStartOfDay(now_at) - toIntervalDay(toInt16({days:UInt8}) - 1)
        AND observed_at <= now_at
    GROUP BY branch
)
WHERE {of:String} = '' OR wholes > 0
ORDER BY if({first:String} = 'large' OR ({first:String} = '' AND {of:String} = ''), -value, value), label
LIMIT 500
