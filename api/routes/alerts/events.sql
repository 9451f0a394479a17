-- What became of one alert, as it happened; newest measurements only, a day of them is drawn. Instants are epoch ms (UTC).
SELECT
    toUnixTimestamp64Milli(e.observed_at) AS at,
    replaceOne(toString(e.type), 'alert.', '') AS type,
    severity,
    value,
    annotations,
    toString(actor) AS actor,
    note,
    toString(assignee) AS assignee,
    toUnixTimestamp64Milli(e.until_at) AS until_at,
    toString(receiver) AS receiver,
    toString(reason) AS reason,
    level
FROM alert_event AS e
WHERE e.subject = {alert:String}
ORDER BY e.observed_at DESC, e.event_key
LIMIT 1000
