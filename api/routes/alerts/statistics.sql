-- A row is one group (`of`: rule, unit or severity) of the alerts that fired in a span, how many they were and how long people and conditions took, in ms
-- from when it fired: NULL where none was acknowledged, or resolved. `key` is the rule, the unit's path or the severity's number. Cost as list.sql.
SELECT
    of,
    key,
    count() AS fired,
    countIf(seen_ms IS NOT NULL) AS acknowledged,
    countIf(over_ms IS NOT NULL) AS resolved,
    if(acknowledged = 0, NULL, quantileExactInclusiveIf(0.5)(assumeNotNull(seen_ms), seen_ms IS NOT NULL)) AS seen_median,
    if(acknowledged = 0, NULL, quantileExactInclusiveIf(0.9)(assumeNotNull(seen_ms), seen_ms IS NOT NULL)) AS seen_p90,
    if(resolved = 0, NULL, quantileExactInclusiveIf(0.5)(assumeNotNull(over_ms), over_ms IS NOT NULL)) AS over_median,
    if(resolved = 0, NULL, quantileExactInclusiveIf(0.9)(assumeNotNull(over_ms), over_ms IS NOT NULL)) AS over_p90
FROM
(
    SELECT
        -- somebody who speaks of it before it fires has seen it by then
        if(a.seen_at IS NULL, NULL, greatest(0, toUnixTimestamp64Milli(a.seen_at) - toUnixTimestamp64Milli(a.fired_at))) AS seen_ms,
        if(a.state = 'resolved', greatest(0, toUnixTimestamp64Milli(a.state_at) - toUnixTimestamp64Milli(a.fired_at)), NULL) AS over_ms,
        arrayJoin([('rule', toString(a.rule)), ('unit', toString(a.unit_path)), ('severity', toString(a.severity)), ('all', '')]) AS grouped,
        tupleElement(grouped, 1) AS of,
        tupleElement(grouped, 2) AS key
    FROM alert AS a
    WHERE a.fired_at IS NOT NULL
        AND a.fired_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalHour({hours:UInt32})
        AND a.onset_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 366 DAY
)
GROUP BY of, key
ORDER BY of, fired DESC, key
LIMIT 3000
