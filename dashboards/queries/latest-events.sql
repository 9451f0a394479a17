-- Up to 20 rows, newest first: what just happened in the last six hours. Dossiers (not their inner steps), changes of links, and
-- security alerts, at most twelve of a family, so that a burst of one does not push out the rest. `text` is the name of the
-- procedure, the ring, or the signature; `unit` the code of the unit, `?` when nobody knows it. Never a person. About 40 ms.
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
    SELECT 'dossier' AS family, event_key, observed_at, type, unit_path, if(procedure_name = '', field_name, procedure_name) AS text, dossier_id AS subject, toNullable(status) AS status, NULL AS severity
    FROM dossier_event
    WHERE observed_at >= now_at - INTERVAL 6 HOUR AND observed_at <= now_at AND type != 'dossier.step'
    ORDER BY observed_at DESC
    LIMIT 12
    UNION ALL
    SELECT 'link', event_key, observed_at, type, unit_path, ring, link_id, NULL, NULL
    FROM link_event
    WHERE observed_at >= now_at - INTERVAL 6 HOUR AND observed_at <= now_at AND type != 'link.sample'
    ORDER BY observed_at DESC
    LIMIT 12
    UNION ALL
    SELECT 'security', event_key, observed_at, type, unit_path, signature, asset, NULL, severity
    FROM security_event
    WHERE observed_at >= now_at - INTERVAL 6 HOUR AND observed_at <= now_at AND type = 'security.alert'
    ORDER BY observed_at DESC
    LIMIT 12
)
ORDER BY t DESC, id
LIMIT 20
