-- One row: up to when all rules have been evaluated, epoch ms (UTC); 0 when they never were. Cost: an hour of the log.
SELECT toUnixTimestamp64Milli(max(e.observed_at)) AS evaluated_at
FROM alert_event AS e
WHERE e.type = 'alert.evaluated' AND e.observed_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 1 HOUR
LIMIT 1
