-- A row is one procedure or one step holder among the running dossiers (`kind` overdue_procedure, overdue_step: `bad` are overdue now), or one
-- procedure among those ended since {since} (late_procedure: `bad` ended late). The words are those of figures.sql, so that each kind adds up to it.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT kind, key, if(kind = 'overdue_step', '', if(label = '', named.name, label)) AS label, toFloat64(of) AS of, toFloat64(bad) AS bad
FROM
(
    SELECT
        if(grouping(procedure_code) = 0, 'overdue_procedure', 'overdue_step') AS kind,
        if(kind = 'overdue_procedure', toString(procedure_code), toString(step_holder)) AS key,
        argMax(toString(procedure_name), last_received_at) AS label,
        count() AS of,
        countIf(overdue_from_province <= now_at) AS bad
    FROM dossier_open
    WHERE clock = 'running'
    GROUP BY GROUPING SETS ((procedure_code), (step_holder))
    UNION ALL
    SELECT 'late_procedure', toString(procedure_code), '', count(), countIf(outcome_province = 'finished_late')
    FROM dossier_lately
    WHERE closed IN ('finished', 'withdrawn') AND toUnixTimestamp64Milli(finished_at) >= {since:Float64} AND finished_at <= now_at
    GROUP BY procedure_code
) AS found
LEFT JOIN
(
    SELECT toString(code) AS code, max(toString(title)) AS name
    FROM dossier_tally
    ARRAY JOIN groups.key AS code, groups.name AS title
    WHERE dimension = 'procedure'
    GROUP BY code
) AS named ON found.key = named.code
WHERE bad > 0
ORDER BY kind, bad DESC, key
LIMIT 5000
