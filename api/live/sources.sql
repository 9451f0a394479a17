-- A row is one source in one family, seen across all units of the scope: its newest event and its newest reception (epoch ms, UTC). Of a
-- family with more than 500 sources those heard last: senders name themselves, and what they name must not grow without bound.
-- Cost: a few milliseconds; the state holds one row a unit, family and source.
SELECT
    family,
    source,
    toUnixTimestamp64Milli(max(last_observed_at)) AS observed_at,
    toUnixTimestamp64Milli(max(last_received_at)) AS received_at,
    max(simulated) AS is_simulated
FROM
(
    SELECT family, source, last_observed_at, last_received_at, simulated
    FROM source
    UNION ALL
    -- what becomes of alerts is no source's: it is told here, so that who shows them asks again
    SELECT 'alert' AS family, toString(e.source) AS source, e.observed_at AS last_observed_at, e.received_at AS last_received_at, e.simulated AS simulated
    FROM alert_event AS e
    WHERE e.observed_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 1 DAY
)
GROUP BY family, source
ORDER BY received_at DESC, family, source
LIMIT 500 BY family
LIMIT 3000
