-- A row is one source as seen in one family and unit: its newest event, its newest reception. Freshness of every figure comes from here.
CREATE TABLE IF NOT EXISTS live.source_state
(
    unit_path LowCardinality(String),
    family LowCardinality(String),
    source LowCardinality(String),
    last_observed_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    last_received_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    simulated SimpleAggregateFunction(max, UInt8)
)
ENGINE = AggregatingMergeTree
ORDER BY (unit_path, family, source)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.source_dossier_mv TO live.source_state AS
SELECT unit_path, 'dossier' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.dossier_event AS e GROUP BY unit_path, source;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.source_link_mv TO live.source_state AS
SELECT unit_path, 'link' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.link_event AS e GROUP BY unit_path, source;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.source_security_mv TO live.source_state AS
SELECT unit_path, 'security' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.security_event AS e GROUP BY unit_path, source;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.source_reading_mv TO live.source_state AS
SELECT unit_path, 'reading' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.reading_event AS e GROUP BY unit_path, source;

CREATE VIEW IF NOT EXISTS live.source AS SELECT * FROM live.source_state FINAL;

CREATE VIEW IF NOT EXISTS history.source AS
SELECT unit_path, 'dossier' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.dossier_event AS e GROUP BY unit_path, source
UNION ALL
SELECT unit_path, 'link' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.link_event AS e GROUP BY unit_path, source
UNION ALL
SELECT unit_path, 'security' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.security_event AS e GROUP BY unit_path, source
UNION ALL
SELECT unit_path, 'reading' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.reading_event AS e GROUP BY unit_path, source;

-- The sources of dossiers alone, so that a figure that asks when they were last heard is not run again for every sample of a link.
CREATE VIEW IF NOT EXISTS live.dossier_source AS SELECT * FROM live.source_state FINAL WHERE family = 'dossier';

CREATE VIEW IF NOT EXISTS history.dossier_source AS
SELECT unit_path, 'dossier' AS family, source, max(observed_at) AS last_observed_at, max(received_at) AS last_received_at, max(e.simulated) AS simulated
FROM log.dossier_event AS e GROUP BY unit_path, source;
