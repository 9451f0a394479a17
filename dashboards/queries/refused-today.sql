-- One row: the events that were refused since the local midnight and are kept as dead letters, and how many kinds (source and reason) they are.
-- The same event refused again for the same reason counts once. Dead letters are few: some milliseconds.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT count() AS value, uniqExact(source, code) AS note
FROM dead_letter
WHERE received_at >= toStartOfDay(now_at) AND received_at <= now_at
