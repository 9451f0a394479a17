-- A row is one figure that stands: the newest entry of a unit, metric and period. One that was taken back is none. There are some thousands
-- a year, so `live` folds them too. A tuple, because an aggregate would pass over a value that is NULL.
CREATE VIEW IF NOT EXISTS entry AS
SELECT
    unit_path,
    metric,
    period,
    assumeNotNull(tupleElement(newest, 1)) AS value,
    tupleElement(newest, 2) AS entered_by,
    tupleElement(newest, 3) AS note,
    tupleElement(newest, 4) AS entered_at,
    tupleElement(newest, 5) AS simulated
FROM
(
    SELECT
        unit_path,
        metric,
        period,
        argMax((e.value, toString(e.actor), e.note, e.observed_at, e.simulated), (e.observed_at, e.event_key)) AS newest
    FROM entry_event AS e
    GROUP BY unit_path, metric, period
)
WHERE isNotNull(tupleElement(newest, 1));
