-- A row is one dossier of filter.sql, soonest due first, with the instants as epoch ms (UTC). No personal data.
SELECT
    d.dossier_id AS dossier_id,
    toString(d.unit_path) AS unit_path,
    toString(d.procedure_code) AS procedure_code,
    toString(d.procedure_name) AS procedure_name,
    toString(d.field_name) AS field_name,
    d.channel AS channel,
    d.status AS status,
    d.outcome AS outcome,
    toUnixTimestamp64Milli(d.accepted_at) AS accepted_at,
    toUnixTimestamp64Milli(d.due_at) AS due_at,
    toUnixTimestamp64Milli(d.finished_at) AS finished_at,
    toUnixTimestamp64Milli(d.returned_at) AS returned_at,
    toString(d.handler_path) AS handler_path,
    toString(d.handler) AS handler,
    toString(d.step_holder) AS step_holder
FROM
(
    {{ filter.sql }}
) AS d
ORDER BY d.due_at ASC NULLS LAST, d.dossier_id
