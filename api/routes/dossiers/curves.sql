-- A row is one procedure with what became of its dossiers: of {procedure} (all when empty) and {unit_path} (all below the scope when empty), those
-- that were promised for before {at}; as 21 numbers, how many ended in each twentieth of their time, and how many late or not yet. The
-- words are those of ingest/dossier/forecast.ts. Numbers of the last two years, and those that hold no day: what was usual before says
-- little. A paused one is left out: it is promised anew when it goes on. Reads four columns of all dossiers of two years.
SELECT
    toString(procedure_code) AS procedure_code,
    arrayStringConcat(countResample(0, 21, 1)(fate), ',') AS fates
FROM
(
    SELECT
        procedure_code,
        if(
            ended_ms <= due_ms,
            greatest(0, least(intDiv(20 * (ended_ms - accepted_ms), due_ms - accepted_ms), 19)),
            20
        ) AS fate
    FROM
    (
        SELECT
            procedure_code,
            toUnixTimestamp64Milli(assumeNotNull(d.accepted_at)) AS accepted_ms,
            toUnixTimestamp64Milli(assumeNotNull(d.due_at)) AS due_ms,
            ifNull(toUnixTimestamp64Milli(d.finished_at), 9007199254740991) AS ended_ms
        FROM dossier AS d
        WHERE d.due_at < {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}
            AND d.accepted_at < d.due_at
            AND d.clock != 'paused'
            AND (d.opened_on >= toDate({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}) - 730 OR d.opened_on = '1970-01-01')
            AND ({procedure:String} = '' OR procedure_code = {procedure:String})
            AND ({unit_path:String} = '' OR unit_path = {unit_path:String})
    )
)
GROUP BY procedure_code
ORDER BY procedure_code
LIMIT 10000
