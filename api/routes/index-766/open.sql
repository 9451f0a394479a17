-- One row: of the dossiers open at {at}, those that rule 766 can compare (with a promise, or more than one request for papers), and those of them
-- that are in time. 20 ms at two million; at an instant that is past, one fold of all.
SELECT toFloat64(count()) AS judged, toFloat64(countIf(NOT ifNull(overdue_from_766 <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, false))) AS kept
FROM dossier_open
WHERE clock IN ('running', 'paused') AND (isNotNull(due_at) OR supplement_requests > 1)
LIMIT 1
