-- One row a source and family whose limit was looked at in the last five minutes: 1 where it is silent beyond the limit, and minutes since it was last heard (NULL: never).
-- Reads minutes of the reports: 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    subject AS id,
    argMax(toString(e.of_family), e.observed_at) AS family,
    argMax(e.name, e.observed_at) AS source,
    argMax(e.is_silent, e.observed_at) AS is_silent,
    intDiv(dateDiff('second', max(e.heard_at), now_at), 60) AS silent_min
FROM intake_event AS e
WHERE type = 'intake.source' AND observed_at > now_at - INTERVAL 5 MINUTE AND observed_at <= now_at
GROUP BY subject
ORDER BY id
LIMIT 1000
