-- Up to 8 rows, newest first: the alerts of security sensors of the last 24 hours; the columns of numbers are the same in each: all records of
-- sensors in that time, and alerts by severity. One row of an empty id when there were records and no alert; none when nothing was sent at all,
-- which is not "no alert". Instants are epoch ms. 10 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    tupleElement(alert, 1) AS id,
    tupleElement(alert, 2) AS observed_at,
    tupleElement(alert, 3) AS unit,
    tupleElement(alert, 4) AS severity,
    tupleElement(alert, 5) AS signature,
    tupleElement(alert, 6) AS asset,
    tupleElement(alert, 7) AS simulated,
    s0, s1, s2, s3, s4
FROM
(
    SELECT
        count() AS records,
        countIf(type = 'security.alert' AND severity = 0) AS s0,
        countIf(type = 'security.alert' AND severity = 1) AS s1,
        countIf(type = 'security.alert' AND severity = 2) AS s2,
        countIf(type = 'security.alert' AND severity = 3) AS s3,
        countIf(type = 'security.alert' AND severity = 4) AS s4,
        groupArraySortedIf(8)((
            -toUnixTimestamp64Milli(observed_at), toString(event_key), toUnixTimestamp64Milli(observed_at), splitByChar('/', unit_path)[-2], toUInt8(severity), toString(signature), toString(asset), toUInt8(simulated)), type = 'security.alert') AS newest
    FROM security_event
    WHERE observed_at >= now_at - INTERVAL 24 HOUR AND observed_at <= now_at
    HAVING records > 0
)
ARRAY JOIN if(empty(newest), [('', toInt64(0), '', toUInt8(0), '', '', toUInt8(0))], arrayMap(one -> (one.2, one.3, one.4, one.5, one.6, one.7, one.8), newest)) AS alert
LIMIT 8
