-- A row is one event of one chase (đôn đốc): a unit is asked about dossiers, has read it, has answered; it is closed. Instants are UTC.
CREATE TABLE IF NOT EXISTS log.chase_event
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
    chase_id String CODEC(ZSTD(1)),
    actor LowCardinality(String),
    text String CODEC(ZSTD(1)),
    dossier_ids Array(String) CODEC(ZSTD(1)),
    deadline_at Nullable(DateTime64(3, 'UTC')),
    INDEX received received_at TYPE minmax GRANULARITY 4
)
ENGINE = ReplacingMergeTree(earliest)
PARTITION BY toYYYYMM(observed_at)
ORDER BY (unit_path, observed_at, event_key)
SETTINGS non_replicated_deduplication_window = 10000;

-- A row is one chase, folded from its events: what was asked first, and the first time each answer came. There are some thousands a
-- year, so `live` folds them too. One that was never sent is none.
CREATE VIEW IF NOT EXISTS live.chase AS
SELECT
    unit_path,
    chase_id,
    minIf(e.observed_at, e.type = 'chase.sent') AS sent_at,
    argMinIf(toString(e.actor), e.observed_at, e.type = 'chase.sent') AS sent_by,
    argMinIf(e.text, e.observed_at, e.type = 'chase.sent') AS text,
    argMinIf(e.dossier_ids, e.observed_at, e.type = 'chase.sent') AS dossier_ids,
    argMinIf(assumeNotNull(e.deadline_at), e.observed_at, e.type = 'chase.sent') AS deadline_at,
    if(countIf(e.type = 'chase.acknowledged') = 0, NULL, minIf(e.observed_at, e.type = 'chase.acknowledged')) AS acknowledged_at,
    argMinIf(toString(e.actor), e.observed_at, e.type = 'chase.acknowledged') AS acknowledged_by,
    if(countIf(e.type = 'chase.answered') = 0, NULL, minIf(e.observed_at, e.type = 'chase.answered')) AS answered_at,
    argMinIf(toString(e.actor), e.observed_at, e.type = 'chase.answered') AS answered_by,
    argMinIf(e.text, e.observed_at, e.type = 'chase.answered') AS answer,
    if(countIf(e.type = 'chase.closed') = 0, NULL, minIf(e.observed_at, e.type = 'chase.closed')) AS closed_at,
    max(e.simulated) AS simulated
FROM log.chase_event AS e FINAL
GROUP BY unit_path, chase_id
HAVING countIf(e.type = 'chase.sent') > 0;

CREATE VIEW IF NOT EXISTS history.chase AS
SELECT
    unit_path,
    chase_id,
    minIf(e.observed_at, e.type = 'chase.sent') AS sent_at,
    argMinIf(toString(e.actor), e.observed_at, e.type = 'chase.sent') AS sent_by,
    argMinIf(e.text, e.observed_at, e.type = 'chase.sent') AS text,
    argMinIf(e.dossier_ids, e.observed_at, e.type = 'chase.sent') AS dossier_ids,
    argMinIf(assumeNotNull(e.deadline_at), e.observed_at, e.type = 'chase.sent') AS deadline_at,
    if(countIf(e.type = 'chase.acknowledged') = 0, NULL, minIf(e.observed_at, e.type = 'chase.acknowledged')) AS acknowledged_at,
    argMinIf(toString(e.actor), e.observed_at, e.type = 'chase.acknowledged') AS acknowledged_by,
    if(countIf(e.type = 'chase.answered') = 0, NULL, minIf(e.observed_at, e.type = 'chase.answered')) AS answered_at,
    argMinIf(toString(e.actor), e.observed_at, e.type = 'chase.answered') AS answered_by,
    argMinIf(e.text, e.observed_at, e.type = 'chase.answered') AS answer,
    if(countIf(e.type = 'chase.closed') = 0, NULL, minIf(e.observed_at, e.type = 'chase.closed')) AS closed_at,
    max(e.simulated) AS simulated
FROM log.chase_event AS e FINAL
GROUP BY unit_path, chase_id
HAVING countIf(e.type = 'chase.sent') > 0;

CREATE VIEW IF NOT EXISTS live.chase_event AS SELECT * FROM log.chase_event FINAL;
CREATE VIEW IF NOT EXISTS history.chase_event AS SELECT * FROM log.chase_event FINAL;
