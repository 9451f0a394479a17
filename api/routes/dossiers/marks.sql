-- A row is one of the dossiers that `keys` names (JSON array of [unit_path, dossier_id]), with the state of the newest chase about it that nobody has closed, empty
-- where there is none, and whether its applicant was sent a slip of apology. Asked beside listed.sql: most of either is planning. 15 ms.
SELECT
    d.unit_path AS unit_path,
    d.dossier_id AS dossier_id,
    k.chase AS chase,
    (d.unit_path, d.dossier_id) IN (SELECT toString(unit_path), toString(dossier_id) FROM apology) AS apologised
FROM
(
    SELECT key.1 AS unit_path, key.2 AS dossier_id
    FROM (SELECT arrayJoin(JSONExtract({keys:String}, 'Array(Tuple(String, String))')) AS key)
) AS d
LEFT JOIN
(
    SELECT
        toString(c.unit_path) AS asked_path,
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
