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

CREATE VIEW IF NOT EXISTS live.dossier_tally AS
SELECT
    dimension,
    unit_path,
    month,
    groups.key AS key,
    groups.name AS name,
    groups.closed AS closed,
    groups.accepted AS accepted,
    groups.early_province AS early_province,
    groups.on_time_province AS on_time_province,
    groups.late_province AS late_province,
    groups.early_766 AS early_766,
    groups.on_time_766 AS on_time_766,
    groups.late_766 AS late_766,
    groups.withdrawn AS withdrawn,
    groups.rejected AS rejected,
    groups.stopped AS stopped,
    groups.judged_766 AS judged_766,
    groups.kept_766 AS kept_766
FROM live.dossier_tally_row FINAL
ARRAY JOIN groups;

CREATE VIEW IF NOT EXISTS history.dossier_tally AS SELECT * EXCEPT (events) FROM history.dossier_count WHERE closed > 0;
