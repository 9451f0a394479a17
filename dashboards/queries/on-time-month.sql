-- One row: of the dossiers that ended since the first of the month, the share that was on time, in percent; NULL before the first.
-- Ended: finished, handed over, or withdrawn by the citizen. The provincial rule: days are compared, not hours; a dossier without
-- a promised day, or withdrawn, is on time. Time base: local days of `at`. Reads sums by day: 10 ms.
WITH toDateTime({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}) AS now_at
SELECT
    if(finished = 0, NULL, round(100 * on_time / finished, 2)) AS value,
    sum(early + punctual + late + withdrawn) AS finished,
    sum(early + punctual + withdrawn) AS on_time
FROM dossier_tally
ARRAY JOIN groups.key AS key, groups.early_province AS early, groups.on_time_province AS punctual, groups.late_province AS late, groups.withdrawn AS withdrawn
WHERE dimension = 'finished_on' AND key >= toString(toStartOfMonth(now_at))
