-- One row: records that came by the collector's entries since the local midnight and were not kept (a queue at its bound, empty, too large), and how
-- many of them the kernel dropped before they were read. NULL when nothing was reported since then. Reads a day of the reports: 10 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    if(count() = 0, NULL, ifNull(sum(dropped), 0) + ifNull(sum(kernel_dropped), 0)) AS value,
    ifNull(sum(kernel_dropped), 0) AS note
FROM intake_event
WHERE type = 'intake.report' AND name = '' AND queue_limit_bytes IS NOT NULL AND observed_at >= toStartOfDay(now_at) AND observed_at <= now_at
