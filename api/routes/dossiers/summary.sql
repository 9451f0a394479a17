-- A row is a value of a breakdown with the number of dossiers of filter.sql in one outcome; none when no dossier is known: missing, not zero.
-- `$key` and `$label` are the breakdown's (summary-query.ts): whatever a query names is planned, so each breakdown is a query of its own.
SELECT
    $key AS key,
    max($label) AS label,
    outcome,
    count() AS dossiers
FROM
(
    {{ filter.sql }}
)
GROUP BY key, outcome
