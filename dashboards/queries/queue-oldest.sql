-- One row: how long the oldest record that waits for the store at any entry of the collector has waited, in seconds, by the reports of the last minute. NULL
-- when there is none of them. 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT if(count() = 0, NULL, max(oldest_ms) / 1000) AS value
FROM
(
    SELECT argMax(ifNull(e.oldest_ms, 0), e.observed_at) AS oldest_ms
    FROM intake_event AS e
    WHERE type = 'intake.report' AND name = '' AND queue_limit_bytes IS NOT NULL AND observed_at > now_at - INTERVAL 1 MINUTE AND observed_at <= now_at
    GROUP BY subject
)
