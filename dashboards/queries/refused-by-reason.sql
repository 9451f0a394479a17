-- One row a source and reason of the events that were refused in the last seven days, the newest first: how many, and when the last came (epoch
-- ms). Dead letters are few: some milliseconds.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    concat(source, '/', code) AS id,
    toString(d.source) AS source,
    toString(d.code) AS code,
    count() AS count,
    toUnixTimestamp64Milli(max(d.received_at)) AS newest_at
FROM dead_letter AS d
WHERE received_at >= now_at - INTERVAL 7 DAY AND received_at <= now_at
GROUP BY source, code
ORDER BY newest_at DESC, id
LIMIT 30
