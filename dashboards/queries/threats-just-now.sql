-- One row a unit that security alerts of the last `last_s` seconds concern: when the newest was (epoch ms) and how grave the gravest. A flood at one unit hides no other. 10 ms.
SELECT
    splitByChar('/', unit_path)[-2] AS unit,
    unit AS id,
    toUnixTimestamp64Milli(max(observed_at)) AS t,
    max(severity) AS severity
FROM security_event
WHERE type = 'security.alert'
    AND observed_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({last_s:UInt32})
    AND observed_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}
GROUP BY unit
ORDER BY t DESC, id
LIMIT 500
