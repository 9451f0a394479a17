-- The dossiers of which something happened within forty days before they were folded: what the figures of a day, a week and thirty days are
-- counted from, without looking at all that ever were. What nobody touches for forty days leaves by the server's clock. Nothing in a dossier
-- is younger than its newest event, so whoever asks for the last thirty days is told the same by `live` and `history`.
-- Ordered by the day of opening first: what is written now is mostly young, so the rows of older days need no merging when they are read.
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
    last_observed_at,
    last_received_at,
    simulated
FROM history.dossier;

CREATE TABLE IF NOT EXISTS live.dossier_lately_row
ENGINE = ReplacingMergeTree(events)
ORDER BY (opened_on, unit_path, dossier_id)
TTL stored_at + INTERVAL 40 DAY
SETTINGS index_granularity = 1024, min_age_to_force_merge_seconds = 120
EMPTY AS SELECT *, CAST(0, 'UInt32') AS events, CAST(0, 'DateTime(\'UTC\')') AS stored_at FROM history.dossier_lately;

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
    last_observed_at,
    last_received_at,
    simulated,
    events,
    now() AS stored_at
FROM live.dossier_row
WHERE last_observed_at >= folded_at - INTERVAL 40 DAY;

CREATE VIEW IF NOT EXISTS live.dossier_lately AS SELECT * EXCEPT (events, stored_at) FROM live.dossier_lately_row FINAL;
