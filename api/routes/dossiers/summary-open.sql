-- The other half of summary-closed.sql: the open dossiers as they stand at {at}. 15 ms at two million, most of it planning.
SELECT
    $key AS key,
    max($label) AS label,
    outcome,
    count() AS dossiers
FROM
(
    {{ judged.sql }}
)
GROUP BY key, outcome
