-- One row an alert that fired in the last `last_s` seconds, whatever became of it since, the newest first: `t` when it fired (epoch ms). Some thousands of alerts are
-- folded: 20 ms.
SELECT
    alert_id AS id,
    toUnixTimestamp64Milli(assumeNotNull(fired_at)) AS t,
    splitByChar('/', unit_path)[-2] AS unit,
    toUInt8(severity) AS severity
FROM alert
WHERE fired_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({last_s:UInt32})
    AND fired_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}
ORDER BY t DESC, id
LIMIT 200
