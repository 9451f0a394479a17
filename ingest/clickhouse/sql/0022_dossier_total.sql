-- dossier_tally of all months together: a row is one dimension of one unit. What a summary of all that ever was adds up is then a twentieth,
-- and does not grow with the years. `finished_on` has no total: a day is asked for by its month. Summed anew with every count of a bucket of
-- the unit; the version is the sum of those of its buckets, which only grows, so the sum that saw most stands.
CREATE TABLE IF NOT EXISTS live.dossier_total_row
ENGINE = ReplacingMergeTree(version)
ORDER BY (dimension, unit_path)
SETTINGS index_granularity = 256, min_age_to_force_merge_seconds = 120, min_age_to_force_merge_on_partition_only = 1, merge_selector_base = 10
EMPTY AS SELECT * EXCEPT (month) FROM live.dossier_tally_row;

CREATE VIEW IF NOT EXISTS live.dossier_total AS SELECT * EXCEPT (version) FROM live.dossier_total_row FINAL;

CREATE VIEW IF NOT EXISTS history.dossier_total AS
SELECT
    dimension,
    unit_path,
    groupArray(key) AS `groups.key`,
    groupArray(name) AS `groups.name`,
    groupArray(toUInt32(sums.1)) AS `groups.closed`,
    groupArray(toUInt32(sums.2)) AS `groups.accepted`,
    groupArray(toUInt32(sums.3)) AS `groups.early_province`,
    groupArray(toUInt32(sums.4)) AS `groups.on_time_province`,
    groupArray(toUInt32(sums.5)) AS `groups.late_province`,
    groupArray(toUInt32(sums.6)) AS `groups.early_766`,
    groupArray(toUInt32(sums.7)) AS `groups.on_time_766`,
    groupArray(toUInt32(sums.8)) AS `groups.late_766`,
    groupArray(toUInt32(sums.9)) AS `groups.withdrawn`,
    groupArray(toUInt32(sums.10)) AS `groups.rejected`,
    groupArray(toUInt32(sums.11)) AS `groups.stopped`,
    groupArray(toUInt32(sums.12)) AS `groups.judged_766`,
    groupArray(toUInt32(sums.13)) AS `groups.kept_766`
FROM
(
    SELECT
        dimension,
        unit_path,
        key,
        max(name) AS name,
        (sum(closed), sum(accepted), sum(early_province), sum(on_time_province), sum(late_province), sum(early_766), sum(on_time_766), sum(late_766), sum(withdrawn), sum(rejected), sum(stopped), sum(judged_766), sum(kept_766)) AS sums
    FROM history.dossier_count
    WHERE closed > 0 AND dimension != 'finished_on'
    GROUP BY dimension, unit_path, key
)
GROUP BY dimension, unit_path;
