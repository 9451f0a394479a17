-- A row is one dossier of those that `keys` and `days` name, in no order: JSON arrays of [unit_path, dossier_id], and of their days of
-- opening, which spare the other quarters. No personal data. Instants are epoch ms (UTC).
SELECT
    d.dossier_id AS dossier_id,
    unit_path,
    status,
    toUnixTimestamp64Milli(d.since) AS since,
    outcome,
    toUnixTimestamp64Milli(d.accepted_at) AS accepted_at,
    toUnixTimestamp64Milli(d.due_at) AS due_at,
    toUnixTimestamp64Milli(d.first_due_at) AS first_due_at,
    toUnixTimestamp64Milli(d.finished_at) AS finished_at,
    toUnixTimestamp64Milli(d.returned_at) AS returned_at,
    supplement_requests,
    procedure_code,
    procedure_name,
    field_code,
    field_name,
    channel,
    handler_path,
    handler,
    step_holder,
    simulated
FROM
(
    {{ judged.sql }}
) AS d
WHERE (unit_path, dossier_id) IN JSONExtract({keys:String}, 'Array(Tuple(String, String))')
    AND opened_on IN JSONExtract({days:String}, 'Array(Date)')
