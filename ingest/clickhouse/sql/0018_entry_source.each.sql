-- A row is one figure that stands, as in 0015_entry_view.each.sql, and `source` says who sent it: the product itself for what was entered by hand.
-- `first_day` and `last_day` are those of its period; `period_rank` orders periods by their ends, of two that end together the longer one after the shorter.
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
    tupleElement(newest, 6) AS source,
    makeDate(
        toUInt16(substring(period, 1, 4)),
        multiIf(substring(period, 6, 2) = 'H2', 7, substring(period, 6, 1) = 'Q', 3 * toUInt8OrZero(substring(period, 7, 1)) - 2, match(period, '^[0-9]{4}-[0-9]'), toUInt8OrZero(substring(period, 6, 2)), 1),
        if(length(period) = 10, toUInt8OrZero(substring(period, 9, 2)), 1)
    ) AS first_day,
    multiIf(length(period) = 10, first_day, length(period) = 4, addMonths(first_day, 12) - 1, substring(period, 6, 1) = 'H', addMonths(first_day, 6) - 1, substring(period, 6, 1) = 'Q', addMonths(first_day, 3) - 1, addMonths(first_day, 1) - 1) AS last_day,
    toUInt32(last_day) * 65536 + 65535 - toUInt32(first_day) AS period_rank
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
