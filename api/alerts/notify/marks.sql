-- A row is what was noted last about one alert for one receiver (and level), of alerts that are open or had something noted in the last {lately_s}. Instants are epoch ms (UTC).
-- Read once at a start. Cost: the notes of some days, some tens of milliseconds.
SELECT
    e.subject AS alert_id,
    toString(e.receiver) AS receiver,
    if(e.type = 'alert.escalated', e.level, 0) AS escalated,
    argMax(toString(e.reason), tuple(e.observed_at, e.event_key)) AS reason,
    toUnixTimestamp64Milli(max(e.observed_at)) AS reason_at,
    argMaxIf(toString(e.reason), tuple(e.observed_at, e.event_key), e.reason IN ('first', 'new_in_group', 'repeat', 'failed', 'resolved', 'resolved_failed', 'resolved_unsent')) AS told,
    toUnixTimestamp64Milli(maxIf(e.observed_at, e.reason IN ('first', 'new_in_group', 'repeat', 'failed', 'resolved', 'resolved_failed'))) AS told_at,
    toUnixTimestamp64Milli(minIf(e.observed_at, e.reason IN ('first', 'new_in_group', 'repeat', 'failed'))) AS first_at,
    toUInt8(countIf(e.reason IN ('first', 'new_in_group', 'repeat', 'failed')) > 0) AS was_told
FROM alert_event AS e
WHERE e.type IN ('alert.notified', 'alert.escalated')
    AND (e.observed_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL {lately_s:UInt32} SECOND
        OR e.subject IN (SELECT alert_id FROM alert WHERE fired_at IS NOT NULL AND state != 'resolved'))
GROUP BY alert_id, receiver, escalated
ORDER BY alert_id, receiver, escalated
LIMIT 200000
