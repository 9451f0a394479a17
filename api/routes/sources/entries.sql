-- One row an entry of the collector by its newest report of the last day (epoch ms): records a minute in that period, what waits for the store and the most
-- that may (bytes), the age of its oldest, and what was dropped or faulty since the local midnight. 10 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfDay(now_at) AS today
SELECT
    subject AS entry,
    toUnixTimestamp64Milli(max(e.observed_at)) AS said_at,
    argMax(if(e.period_ms > 0, round(60000 * e.received / e.period_ms, 1), NULL), e.observed_at) AS per_minute,
    argMax(e.queue_bytes, e.observed_at) AS queue_bytes,
    argMax(e.queue_limit_bytes, e.observed_at) AS queue_limit_bytes,
    argMax(e.oldest_ms, e.observed_at) AS oldest_ms,
    ifNull(sumIf(e.dropped, e.observed_at >= today), 0) AS dropped,
    if(countIf(e.kernel_dropped IS NOT NULL) = 0, NULL, ifNull(sumIf(e.kernel_dropped, e.observed_at >= today), 0)) AS kernel_dropped,
    ifNull(sumIf(e.faulty, e.observed_at >= today), 0) AS faulty,
    argMax(toString(e.error), e.observed_at) AS error
FROM intake_event AS e
WHERE type = 'intake.report' AND name = '' AND e.queue_limit_bytes IS NOT NULL AND observed_at > now_at - INTERVAL 1 DAY AND observed_at <= now_at
GROUP BY subject
ORDER BY queue_bytes DESC, entry
LIMIT 100
