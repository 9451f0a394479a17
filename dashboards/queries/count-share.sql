-- One row: of what was counted below the scope since the local midnight of `days` - 1 days before, what share the metrics `part` are of the metrics `whole`, in percent; `previous` that of the same stretch a week earlier, before it (`period`) or a year
-- earlier, NULL where the log does not reach its first day; `note` is what is missing of the whole. NULL when the whole is zero. `as_of` epoch milliseconds. Reads the counts of both stretches, and of a week before: 10 ms a day.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    multiIf({compare:String} = 'year', now_at - INTERVAL 1 YEAR, {compare:String} = 'period', now_at - toIntervalDay({days:UInt8}), now_at - INTERVAL 7 DAY) AS then_at,
    toStartOfDay(now_at) - toIntervalDay(toInt16({days:UInt8}) - 1) AS since,
    toStartOfDay(then_at) - toIntervalDay(toInt16({days:UInt8}) - 1) AS then_since
SELECT
    if(wholes > 0, round(100 * parts / wholes, 2), NULL) AS value,
    if(reaches AND then_wholes > 0, round(100 * then_parts / then_wholes, 2), NULL) AS previous,
    if(wholes > 0, wholes - parts, NULL) AS note,
    if(wholes > 0, toUnixTimestamp64Milli(seen_at), NULL) AS as_of
FROM
(
    SELECT
        sumIf(v, is_part AND counted_at >= since) AS parts,
        sumIf(v, is_whole AND counted_at >= since) AS wholes,
        sumIf(v, is_part AND counted_at >= then_since AND counted_at <= then_at) AS then_parts,
        sumIf(v, is_whole AND counted_at >= then_since AND counted_at <= then_at) AS then_wholes,
        countIf(counted_at < then_since + INTERVAL 1 DAY) > 0 AS reaches,
        max(counted_at) AS seen_at
    FROM
    (
        SELECT
            assumeNotNull(r.value) AS v,
            observed_at AS counted_at,
            has(splitByChar(',', {part:String}), toString(metric)) AS is_part,
            has(splitByChar(',', {whole:String}), toString(metric)) AS is_whole
        FROM reading_event AS r
        WHERE (is_part OR is_whole)
            AND r.value IS NOT NULL
            AND ((observed_at >= since AND observed_at <= now_at) OR (observed_at >= then_since - INTERVAL 7 DAY AND observed_at <= then_at))
    )
)
LIMIT 1
