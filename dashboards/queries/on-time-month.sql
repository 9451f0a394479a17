-- One row: of the dossiers that ended since the first of the month, the share that was on time, in percent; NULL before the first.
-- Ended: finished, handed over, or withdrawn by the citizen. The provincial rule: days are compared, not hours; a dossier without
-- a promised day, or withdrawn, is on time. Time base: local days of `at`. 10 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    if(finished = 0, NULL, round(100 * on_time / finished, 2)) AS value,
    count() AS finished,
    countIf(on_time_province) AS on_time
FROM dossier_lately
WHERE closed IN ('finished', 'withdrawn') AND finished_at >= toStartOfMonth(now_at) AND finished_at <= now_at
