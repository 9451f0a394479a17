-- A row is one figure that stands as stated for {period}, of one of {metrics}, for the unit looked at, the units right below it, and those right below
-- these. Instants are epoch ms. Entries are some thousands a year; 10 ms.
SELECT
    unit_path,
    metric,
    value,
    entered_by,
    source,
    note,
    toUnixTimestamp64Milli(entered_at) AS entered_at
FROM entry AS e
WHERE period = {period:String}
    AND has(splitByChar(',', {metrics:String}), metric)
    AND length(splitByChar('/', toString(unit_path))) <= {depth:UInt8} + 4
ORDER BY unit_path, metric
LIMIT 10000
