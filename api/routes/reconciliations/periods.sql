-- A row is one period with a figure of one of {metrics} for the unit looked at or a unit right below it, the one that was stated last first.
SELECT toString(period) AS period
FROM entry
WHERE has(splitByChar(',', {metrics:String}), metric) AND length(splitByChar('/', toString(unit_path))) <= {depth:UInt8} + 3
GROUP BY period
ORDER BY max(entered_at) DESC, period DESC
LIMIT 24
