-- One row: how many alerts are open (fired, not resolved, not closed, not shelved), and how many of them are critical. Some thousands of alerts are folded: 20 ms.
SELECT
    count() AS value,
    countIf(severity = 4) AS critical
FROM alert
WHERE onset_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 366 DAY
    AND fired_at IS NOT NULL AND state NOT IN ('pending', 'resolved') AND closed_at IS NULL
    AND NOT ifNull(shelved_until > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, 0)
