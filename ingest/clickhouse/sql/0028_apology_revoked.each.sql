-- A row is one dossier, by its unit and number, whose applicant was sent a slip of apology (0024), unless the newest word on it is that the note was
-- taken back.
CREATE OR REPLACE VIEW apology AS
SELECT
    unit_path,
    dossier_id,
    max(e.observed_at) AS sent_at,
    argMax(toString(e.actor), tuple(e.observed_at, e.received_at, e.event_key)) AS sent_by,
    tupleElement(argMax(tuple(e.deadline_at), tuple(e.observed_at, e.received_at, e.event_key)), 1) AS promised_at,
    max(e.simulated) AS simulated
FROM chase_event AS e
ARRAY JOIN e.dossier_ids AS dossier_id
WHERE e.type IN ('apology.sent', 'apology.revoked')
GROUP BY unit_path, dossier_id
HAVING argMax(toString(e.type), tuple(e.observed_at, e.received_at, e.event_key)) = 'apology.sent';
