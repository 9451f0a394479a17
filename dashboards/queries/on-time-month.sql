-- One row: of the dossiers finished since the first of the month, the share that was on time, in percent; NULL before the first.
-- The provincial rule: days are compared, not hours; a dossier without a promised day, or withdrawn by the citizen, is on time.
-- Counts dossiers opened within 400 days. Time base: local days. About 25 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfMonth(now_at) AS month
SELECT
    if(finished = 0, NULL, round(100 * on_time / finished, 2)) AS value,
    count() AS finished,
    countIf(status = 7 OR due_at IS NULL OR toDate(finished_at, 'Asia/Ho_Chi_Minh') <= toDate(due_at, 'Asia/Ho_Chi_Minh')) AS on_time
FROM dossier
WHERE status IN (7, 9, 10)
    AND if(status = 7, status_at, finished_at) >= month
    AND if(status = 7, status_at, finished_at) <= now_at
    AND (opened_on >= toDate(now_at) - 400 OR opened_on = toDate(0))
