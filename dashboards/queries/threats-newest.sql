-- Up to 30 rows, newest first: the security alerts of the last 24 hours. `unit` is the one that the alert belongs to, `asset` the machine
-- that it aims at; `t` epoch milliseconds. 10 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toString(event_key) AS id,
    toUnixTimestamp64Milli(observed_at) AS t,
    severity,
    splitByChar('/', unit_path)[-2] AS unit,
    signature,
    asset,
    toString(action) AS action
FROM security_event
WHERE observed_at >= now_at - INTERVAL 24 HOUR AND observed_at <= now_at AND type = 'security.alert'
ORDER BY observed_at DESC, event_key
LIMIT 30
