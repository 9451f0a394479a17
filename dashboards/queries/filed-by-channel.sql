-- Three rows: of the dossiers accepted in the last `days` days whose way of filing is known, the share filed online, at the desk and by
-- post, in percent (NULL when there are none), how many they are, and the code of the channel. 12 ms; beyond thirty days as
-- online-by-unit.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    now_at - toIntervalDay({days:UInt8}) AS from_at
SELECT
    ['online', 'desk', 'post'][way + 1] AS label,
    if(known = 0, NULL, round(100 * counts[way + 1] / known, 1)) AS value,
    counts[way + 1] AS dossiers,
    [2, 1, 3][way + 1] AS channel
FROM
(
    SELECT countIf(channel BETWEEN 1 AND 3) AS known, [countIf(channel = 2), countIf(channel = 1), countIf(channel = 3)] AS counts
    FROM
    (
        SELECT channel
        FROM dossier_lately
        WHERE {days:UInt8} <= 30 AND accepted_at >= from_at AND accepted_at <= now_at AND outcome_province NOT IN ('rejected', 'waiting', 'unknown')
        UNION ALL
        SELECT channel
        FROM dossier
        WHERE {days:UInt8} > 30 AND (opened_on >= toDate(from_at) - 90 OR opened_on < toDate('1971-01-01')) AND accepted_at >= from_at AND accepted_at <= now_at AND outcome_province NOT IN ('rejected', 'waiting', 'unknown')
    )
)
ARRAY JOIN range(3) AS way
ORDER BY way
LIMIT 3
