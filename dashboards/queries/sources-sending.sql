-- One row: the sources (by family) that were heard within their own limits, and all that have a limit. NULL when nobody looked within
-- five minutes. Reads minutes of the reports: 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    if(count() = 0, NULL, countIf(is_silent = 0)) AS value,
    if(count() = 0, NULL, count()) AS of
FROM
(
    SELECT argMax(e.is_silent, e.observed_at) AS is_silent
    FROM intake_event AS e
    WHERE type = 'intake.source' AND observed_at > now_at - INTERVAL 5 MINUTE AND observed_at <= now_at
    GROUP BY subject
)
