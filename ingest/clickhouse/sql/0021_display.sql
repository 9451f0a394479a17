-- A row is one sign of one screen on a wall: what it draws and when it last drew, or that nobody expects it to any more. Two a minute and screen;
-- instants are UTC, sizes in CSS pixels.
CREATE TABLE IF NOT EXISTS log.display_event
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
    name String CODEC(ZSTD(1)),
    board LowCardinality(String),
    version LowCardinality(String),
    frame_at Nullable(DateTime64(3, 'UTC')),
    opened_at Nullable(DateTime64(3, 'UTC')),
    width Nullable(Float32),
    height Nullable(Float32),
    pixel_ratio Nullable(Float32),
    address String CODEC(ZSTD(1)),
    INDEX received received_at TYPE minmax GRANULARITY 4
)
ENGINE = ReplacingMergeTree(earliest)
PARTITION BY toYYYYMM(observed_at)
ORDER BY (unit_path, observed_at, event_key)
SETTINGS non_replicated_deduplication_window = 10000;

-- The newest sign of each screen.
CREATE TABLE IF NOT EXISTS live.display_state
(
    unit_path LowCardinality(String),
    screen_id String,
    newest SimpleAggregateFunction(max, Tuple(at DateTime64(3, 'UTC'), expected UInt8, name String, board String, version String, frame_at DateTime64(3, 'UTC'), opened_at DateTime64(3, 'UTC'), width Float32, height Float32, pixel_ratio Float32, address String)),
    simulated SimpleAggregateFunction(max, UInt8)
)
ENGINE = AggregatingMergeTree
ORDER BY (unit_path, screen_id)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS live.display_state_mv TO live.display_state AS
SELECT
    unit_path,
    e.subject AS screen_id,
    max((observed_at, toUInt8(e.type = 'display.seen'), e.name, toString(e.board), toString(e.version), ifNull(e.frame_at, toDateTime64(0, 3, 'UTC')), ifNull(e.opened_at, toDateTime64(0, 3, 'UTC')), ifNull(e.width, 0), ifNull(e.height, 0), ifNull(e.pixel_ratio, 0), e.address)) AS newest,
    max(e.simulated) AS simulated
FROM log.display_event AS e
GROUP BY unit_path, screen_id;

-- A row is one screen as it was last heard of; `expected` is 0 when it was switched off or put out.
CREATE VIEW IF NOT EXISTS live.display AS
SELECT
    unit_path,
    screen_id,
    tupleElement(s.newest, 1) AS observed_at,
    tupleElement(s.newest, 2) AS expected,
    tupleElement(s.newest, 3) AS name,
    tupleElement(s.newest, 4) AS board,
    tupleElement(s.newest, 5) AS version,
    tupleElement(s.newest, 6) AS frame_at,
    tupleElement(s.newest, 7) AS opened_at,
    tupleElement(s.newest, 8) AS width,
    tupleElement(s.newest, 9) AS height,
    tupleElement(s.newest, 10) AS pixel_ratio,
    tupleElement(s.newest, 11) AS address,
    simulated
FROM live.display_state AS s FINAL;

CREATE VIEW IF NOT EXISTS history.display AS
SELECT
    unit_path,
    screen_id,
    tupleElement(now.newest, 1) AS observed_at,
    tupleElement(now.newest, 2) AS expected,
    tupleElement(now.newest, 3) AS name,
    tupleElement(now.newest, 4) AS board,
    tupleElement(now.newest, 5) AS version,
    tupleElement(now.newest, 6) AS frame_at,
    tupleElement(now.newest, 7) AS opened_at,
    tupleElement(now.newest, 8) AS width,
    tupleElement(now.newest, 9) AS height,
    tupleElement(now.newest, 10) AS pixel_ratio,
    tupleElement(now.newest, 11) AS address,
    simulated
FROM
(
    SELECT
        unit_path,
        e.subject AS screen_id,
        max((observed_at, toUInt8(e.type = 'display.seen'), e.name, toString(e.board), toString(e.version), ifNull(e.frame_at, toDateTime64(0, 3, 'UTC')), ifNull(e.opened_at, toDateTime64(0, 3, 'UTC')), ifNull(e.width, 0), ifNull(e.height, 0), ifNull(e.pixel_ratio, 0), e.address)) AS newest,
        max(e.simulated) AS simulated
    FROM log.display_event AS e
    GROUP BY unit_path, screen_id
) AS now;

CREATE VIEW IF NOT EXISTS live.display_event AS SELECT * FROM log.display_event FINAL;
CREATE VIEW IF NOT EXISTS history.display_event AS SELECT * FROM log.display_event FINAL;
