-- Up to 12 rows, newest first: the security alerts of the last six hours. `text` is the signature, `subject` the asset; `t` epoch
-- milliseconds. 10 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toString(event_key) AS id,
    toUnixTimestamp64Milli(observed_at) AS t,
    'security' AS family,
    type,
    splitByChar('/', unit_path)[-2] AS unit,
    signature AS text,
    asset AS subject
FROM security_event
WHERE observed_at >= now_at - INTERVAL 6 HOUR AND observed_at <= now_at AND type = 'security.alert'
ORDER BY observed_at DESC, event_key
LIMIT 12
