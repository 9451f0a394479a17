-- One row an entry that a collector takes (`syslog`, `snmp`, `syslog@second` …), by its newest report of the last day: when it was (epoch ms), records a minute in that
-- period, what waits for the store on disk and the most that may, the age of its oldest, what was dropped since the local midnight (by the
-- kernel too) or kept with something wrong about it, and what is wrong now. `fresh_ms` is how long a report is good for, `none` the limit of
-- what is not to be. Reads a day of the reports: 10 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfDay(now_at) AS today
SELECT
    subject AS id,
    subject AS entry,
    toUnixTimestamp64Milli(max(e.observed_at)) AS said_at,
    60000 AS fresh_ms,
    argMax(if(e.period_ms > 0, round(60000 * e.received / e.period_ms), NULL), e.observed_at) AS received,
    argMax(e.queue_bytes, e.observed_at) AS queue_bytes,
    argMax(e.queue_limit_bytes, e.observed_at) AS limit_bytes,
    argMax(e.oldest_ms, e.observed_at) AS oldest_ms,
    ifNull(sumIf(e.dropped, e.observed_at >= today), 0) + ifNull(sumIf(e.kernel_dropped, e.observed_at >= today), 0) AS dropped,
    ifNull(sumIf(e.faulty, e.observed_at >= today), 0) AS faulty,
    0 AS none,
    argMax(toString(e.error), e.observed_at) AS error
FROM intake_event AS e
WHERE type = 'intake.report' AND name = '' AND queue_limit_bytes IS NOT NULL AND observed_at > now_at - INTERVAL 1 DAY AND observed_at <= now_at
GROUP BY subject
ORDER BY queue_bytes DESC, id
LIMIT 50
