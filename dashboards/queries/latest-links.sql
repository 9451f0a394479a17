-- Up to 12 rows, newest first: links that went down or came back in the last six hours; those of one ring in one minute are one row.
-- `text` is the ring; `t` epoch milliseconds. Each source is followed by itself: what one says twice is no change, nor what another says otherwise. Changes are looked for only at
-- links that were down within two days, not among the millions of samples of the others, and from a little before, where the word lies that was changed. 15 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toString(event_key) AS id,
    toUnixTimestamp64Milli(observed_at) AS t,
    'link' AS family,
    if(is_up = 1, 'link.up', 'link.down') AS type,
    splitByChar('/', unit_path)[-2] AS unit,
    ring AS text,
    link_id AS subject
FROM
(
    SELECT
        event_key,
        observed_at,
        unit_path,
        ring,
        link_id,
        up AS is_up,
        lagInFrame(up, 1, if(type = 'link.sample', up, toUInt8(1 - up))) OVER (PARTITION BY unit_path, link_id, source ORDER BY observed_at, event_key ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS was_up
    FROM link_event
    WHERE unit_path IN (SELECT unit_path FROM link WHERE last_down_at >= now_at - INTERVAL 2 DAY)
        AND observed_at >= now_at - INTERVAL 370 MINUTE
        AND observed_at <= now_at
)
WHERE is_up != was_up AND observed_at >= now_at - INTERVAL 6 HOUR
ORDER BY observed_at DESC, event_key
LIMIT 1 BY if(ring = '', link_id, ring), is_up, toStartOfMinute(observed_at)
LIMIT 12
