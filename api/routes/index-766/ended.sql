-- One row: of the dossiers that ended on a day from {from} to {to}, those that rule 766 can compare, and those of them in time. Kept counts by
-- local day. 15 ms at two million.
SELECT toFloat64(sum(some_judged)) AS judged, toFloat64(sum(some_kept)) AS kept
FROM dossier_tally
ARRAY JOIN groups.key AS day, groups.judged_766 AS some_judged, groups.kept_766 AS some_kept
WHERE dimension = 'finished_on' AND day >= {from:String} AND day <= {to:String}
LIMIT 1
