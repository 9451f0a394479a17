-- A row is one dossier of those that `keys` and `days` name, in no order: JSON arrays of [unit_path, dossier_id], and of their days of
-- opening, which spare the other quarters. With the newest chase about each that nobody has closed. No personal data. Instants are epoch ms (UTC).
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
    simulated,
    k.chase AS chase,
    (unit_path, d.dossier_id) IN (SELECT unit_path, dossier_id FROM apology) AS apologised
FROM
(
    SELECT *
    FROM
    (
        {{ judged.sql }}
    )
    WHERE (unit_path, dossier_id) IN JSONExtract({keys:String}, 'Array(Tuple(String, String))')
        AND opened_on IN JSONExtract({days:String}, 'Array(Date)')
) AS d
LEFT JOIN
(
    SELECT
        c.unit_path AS asked_path,
        arrayJoin(c.dossier_ids) AS asked_id,
        argMax(
            multiIf(
                c.answered_at IS NOT NULL, 'answered',
                c.deadline_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, 'escalated',
                c.acknowledged_at IS NOT NULL, 'acknowledged',
                'sent'
            ),
            c.sent_at
        ) AS chase
    FROM chase AS c
    WHERE c.closed_at IS NULL
    GROUP BY asked_path, asked_id
) AS k ON k.asked_path = replaceOne(d.unit_path, '/?/', '/') AND k.asked_id = d.dossier_id
