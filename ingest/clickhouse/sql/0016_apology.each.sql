-- A row is one dossier whose applicant was sent a slip of apology with a new appointment (phiếu xin lỗi và hẹn lại ngày trả kết quả), as somebody
-- noted at the desk: no exchange format has a field for it. Of several notes the first stands. `promised_at` is the new appointment.
CREATE VIEW IF NOT EXISTS apology AS
SELECT
    unit_path,
    dossier_id,
    min(e.observed_at) AS sent_at,
    argMin(toString(e.actor), e.observed_at) AS sent_by,
    tupleElement(argMin(tuple(e.deadline_at), e.observed_at), 1) AS promised_at,
    max(e.simulated) AS simulated
FROM chase_event AS e
ARRAY JOIN e.dossier_ids AS dossier_id
WHERE e.type = 'apology.sent'
GROUP BY unit_path, dossier_id;
