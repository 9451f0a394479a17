-- A row is a notice that was given up in the last seven days and is still the last word about its alert and receiver, newest first; `at` in epoch ms (UTC).
-- Cost: the notes of a week.
SELECT
    e.subject AS alert_id,
    max(toString(e.rule)) AS rule,
    toString(e.unit_path) AS unit_path,
    toString(e.receiver) AS receiver,
    argMax(toString(e.reason), tuple(e.observed_at, e.event_key)) AS last_reason,
    toUnixTimestamp64Milli(max(e.observed_at)) AS noted
FROM alert_event AS e
WHERE e.type = 'alert.notified' AND e.observed_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 7 DAY
GROUP BY alert_id, unit_path, receiver
HAVING last_reason IN ('failed', 'resolved_failed')
ORDER BY noted DESC, alert_id, receiver
LIMIT 1000
