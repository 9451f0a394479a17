-- A row is one event of one dossier, in the order in which they happened. Instants are epoch ms (UTC). What is read: the lines of
-- that dossier, which lie together in the log.
SELECT
    unit_path,
    lower(hex(e.event_key)) AS event_key,
    type,
    source,
    toUnixTimestamp64Milli(e.observed_at) AS observed_at,
    toUnixTimestamp64Milli(e.received_at) AS received_at,
    status,
    toUnixTimestamp64Milli(e.due_at) AS due_at,
    procedure_code,
    procedure_name,
    field_code,
    field_name,
    channel,
    applicant_kind,
    handler_path,
    handler,
    step_holder,
    simulated
FROM dossier_event AS e
WHERE dossier_id = {dossier:String}
ORDER BY e.observed_at, toString(e.event_key)
LIMIT 2000
