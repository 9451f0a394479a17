-- A row is one source, entry and reason of the dead letters asked for, those with open ones first: how many, how many were not mended, and when
-- the newest came (epoch ms). Some milliseconds.
SELECT
    source,
    code,
    entry,
    count() AS letters,
    countIf(mended_at IS NULL) AS open_letters,
    toUnixTimestamp64Milli(max(received_at)) AS newest_at
FROM
{{ letters-filter.sql }}
GROUP BY source, code, entry
ORDER BY open_letters > 0 DESC, newest_at DESC, source, code, entry
LIMIT 500
