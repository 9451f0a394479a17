-- A row a source and family that has a limit of silence, as the collector last reported it within five minutes: the limit (ms), and whether the source is
-- beyond it. No row where none looked. Reads minutes of the reports: 5 ms.
SELECT
    toString(of_family) AS family,
    name AS source,
    argMax(e.limit_ms, e.observed_at) AS limit_ms,
    argMax(e.is_silent, e.observed_at) AS is_silent
FROM intake_event AS e
WHERE type = 'intake.source' AND observed_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 5 MINUTE AND observed_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}
GROUP BY family, source
ORDER BY family, source
LIMIT 3000
