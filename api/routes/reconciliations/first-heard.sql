-- A row is the unit looked at or one right below it, and when the first of its dossiers that are known was accepted (epoch ms): of any time before, a
-- count of 0 would say more than is known. `unit` as in summary.sql. Reads two columns of every dossier.
SELECT
    concat(arrayStringConcat(arraySlice(splitByChar('/', toString(unit_path)), 1, {depth:UInt8} + 2), '/'), if(unit_path = {scope:String}, '', '/')) AS unit,
    toUnixTimestamp64Milli(min(assumeNotNull(accepted_at))) AS since
FROM dossier
WHERE isNotNull(accepted_at)
GROUP BY unit
ORDER BY unit
LIMIT 5000
