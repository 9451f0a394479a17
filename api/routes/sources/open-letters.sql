-- A row is one dead letter of a source and reason that was not mended, in the order of their keys, after the one where the last part ended. What was refused as of another unit
-- before letters knew whose sender they had is not sent again: it would be held to nothing.
SELECT toString(letter_key) AS letter_key, entry, source, toString(unit_path) AS unit_path, payload, simulated, within
FROM
{{ letters-filter.sql }}
WHERE mended_at IS NULL AND NOT (code = 'IOC_EVENT_UNIT_FOREIGN' AND within = '') AND toString(letter_key) > {after:String}
ORDER BY letter_key
LIMIT {page:UInt16}
