-- A row is one link of the scope, those that are down first, then the silent ones, the latest first. Silent: it used to send samples and has sent
-- none for a quarter of an hour. `since` is the last sign of life of one that is not up, epoch ms; the words are those of alerts-links.sql.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    link_id,
    splitByChar('/', unit_path)[-2] AS unit,
    multiIf(up = 0, 'down', sample_at > toDateTime64(0, 3) AND sample_at < now_at - INTERVAL 15 MINUTE, 'silent', 'up') AS state,
    multiIf(
        state = 'up', NULL,
        state = 'silent', toUnixTimestamp64Milli(sample_at),
        toUnixTimestamp64Milli(alive_at)
    ) AS since,
    ring,
    latency_ms,
    simulated
FROM link
ORDER BY indexOf(['down', 'silent', 'up'], state), since DESC, unit_path, link_id
LIMIT 5000
