-- A row is one source and reason with the events that were refused since the local midnight of `at`: how many, and when the last was.
-- `code` is the reason's; instants are epoch ms. Dead letters are few: some milliseconds.
SELECT source, code, count() AS count, toUnixTimestamp64Milli(max(received_at)) AS last_at
FROM dead_letter
WHERE received_at >= toStartOfDay(toDateTime({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}))
GROUP BY source, code
ORDER BY source, code
LIMIT 1000
