-- One row: when a slip of apology of one of {ids} was last taken back, epoch ms (UTC); 0 where none was. Cost: some thousands of notes a year.
SELECT toUnixTimestamp64Milli(max(e.observed_at)) AS revoked_at
FROM chase_event AS e
WHERE e.type = 'apology.revoked' AND hasAny(e.dossier_ids, JSONExtract({ids:String}, 'Array(String)'))
LIMIT 1
