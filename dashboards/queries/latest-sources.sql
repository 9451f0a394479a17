-- Up to 12 rows, newest first: sources that fell silent beyond their limit, or spoke again, in the last day. `text` is the source; `t` epoch
-- milliseconds. 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toString(event_key) AS id,
    toUnixTimestamp64Milli(observed_at) AS t,
    'intake' AS family,
    type,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS unit,
    name AS text,
    subject
FROM intake_event
WHERE type IN ('intake.silent', 'intake.heard') AND observed_at >= now_at - INTERVAL 1 DAY AND observed_at <= now_at
ORDER BY observed_at DESC, event_key
LIMIT 12
