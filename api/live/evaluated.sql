-- One row: when the rules of alerts were last known to have been evaluated (epoch ms, UTC), as a source of the alert family. Of one day: a few milliseconds.
SELECT
    'alert' AS family,
    toString(e.source) AS source,
    toUnixTimestamp64Milli(max(e.received_at)) AS observed_at,
    toUnixTimestamp64Milli(max(e.received_at)) AS received_at,
    toUInt8(0) AS is_simulated
FROM alert_event AS e
WHERE e.type = 'alert.evaluated' AND e.observed_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 1 DAY
GROUP BY source
LIMIT 10
