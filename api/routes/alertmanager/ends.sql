-- A row is one alert that was pushed, with until when it counts unless it is pushed again; epoch ms (UTC). Cost: the pushes of what has been open lately.
SELECT
    e.subject AS alert_id,
    toUnixTimestamp64Milli(argMax(assumeNotNull(e.until_at), tuple(e.observed_at, e.event_key))) AS ends
FROM alert_event AS e
WHERE e.type IN ('alert.firing', 'alert.measured')
    AND e.until_at IS NOT NULL
    AND startsWith(e.subject, 'AM-')
    AND e.subject IN (SELECT alert_id FROM alert WHERE state != 'resolved' AND startsWith(alert_id, 'AM-'))
GROUP BY alert_id
ORDER BY alert_id
LIMIT 10000
