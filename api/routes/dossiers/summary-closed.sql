-- The half of summary.sql that time does not move, where nothing but unit and rule narrows it: closed dossiers, from the kept counts. The same
-- rows, whatever the size of the past. 15 ms at two million, most of it planning.
SELECT key, label, outcome, dossiers
FROM
(
    SELECT
        $key AS key,
        max($label) AS label,
        [sum(early), sum(punctual), sum(late), sum(withdrawn), sum(rejected), sum(stopped)] AS counts
    FROM dossier_total
    ARRAY JOIN
        groups.key AS value,
        groups.name AS title,
        if({rule:String} = '766', groups.early_766, groups.early_province) AS early,
        if({rule:String} = '766', groups.on_time_766, groups.on_time_province) AS punctual,
        if({rule:String} = '766', groups.late_766, groups.late_province) AS late,
        groups.withdrawn AS withdrawn,
        groups.rejected AS rejected,
        groups.stopped AS stopped
    WHERE dimension = $dimension
    GROUP BY key
)
ARRAY JOIN
    ['finished_early', 'finished_on_time', 'finished_late', 'withdrawn', 'rejected', 'stopped'] AS outcome,
    counts AS dossiers
WHERE dossiers > 0
