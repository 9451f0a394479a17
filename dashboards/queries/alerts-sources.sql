-- One row a source that is silent beyond its own limit, `since` it was last heard (epoch ms), with `value` minutes of its limit; and one an entry whose
-- newest report of the last minute says that what comes is dropped or waits. Reads minutes of the reports: 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    concat(if(is_source, 'source_silent:', 'queue_trouble:'), subject) AS id,
    if(is_source OR error = 'store_away', 3, 4) AS severity,
    if(is_source, 'source_silent', concat('queue_', error)) AS kind,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS unit,
    if(is_source, heard, said) AS since,
    if(is_source, limit_ms / 60000, NULL) AS value,
    NULL::Nullable(Float64) AS count,
    if(is_source, source_name, subject) AS text
FROM
(
    SELECT
        subject,
        any(e.type = 'intake.source') AS is_source,
        argMax(e.is_silent, e.observed_at) AS is_silent,
        argMax(toString(e.error), e.observed_at) AS error,
        argMax(e.name, e.observed_at) AS source_name,
        argMax(e.limit_ms, e.observed_at) AS limit_ms,
        ifNull(toUnixTimestamp64Milli(argMax(e.heard_at, e.observed_at)), 0) AS heard,
        toUnixTimestamp64Milli(max(e.observed_at)) AS said
    FROM intake_event AS e
    WHERE ((type = 'intake.source' AND observed_at > now_at - INTERVAL 5 MINUTE) OR (type = 'intake.report' AND name = '' AND observed_at > now_at - INTERVAL 1 MINUTE)) AND observed_at <= now_at
    GROUP BY subject
)
WHERE is_silent = 1 OR error != ''
ORDER BY severity DESC, since DESC, id
LIMIT 50
