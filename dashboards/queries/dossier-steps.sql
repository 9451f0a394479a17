-- Three rows, each a part of the one before: the dossiers accepted in the last `days` days (refused ones left out), those of them that are finished, and those finished before their promised day by the provincial rule or by rule 766 (`rules`), named as
-- the states of the desk's lists. NULL while none was accepted. 12 ms; beyond thirty days as online-by-unit.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    now_at - toIntervalDay({days:UInt8}) AS from_at
SELECT
    ['received', 'finished', 'finished_early'][step + 1] AS label,
    if(counts[1] = 0, NULL, counts[step + 1]) AS value
FROM
(
    SELECT [count(), countIf(startsWith(outcome, 'finished')), countIf(outcome = 'finished_early')] AS counts
    FROM
    (
        SELECT if({rules:String} = '766', outcome_766, outcome_province) AS outcome
        FROM dossier_lately
        WHERE {days:UInt8} <= 30 AND accepted_at >= from_at AND accepted_at <= now_at AND outcome_province NOT IN ('rejected', 'waiting', 'unknown')
        UNION ALL
        SELECT if({rules:String} = '766', outcome_766, outcome_province) AS outcome
        FROM dossier
        WHERE {days:UInt8} > 30 AND (opened_on >= toDate(from_at) - 90 OR opened_on < toDate('1971-01-01')) AND accepted_at >= from_at AND accepted_at <= now_at AND outcome_province NOT IN ('rejected', 'waiting', 'unknown')
    )
)
ARRAY JOIN range(3) AS step
ORDER BY step
LIMIT 3
