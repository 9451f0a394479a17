-- A row is one figure of the index 766 that stands as entered by hand, for the unit looked at itself and a month from {from} to {to}
-- (`2026-11`). Instants are epoch ms.
SELECT
    metric,
    period,
    value,
    entered_by,
    note,
    toUnixTimestamp64Milli(entered_at) AS entered_at
FROM entry AS e
WHERE unit_path = {scope:String} AND startsWith(metric, 'index_766.') AND match(period, '^[0-9]{4}-[0-9]{2}$') AND period >= {from:String} AND period <= {to:String}
ORDER BY period, metric
LIMIT 1000
