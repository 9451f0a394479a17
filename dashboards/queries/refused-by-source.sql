-- One row a source of which anything was refused in the last seven days: how many events within an hour and within 24 hours, and why the newest was. Dead letters are few: some
-- milliseconds.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toString(d.source) AS source,
    countIf(d.received_at > now_at - INTERVAL 1 HOUR) AS refused_1h,
    countIf(d.received_at > now_at - INTERVAL 1 DAY) AS refused_24h,
    argMax(toString(d.code), d.received_at) AS reason
FROM dead_letter AS d
WHERE received_at > now_at - INTERVAL 7 DAY AND received_at <= now_at
GROUP BY source
ORDER BY source
LIMIT 500
