-- A row is one dossier of {ids} whose applicant was sent a slip of apology, as noted at the desk. Instants are epoch ms (UTC).
-- Cost: the notes are folded, some thousands a year.
SELECT
    a.dossier_id AS dossier_id,
    toUnixTimestamp64Milli(a.sent_at) AS sent_at,
    a.sent_by AS sent_by,
    toUnixTimestamp64Milli(a.promised_at) AS promised_at
FROM apology AS a
WHERE a.dossier_id IN splitByChar(',', {ids:String})
ORDER BY dossier_id
LIMIT 1000
