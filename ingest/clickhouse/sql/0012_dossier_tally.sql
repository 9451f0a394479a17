-- Closed dossiers, counted: their outcomes do not move with time, so they are counted once and read as sums. A row is one dimension of one
-- bucket: the dossiers of a unit whose number is of one month. `groups` has an element for each value of the dimension; whoever counts
-- a bucket anew replaces the whole row, and the count that saw most events stands. The words are those of 0011_dossier_count.each.sql.
CREATE TABLE IF NOT EXISTS live.dossier_tally_row
(
    dimension LowCardinality(String),
    unit_path LowCardinality(String),
    month Date,
    version UInt64,
    groups Nested(
        key LowCardinality(String),
        name LowCardinality(String),
        closed UInt32,
        accepted UInt32,
        early_province UInt32,
        on_time_province UInt32,
        late_province UInt32,
        early_766 UInt32,
        on_time_766 UInt32,
        late_766 UInt32,
        withdrawn UInt32,
        rejected UInt32,
        stopped UInt32,
        judged_766 UInt32,
        kept_766 UInt32)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (dimension, unit_path, month)
SETTINGS index_granularity = 256, min_age_to_force_merge_seconds = 120, min_age_to_force_merge_on_partition_only = 1;

-- A query joins the arrays that it needs and no other, `ARRAY JOIN groups.key AS key, groups.accepted AS accepted`: joining all of them
-- takes three times as long.
CREATE VIEW IF NOT EXISTS live.dossier_tally AS SELECT * EXCEPT (version) FROM live.dossier_tally_row FINAL;

CREATE VIEW IF NOT EXISTS history.dossier_tally AS
SELECT
    dimension,
    unit_path,
    month,
    groupArray(key) AS `groups.key`,
    groupArray(name) AS `groups.name`,
    groupArray(closed) AS `groups.closed`,
    groupArray(accepted) AS `groups.accepted`,
    groupArray(early_province) AS `groups.early_province`,
    groupArray(on_time_province) AS `groups.on_time_province`,
    groupArray(late_province) AS `groups.late_province`,
    groupArray(early_766) AS `groups.early_766`,
    groupArray(on_time_766) AS `groups.on_time_766`,
    groupArray(late_766) AS `groups.late_766`,
    groupArray(withdrawn) AS `groups.withdrawn`,
    groupArray(rejected) AS `groups.rejected`,
    groupArray(stopped) AS `groups.stopped`,
    groupArray(judged_766) AS `groups.judged_766`,
    groupArray(kept_766) AS `groups.kept_766`
FROM history.dossier_count
WHERE closed > 0
GROUP BY dimension, unit_path, month;
