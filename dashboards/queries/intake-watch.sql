-- One row an entry of a collector (`syslog`, `syslog@second`) that has reported within a quarter of an hour: what it dropped in that time (the kernel too), and, by its newest report of the last minute, how
-- full its queue is, in percent, and how long the oldest record in it has waited, in seconds. NULL when it has not reported in that minute. 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    subject AS id,
    subject AS entry,
    ifNull(sum(e.dropped), 0) + ifNull(sum(e.kernel_dropped), 0) AS dropped_15m,
    if(is_fresh, round(100 * argMax(e.queue_bytes / nullIf(e.queue_limit_bytes, 0), e.observed_at), 1), NULL) AS full_percent,
    if(is_fresh, ifNull(argMax(e.oldest_ms, e.observed_at), 0) / 1000, NULL) AS oldest_s,
    max(e.observed_at) > now_at - INTERVAL 1 MINUTE AS is_fresh
FROM intake_event AS e
WHERE type = 'intake.report' AND name = '' AND queue_limit_bytes IS NOT NULL AND observed_at > now_at - INTERVAL 15 MINUTE AND observed_at <= now_at
GROUP BY subject
ORDER BY id
LIMIT 50
