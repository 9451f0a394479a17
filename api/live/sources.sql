-- A row is one source in one family, seen across all units of the scope: its newest event and its newest reception (epoch ms, UTC).
-- Cost: a few milliseconds; the state holds one row a unit, family and source.
SELECT
    family,
    source,
    toUnixTimestamp64Milli(max(last_observed_at)) AS observed_at,
    toUnixTimestamp64Milli(max(last_received_at)) AS received_at,
    max(simulated) AS is_simulated
FROM source
GROUP BY family, source
ORDER BY family, source
