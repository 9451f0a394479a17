-- One row: of what was counted below the scope since the local midnight of `days` - 1 days before, what share the metrics `part` are of the metrics `whole`, in percent; `note` is what is missing of the whole. NULL when the whole is
-- zero. `as_of` epoch milliseconds. Reads the counts of those days: 10 ms a day.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfDay(now_at) - toIntervalDay(toInt16({days:UInt8}) - 1) AS since
SELECT
    if(wholes > 0, round(100 * parts / wholes, 2), NULL) AS value,
    if(wholes > 0, wholes - parts, NULL) AS note,
    if(wholes > 0, toUnixTimestamp64Milli(seen_at), NULL) AS as_of
FROM
(
    SELECT
        sumIf(assumeNotNull(r.value), has(splitByChar(',', {part:String}), toString(metric))) AS parts,
        sumIf(assumeNotNull(r.value), has(splitByChar(',', {whole:String}), toString(metric))) AS wholes,
        max(observed_at) AS seen_at
    FROM reading_event AS r
    WHERE has(splitByChar(',', concat({part:String}, ',', {whole:String})), toString(metric))
        AND r.value IS NOT NULL
        AND observed_at >= since
        AND observed_at <= now_at
)
LIMIT 1
