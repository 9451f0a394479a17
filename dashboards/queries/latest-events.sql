-- Up to 20 rows, newest first: what just happened in the last six hours. Dossiers (not their inner steps), changes of links (those of
-- one ring in one minute are one row), and security alerts, at most twelve of a family, so that a burst of one leaves room. `text` is the
-- field of the procedure (the procedure where there is none: a ticker has room for two or three words), the ring, or the signature; `unit`
-- the code of the unit, `?` when nobody knows it; `t` epoch milliseconds. Never a person. Changes are looked for only at links that were
-- down within two days, not among the millions of samples of the others. 20 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toString(event_key) AS id,
    toUnixTimestamp64Milli(observed_at) AS t,
    family,
    type,
    splitByChar('/', unit_path)[-2] AS unit,
    text,
    subject,
    status,
    severity
FROM
(
    SELECT 'dossier' AS family, event_key, observed_at, type, unit_path, if(field_name = '', procedure_name, field_name) AS text, dossier_id AS subject, toNullable(status) AS status, NULL AS severity
    FROM dossier_recent
    WHERE observed_at >= now_at - INTERVAL 6 HOUR AND observed_at <= now_at
    ORDER BY observed_at DESC, event_key
    LIMIT 12
    UNION ALL
    SELECT 'link' AS family, event_key, observed_at, if(is_up = 1, 'link.up', 'link.down') AS type, unit_path, ring AS text, link_id AS subject, NULL AS status, NULL AS severity
    FROM
    (
        SELECT
            event_key,
            observed_at,
            unit_path,
            ring,
            link_id,
            up AS is_up,
            lagInFrame(up, 1, if(type = 'link.sample', up, toUInt8(1 - up))) OVER (PARTITION BY unit_path, link_id ORDER BY observed_at, event_key ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS was_up
        FROM link_event
        WHERE unit_path IN (SELECT unit_path FROM link WHERE last_down_at >= now_at - INTERVAL 2 DAY)
            AND observed_at >= now_at - INTERVAL 6 HOUR
            AND observed_at <= now_at
    )
    WHERE is_up != was_up
    ORDER BY observed_at DESC, event_key
    LIMIT 1 BY if(ring = '', link_id, ring), is_up, toStartOfMinute(observed_at)
    LIMIT 12
    UNION ALL
    SELECT 'security' AS family, event_key, observed_at, type, unit_path, signature AS text, asset AS subject, NULL AS status, toNullable(severity) AS severity
    FROM security_event
    WHERE observed_at >= now_at - INTERVAL 6 HOUR AND observed_at <= now_at AND type = 'security.alert'
    ORDER BY observed_at DESC, event_key
    LIMIT 12
)
ORDER BY t DESC, id
LIMIT 20
