-- One row a source and family heard in the scope, the silent first: when it was last heard (epoch ms), the limit of its silence, how long its newest event
-- took to come, events a minute over the last five (NULL where no process reports, or in a scope below the province), and what was refused since
-- the local midnight. `beyond_ms` is 0 for one that is silent beyond its limit, so that its age is marked; else NULL. Reads minutes of the reports: 20 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    reports AS
    (
        SELECT type, of_family, name, observed_at, accepted, duplicate, limit_ms, is_silent
        FROM intake_event
        WHERE observed_at > now_at - INTERVAL 5 MINUTE AND observed_at <= now_at
    )
SELECT
    concat(h.family, '/', h.source) AS id,
    h.family AS family,
    h.source AS source,
    toUnixTimestamp64Milli(h.received) AS heard_at,
    if(l.is_silent = 1, toNullable(0), NULL) AS beyond_ms,
    l.limit_ms AS limit_ms,
    greatest(0, toUnixTimestamp64Milli(h.received) - toUnixTimestamp64Milli(h.observed)) AS lag_ms,
    if((SELECT count() FROM reports WHERE type = 'intake.report') = 0, NULL, round(r.events / 5, 1)) AS per_minute,
    d.refused AS refused
FROM
(
    SELECT toString(family) AS family, toString(source) AS source, max(last_observed_at) AS observed, max(last_received_at) AS received
    FROM source
    WHERE family != 'intake'
    GROUP BY family, source
) AS h
LEFT JOIN
(
    SELECT toString(of_family) AS family, name AS source, argMax(e.limit_ms, e.observed_at) AS limit_ms, argMax(e.is_silent, e.observed_at) AS is_silent
    FROM reports AS e
    WHERE type = 'intake.source'
    GROUP BY family, source
) AS l ON l.family = h.family AND l.source = h.source
LEFT JOIN
(
    SELECT name AS source, sum(ifNull(accepted, 0)) AS events
    FROM reports
    WHERE type = 'intake.report' AND name != ''
    GROUP BY source
) AS r ON r.source = h.source
LEFT JOIN
(
    SELECT toString(source) AS source, count() AS refused
    FROM dead_letter
    WHERE received_at >= toStartOfDay(now_at) AND received_at <= now_at
    GROUP BY source
) AS d ON d.source = h.source
ORDER BY ifNull(l.is_silent, 0) DESC, refused DESC, heard_at, id
LIMIT 200
