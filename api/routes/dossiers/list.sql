-- Which dossiers of filter.sql stand on a page: a row is the key of one, in the asked order; those without the instant that orders come
-- last. `total` is the number of all, whatever the page, which begins after (after_rank, after_text, after_unit, after_id):
-- several units may use the same number. What is said of them is listed.sql: most columns are read of the rows of the page alone. `$instant`
-- and `$text` are what it is ordered by (queries.ts): a column that a query names is read, whatever its parameters say.
WITH {descending:UInt8} = 1 AS is_descending
SELECT
    unit_path,
    dossier_id,
    toString(opened_on) AS opened_on,
    rank,
    text,
    total
FROM
(
    SELECT
        unit_path,
        dossier_id,
        opened_on,
        ifNull(toUnixTimestamp64Milli($instant), if(is_descending, -1, 9007199254740991)) AS rank,
        toString($text) AS text,
        count() OVER () AS total
    FROM
    (
        {{ filter.sql }}
    )
)
WHERE {after_id:String} = ''
    OR if(is_descending, (rank, text) < ({after_rank:Float64}, {after_text:String}), (rank, text) > ({after_rank:Float64}, {after_text:String}))
    OR ((rank, text) = ({after_rank:Float64}, {after_text:String}) AND (unit_path, dossier_id) > ({after_unit:String}, {after_id:String}))
ORDER BY
    if(is_descending, 0, rank),
    if(is_descending, rank, 0) DESC,
    if(is_descending, '', text),
    if(is_descending, text, '') DESC,
    unit_path,
    dossier_id
LIMIT {page:UInt16}
