-- A row is one event of one dossier. Instants are UTC. Repeats share the sorting key and collapse; the earliest reception is kept,
-- because "what was known at" must not move when a source sends again.
-- All events of a dossier lie together, in one partition: `opened_on` is read from its number, and never changes. A quarter a partition
-- and not a month, because one insert of a working day brings events of dossiers of several months, and makes a part for each.
-- `received` and `observed` find what was received, or happened, in a span: dossiers of one time lie near each other.
CREATE TABLE IF NOT EXISTS log.dossier_event
(
    unit_path LowCardinality(String),
    observed_at DateTime64(3, 'UTC'),
    event_key UUID,
    received_at DateTime64(3, 'UTC'),
    earliest UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Milli(received_at)),
    id String CODEC(ZSTD(1)),
    source LowCardinality(String),
    type LowCardinality(String),
    subject String CODEC(ZSTD(1)),
    unit LowCardinality(String),
    simulated UInt8,
    dossier_id String CODEC(ZSTD(1)),
    opened_on Date,
    status UInt8,
    due_at Nullable(DateTime64(3, 'UTC')),
    procedure_code LowCardinality(String),
    procedure_name LowCardinality(String),
    field_code LowCardinality(String),
    field_name LowCardinality(String),
    channel UInt8,
    applicant_kind UInt8,
    handler_path LowCardinality(String),
    handler LowCardinality(String),
    step_holder LowCardinality(String),
    attributes String CODEC(ZSTD(1)),
    INDEX received received_at TYPE minmax GRANULARITY 1,
    INDEX observed observed_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(earliest)
PARTITION BY toStartOfQuarter(opened_on)
ORDER BY (unit_path, dossier_id, event_key)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 2048;

CREATE VIEW IF NOT EXISTS live.dossier_event AS SELECT * FROM log.dossier_event FINAL;
CREATE VIEW IF NOT EXISTS history.dossier_event AS SELECT * FROM log.dossier_event FINAL;
