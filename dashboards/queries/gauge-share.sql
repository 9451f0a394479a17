-- One row: of the newest values below the scope, what share the metrics `part` are of the metrics `whole`, in percent; `note` is what is missing of the whole. Only units and places that say both count. NULL when the
-- whole is zero or nobody said it within `fresh_s` seconds. `as_of` epoch milliseconds. One row a series is read: 5 ms.
SELECT
    if(wholes > 0, round(100 * parts / wholes, 2), NULL) AS value,
    if(wholes > 0, wholes - parts, NULL) AS note,
    if(wholes > 0, toUnixTimestamp64Milli(seen_at), NULL) AS as_of
FROM
(
    SELECT sum(part) AS parts, sum(whole) AS wholes, max(place_seen_at) AS seen_at
    FROM
    (
        SELECT
            sumIf(assumeNotNull(r.value), has(splitByChar(',', {part:String}), toString(metric))) AS part,
            sumIf(assumeNotNull(r.value), has(splitByChar(',', {whole:String}), toString(metric))) AS whole,
            max(observed_at) AS place_seen_at
        FROM reading AS r
        WHERE has(splitByChar(',', concat({part:String}, ',', {whole:String})), toString(metric))
            AND r.value IS NOT NULL
            AND observed_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32})
        GROUP BY unit_path, place
        HAVING countIf(has(splitByChar(',', {part:String}), toString(metric))) > 0 AND countIf(has(splitByChar(',', {whole:String}), toString(metric))) > 0
    )
)
LIMIT 1
