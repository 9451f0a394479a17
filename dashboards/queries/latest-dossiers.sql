-- Up to 12 rows, newest first: what happened to dossiers in the last six hours, but for their inner steps. `text` is the field of the
-- procedure (the procedure where there is none: a ticker has room for two or three words); `unit` the code of the unit, `?` when nobody
-- knows it; `t` epoch milliseconds. Never a person. 10 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toString(event_key) AS id,
    toUnixTimestamp64Milli(observed_at) AS t,
    'dossier' AS family,
    type,
    splitByChar('/', unit_path)[-2] AS unit,
    if(field_name = '', procedure_name, field_name) AS text,
    dossier_id AS subject
FROM dossier_recent
WHERE observed_at >= now_at - INTERVAL 6 HOUR AND observed_at <= now_at
ORDER BY observed_at DESC, event_key
LIMIT 12
