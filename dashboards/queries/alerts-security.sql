-- One row a child unit of the scope under a burst of high or critical threats: `value` in the last hour, at least `burst` and three
-- times its usual; `count` of them critical. `since` is the end of the last ten minutes that were calm, epoch milliseconds. 10 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    concat('threat_burst:', unit) AS id,
    if(critical > 0, 4, 3) AS severity,
    'threat_burst' AS kind,
    unit,
    toInt64(toUnixTimestamp(now_at) - 600 * (36 - arrayLastIndex(n -> n < {burst:UInt32} / 6, by_ten_minutes))) * 1000 AS since,
    toNullable(toFloat64(last_hour)) AS value,
    toNullable(critical) AS count,
    '' AS text
FROM
(
    SELECT
        if(splitByChar('/', unit_path)[{depth:UInt8} + 2] = '', self, splitByChar('/', unit_path)[{depth:UInt8} + 2]) AS unit,
        countIf(observed_at > now_at - INTERVAL 1 HOUR) AS last_hour,
        countIf(observed_at > now_at - INTERVAL 1 HOUR AND severity = 4) AS critical,
        countIf(observed_at <= now_at - INTERVAL 6 HOUR) / 18 AS usual,
        countResample(0, 36, 1)(35 - intDiv(dateDiff('second', observed_at, now_at), 600)) AS by_ten_minutes
    FROM security_event
    WHERE type = 'security.alert' AND severity >= 3 AND observed_at >= now_at - INTERVAL 24 HOUR AND observed_at <= now_at
    GROUP BY unit
)
WHERE last_hour >= {burst:UInt32} AND last_hour >= 3 * usual
ORDER BY severity DESC, since DESC, id
LIMIT 500
