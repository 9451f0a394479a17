-- A row is one source in one family, seen across all units of the scope: its newest event and its newest reception (epoch ms, UTC). Of a
-- family with more than 150 sources those heard last: senders name themselves, and what they name must not grow without bound.
-- Cost: a few milliseconds; the state holds one row a unit, family and source.
SELECT
    family,
    source,
    toUnixTimestamp64Milli(max(last_observed_at)) AS observed_at,
    toUnixTimestamp64Milli(max(last_received_at)) AS received_at,
    max(simulated) AS is_simulated
FROM source
GROUP BY family, source
ORDER BY received_at DESC, family, source
LIMIT 150 BY family
LIMIT 1000
