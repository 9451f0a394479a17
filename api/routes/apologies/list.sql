-- A row is one dossier of {ids} whose applicant was sent a slip of apology, as noted at the desk: the newest slip of each.
-- Two units may use the same number. Instants are epoch ms (UTC).
-- Cost: the notes are folded, some thousands a year.
SELECT
    toString(a.unit_path) AS unit_path,
    a.dossier_id AS dossier_id,
    toUnixTimestamp64Milli(a.sent_at) AS sent_at,
    a.sent_by AS sent_by,
    toUnixTimestamp64Milli(a.promised_at) AS promised_at
FROM apology AS a
WHERE a.dossier_id IN JSONExtract({ids:String}, 'Array(String)')
ORDER BY dossier_id, unit_path
LIMIT 1000
