-- One row: events of all sources that were taken in a minute on average, and how many were refused, over the last five. NULL when no process
-- reported. Reads minutes of the reports: 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    if(count() = 0, NULL, round(sumIf(accepted, name != '') / 5)) AS value,
    ifNull(sumIf(rejected, name != ''), 0) AS note
FROM intake_event
WHERE type = 'intake.report' AND observed_at > now_at - INTERVAL 5 MINUTE AND observed_at <= now_at
