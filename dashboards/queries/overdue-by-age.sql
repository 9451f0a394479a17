-- Five rows, named as the ages of the desk's lists: overdue dossiers (provincial rule: the promised day has passed) by how long ago their promise lapsed, in started days. NULL when no dossier is known in progress.
-- Reads the open dossiers: 5 ms at a hundred thousand.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    aged AS
    (
        SELECT
            count() AS open,
            countResample(0, 5, 1)(ifNull(if(overdue_from_province <= now_at, multiIf(days <= 3, 0, days <= 7, 1, days <= 15, 2, days <= 30, 3, 4), -1), -1)) AS counts
        FROM
        (
            SELECT overdue_from_province, intDiv(toUnixTimestamp(now_at) - toUnixTimestamp(due_at) + 86399, 86400) AS days
            FROM dossier_open
            WHERE clock = 'running'
        )
    )
SELECT
    ['late_1_3d', 'late_4_7d', 'late_8_15d', 'late_16_30d', 'late_31d'][bucket + 1] AS label,
    if(open = 0, NULL, counts[bucket + 1]) AS value
FROM aged
ARRAY JOIN range(5) AS bucket
ORDER BY bucket
LIMIT 5
