-- Who handed a dossier in and how to reach them, sealed (ingest/clickhouse/applicant/seal.ts): filled only where PERSONAL_KEY is set. `writer` may add and not
-- read, `keeper` may read; a panel query cannot name it. The newest word of a dossier stands, and is gone a year after it came.
CREATE DATABASE IF NOT EXISTS personal;

CREATE TABLE IF NOT EXISTS personal.applicant
(
    unit_path LowCardinality(String),
    dossier_id String,
    received_at DateTime64(3, 'UTC'),
    -- base64 of nonce, text and tag
    sealed String CODEC(NONE)
)
ENGINE = ReplacingMergeTree(received_at)
ORDER BY (unit_path, dossier_id)
TTL toDateTime(received_at) + INTERVAL 1 YEAR;
