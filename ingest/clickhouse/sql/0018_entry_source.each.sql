-- A row is one figure that stands, as in 0015_entry_view.each.sql, and `source` says who sent it: the product itself for what was entered by hand.
CREATE OR REPLACE VIEW entry AS
SELECT
    unit_path,
    metric,
    period,
    assumeNotNull(tupleElement(newest, 1)) AS value,
    tupleElement(newest, 2) AS entered_by,
    tupleElement(newest, 3) AS note,
    tupleElement(newest, 4) AS entered_at,
    tupleElement(newest, 5) AS simulated,
    tupleElement(newest, 6) AS source
FROM
(
    SELECT
        unit_path,
        metric,
        period,
        argMax((e.value, toString(e.actor), e.note, e.observed_at, e.simulated, toString(e.source)), (e.observed_at, e.event_key)) AS newest
    FROM entry_event AS e
    GROUP BY unit_path, metric, period
)
WHERE isNotNull(tupleElement(newest, 1));
