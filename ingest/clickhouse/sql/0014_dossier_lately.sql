-- The dossiers accepted or ended lately: what the figures of a day, a week and thirty days are counted from, without looking at all that
-- ever were. Lately is within forty days before the newest word of the dossier; one that was touched and is older is kept as a mark that it is
-- gone. What nobody touched for forty days leaves by the server's clock: nothing in it can be younger than its last touch. So whoever asks
-- for the last thirty days is told the same by `live` and `history`.
CREATE VIEW IF NOT EXISTS history.dossier_lately AS
SELECT
    unit_path,
    dossier_id,
    opened_on,
    accepted_at,
    finished_at,
    closed,
    channel,
    procedure_code,
    field_code,
    handler,
    outcome_province,
    on_time_province,
    outcome_766,
    on_time_766,
    last_received_at,
    simulated
FROM history.dossier
WHERE greatest(accepted_at, finished_at) >= last_received_at - INTERVAL 40 DAY;

CREATE TABLE IF NOT EXISTS live.dossier_lately_row
ENGINE = ReplacingMergeTree(events, is_gone)
ORDER BY (unit_path, dossier_id)
TTL stored_at + INTERVAL 40 DAY
SETTINGS index_granularity = 1024, allow_experimental_replacing_merge_with_cleanup = 1, enable_replacing_merge_with_cleanup_for_min_age_to_force_merge = 1,
    min_age_to_force_merge_seconds = 600, min_age_to_force_merge_on_partition_only = 1
EMPTY AS SELECT *, CAST(0, 'UInt32') AS events, CAST(0, 'UInt8') AS is_gone, CAST(0, 'DateTime(\'UTC\')') AS stored_at FROM history.dossier_lately;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.dossier_lately_mv TO live.dossier_lately_row AS
SELECT
    unit_path,
    dossier_id,
    opened_on,
    accepted_at,
    finished_at,
    closed,
    channel,
    procedure_code,
    field_code,
    handler,
    outcome_province,
    on_time_province,
    outcome_766,
    on_time_766,
    last_received_at,
    simulated,
    events,
    CAST(not(ifNull(greatest(accepted_at, finished_at) >= last_received_at - INTERVAL 40 DAY, 0)), 'UInt8') AS is_gone,
    now() AS stored_at
FROM live.dossier_row;

CREATE VIEW IF NOT EXISTS live.dossier_lately AS SELECT * EXCEPT (events, is_gone, stored_at) FROM live.dossier_lately_row FINAL;

-- For stores that held dossiers before this table was there.
INSERT INTO live.dossier_lately_row
SELECT
    unit_path,
    dossier_id,
    opened_on,
    accepted_at,
    finished_at,
    closed,
    channel,
    procedure_code,
    field_code,
    handler,
    outcome_province,
    on_time_province,
    outcome_766,
    on_time_766,
    last_received_at,
    simulated,
    events,
    0,
    now()
FROM live.dossier
WHERE (SELECT count() FROM live.dossier_lately_row) = 0 AND greatest(accepted_at, finished_at) >= last_received_at - INTERVAL 40 DAY;
