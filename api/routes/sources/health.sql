-- One row a source and family heard in the scope, the silent first: its newest event and when it came (epoch ms), the limit of its silence and whether
-- it is beyond that (NULL where none is known), events taken and refused a minute over the last five (NULL where no process reports). 20 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    reports AS
    (
        SELECT type, name, accepted, rejected
        FROM intake_event
        WHERE observed_at > now_at - INTERVAL 5 MINUTE AND observed_at <= now_at
    )
SELECT
    h.family AS family,
    h.source AS source,
    toUnixTimestamp64Milli(h.observed) AS observed_at,
    toUnixTimestamp64Milli(h.received) AS received_at,
    l.limit_ms AS limit_ms,
    if(l.source = '', NULL, toNullable(l.is_silent)) AS is_silent,
    if((SELECT count() FROM reports WHERE type = 'intake.report') = 0, NULL, round(r.events / 5, 1)) AS per_minute,
    if((SELECT count() FROM reports WHERE type = 'intake.report') = 0, NULL, round(r.refused / 5, 1)) AS rejected,
    h.is_simulated AS is_simulated
FROM
(
    SELECT toString(family) AS family, toString(source) AS source, max(last_observed_at) AS observed, max(last_received_at) AS received, max(simulated) AS is_simulated
    FROM source
    WHERE family != 'intake'
    GROUP BY family, source
) AS h
LEFT JOIN
(
{{ ../../live/silences.sql }}
) AS l ON l.family = h.family AND l.source = h.source
LEFT JOIN
(
    SELECT name AS source, sum(ifNull(accepted, 0)) AS events, sum(ifNull(rejected, 0)) AS refused
    FROM reports
    WHERE type = 'intake.report' AND name != ''
    GROUP BY source
) AS r ON r.source = h.source
ORDER BY ifNull(l.is_silent, 0) DESC, received_at, family, source
LIMIT 1000
