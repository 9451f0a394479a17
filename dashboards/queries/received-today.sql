-- One row: dossiers accepted since midnight (refused ones left out, as in the desk's list of received ones), and up to the same minute of the same weekday a week ago. Counts are dossiers, each on the
-- day of its first acceptance. `value` is NULL while none was accepted for a fortnight: nothing has been sent. `previous` is NULL when
-- none was on that whole day. Time base: local days of `at`. 12 ms, most of it planning.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toStartOfDay(now_at) AS today
SELECT
    if(count() = 0, NULL, countIf(accepted_at >= today)) AS value,
    if(countIf(accepted_at >= today - INTERVAL 7 DAY AND accepted_at < today - INTERVAL 6 DAY) = 0,
        NULL,
        countIf(accepted_at >= today - INTERVAL 7 DAY AND accepted_at <= now_at - INTERVAL 7 DAY)) AS previous
FROM dossier_lately
WHERE accepted_at >= today - INTERVAL 14 DAY AND accepted_at <= now_at AND outcome_province NOT IN ('rejected', 'waiting', 'unknown')
