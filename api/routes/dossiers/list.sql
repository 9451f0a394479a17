-- A row is one dossier of filter.sql, in the asked order; those without the instant that orders come last. `total` is the number of all,
-- whatever the page. No personal data. Instants are epoch ms (UTC). The page begins after (after_rank, after_text, after_id).
WITH
    {sort:String} AS sort,
    {descending:UInt8} = 1 AS is_descending
SELECT
    dossier_id,
    unit_path,
    status,
    toUnixTimestamp64Milli(d.since) AS since,
    outcome,
    toUnixTimestamp64Milli(d.accepted_at) AS accepted_at,
    toUnixTimestamp64Milli(d.due_at) AS due_at,
    toUnixTimestamp64Milli(d.first_due_at) AS first_due_at,
    toUnixTimestamp64Milli(d.finished_at) AS finished_at,
    toUnixTimestamp64Milli(d.returned_at) AS returned_at,
    supplement_requests,
    procedure_code,
    procedure_name,
    field_code,
    field_name,
    channel,
    handler_path,
    handler,
    step_holder,
    simulated,
    rank,
    text,
    total
FROM
(
    SELECT
        *,
        ifNull(toUnixTimestamp64Milli(multiIf(sort = 'due', due_at, sort = 'accepted', accepted_at, sort = 'finished', finished_at, NULL)), if(is_descending, -1, 9007199254740991)) AS rank,
        multiIf(sort = 'unit', toString(unit_path), sort = 'procedure', toString(procedure_name), '') AS text,
        count() OVER () AS total
    FROM
    (
        {{ filter.sql }}
    )
) AS d
WHERE {after_id:String} = ''
    OR if(is_descending, (rank, text) < ({after_rank:Float64}, {after_text:String}), (rank, text) > ({after_rank:Float64}, {after_text:String}))
    OR ((rank, text) = ({after_rank:Float64}, {after_text:String}) AND dossier_id > {after_id:String})
ORDER BY
    if(is_descending, 0, rank),
    if(is_descending, rank, 0) DESC,
    if(is_descending, '', text),
    if(is_descending, text, '') DESC,
    dossier_id
LIMIT {page:UInt16}
