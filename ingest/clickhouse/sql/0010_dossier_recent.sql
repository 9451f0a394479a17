-- What happened to dossiers lately, by time: the log itself is ordered by unit, so its newest events lie in every part of it. Holds
-- events other than inner steps that were seen within three days of happening, for forty days from when they were stored (by the
-- server's clock: a drill's clock may stand in another year). Repeats collapse as in the log.
CREATE TABLE IF NOT EXISTS live.dossier_recent_event
(
    observed_at DateTime64(3, 'UTC'),
    unit_path LowCardinality(String),
    event_key UUID,
    received_at DateTime64(3, 'UTC'),
    earliest UInt64,
    type LowCardinality(String),
    dossier_id String CODEC(ZSTD(1)),
    status UInt8,
    procedure_name LowCardinality(String),
    field_name LowCardinality(String),
    simulated UInt8,
    stored_at DateTime('UTC') DEFAULT now()
)
ENGINE = ReplacingMergeTree(earliest)
PARTITION BY toYYYYMM(observed_at)
ORDER BY (observed_at, unit_path, event_key)
TTL stored_at + INTERVAL 40 DAY
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.dossier_recent_mv TO live.dossier_recent_event AS
SELECT
    observed_at,
    unit_path,
    event_key,
    received_at,
    18446744073709551615 - toUInt64(toUnixTimestamp64Milli(received_at)) AS earliest,
    type,
    dossier_id,
    status,
    procedure_name,
    field_name,
    simulated
FROM log.dossier_event
WHERE type != 'dossier.step' AND observed_at >= received_at - INTERVAL 3 DAY;

CREATE VIEW IF NOT EXISTS live.dossier_recent AS
SELECT observed_at, unit_path, event_key, received_at, type, dossier_id, status, procedure_name, field_name, simulated
FROM live.dossier_recent_event FINAL;

CREATE VIEW IF NOT EXISTS history.dossier_recent AS
SELECT observed_at, unit_path, event_key, received_at, type, dossier_id, status, procedure_name, field_name, simulated
FROM log.dossier_event FINAL
WHERE type != 'dossier.step' AND observed_at >= received_at - INTERVAL 3 DAY;
