-- One row: what 2.1 of the index 766 counts. `judged` are the dossiers with a promise (or more than one request for papers) that ended on a day from
-- {from} to {to} or are open at {at}, `kept` those of them in time by rule 766. Of the open ones, how many are overdue, how many due within
-- 24 hours. Ended ones are kept counts by local day; 15 ms at two million.
SELECT
    toFloat64(closed.1 + open.1) AS judged,
    toFloat64(closed.2 + open.2) AS kept,
    toFloat64(open.3) AS overdue,
    toFloat64(open.4) AS due_soon
FROM
(
    SELECT
    (
        SELECT (sum(judged), sum(kept))
        FROM dossier_tally
        ARRAY JOIN groups.key AS day, groups.judged_766 AS judged, groups.kept_766 AS kept
        WHERE dimension = 'finished_on' AND day >= {from:String} AND day <= {to:String}
    ) AS closed,
    (
        SELECT (countIf(is_judged), countIf(is_judged AND NOT is_overdue), countIf(is_overdue), countIf(NOT is_overdue AND is_soon))
        FROM
        (
            SELECT
                isNotNull(due_at) OR supplement_requests > 1 AS is_judged,
                ifNull(overdue_from_766 <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, false) AS is_overdue,
                outcome_766 = 'open' AND ifNull(soon_from_766 <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, false) AS is_soon
            FROM dossier_open
            WHERE clock IN ('running', 'paused')
        )
    ) AS open
)
LIMIT 1
