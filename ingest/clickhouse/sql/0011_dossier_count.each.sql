-- Dossiers counted by what they ended as, from the relation `dossier` of the same database: the one definition of dossier_tally, which is
-- this kept for `live` and this itself in `history`. A row is one value of one dimension among the dossiers of one unit whose number is of one
-- month. A query of one dimension reads the dossiers once.
-- Dimensions: 'total' (key ''), 'procedure', 'field' (their codes and names), 'channel' (1 to 3, 0 unknown), 'handler' (path and name of the
-- unit that handles it; empty: the unit that received it), 'finished_on' (local day of the finish, yyyy-MM-dd).
-- `closed` are those ended, `accepted` those of them that were ever accepted. Outcomes are those of the two rule sets; `judged_766` are those
-- that rule 766 can compare, `kept_766` those of them in time. `events` of all, open ones too: it only grows.
CREATE VIEW IF NOT EXISTS dossier_count AS
SELECT
    dimension,
    unit_path,
    toStartOfMonth(opened_on) AS month,
    key,
    max(dossier.name) AS name,
    sum(toUInt64(dossier.events)) AS events,
    toUInt32(countIf(dossier.closed != '')) AS closed,
    toUInt32(countIf(dossier.closed != '' AND isNotNull(dossier.accepted_at))) AS accepted,
    toUInt32(countIf(dossier.outcome_province = 'finished_early')) AS early_province,
    toUInt32(countIf(dossier.outcome_province = 'finished_on_time')) AS on_time_province,
    toUInt32(countIf(dossier.outcome_province = 'finished_late')) AS late_province,
    toUInt32(countIf(dossier.outcome_766 = 'finished_early')) AS early_766,
    toUInt32(countIf(dossier.outcome_766 = 'finished_on_time')) AS on_time_766,
    toUInt32(countIf(dossier.outcome_766 = 'finished_late')) AS late_766,
    toUInt32(countIf(dossier.closed = 'withdrawn')) AS withdrawn,
    toUInt32(countIf(dossier.closed = 'rejected')) AS rejected,
    toUInt32(countIf(dossier.closed = 'stopped')) AS stopped,
    toUInt32(countIf(isNotNull(dossier.on_time_766))) AS judged_766,
    toUInt32(countIf(dossier.on_time_766 = 1)) AS kept_766
FROM
(
    SELECT 'total' AS dimension, toLowCardinality('') AS key, toLowCardinality('') AS name, unit_path, opened_on, events, closed, accepted_at, outcome_province, outcome_766, on_time_766 FROM dossier
    UNION ALL
    SELECT 'procedure' AS dimension, toLowCardinality(procedure_code) AS key, toLowCardinality(procedure_name) AS name, unit_path, opened_on, events, closed, accepted_at, outcome_province, outcome_766, on_time_766 FROM dossier
    UNION ALL
    SELECT 'field' AS dimension, toLowCardinality(field_code) AS key, toLowCardinality(field_name) AS name, unit_path, opened_on, events, closed, accepted_at, outcome_province, outcome_766, on_time_766 FROM dossier
    UNION ALL
    SELECT 'channel' AS dimension, toLowCardinality(toString(channel)) AS key, toLowCardinality('') AS name, unit_path, opened_on, events, closed, accepted_at, outcome_province, outcome_766, on_time_766 FROM dossier
    UNION ALL
    SELECT 'handler' AS dimension, toLowCardinality(handler_path) AS key, toLowCardinality(handler) AS name, unit_path, opened_on, events, closed, accepted_at, outcome_province, outcome_766, on_time_766 FROM dossier
    UNION ALL
    SELECT 'finished_on' AS dimension, toLowCardinality(ifNull(toString(toDate32(finished_at, 'Asia/Ho_Chi_Minh')), '')) AS key, toLowCardinality('') AS name, unit_path, opened_on, events, closed, accepted_at, outcome_province, outcome_766, on_time_766 FROM dossier
) AS dossier
GROUP BY dimension, unit_path, month, key;
