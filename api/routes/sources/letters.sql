-- A row is one dead letter of those asked for, the newest first; `total` and `open_total` are how many there are and how many were not mended, whatever
-- the page. Instants are epoch ms. Dead letters are few and kept for 90 days: some milliseconds.
SELECT
    toString(letter_key) AS id,
    toString(unit_path) AS unit_path,
    toUnixTimestamp64Milli(received_at) AS received,
    entry,
    source,
    code,
    reason,
    payload,
    simulated,
    toUnixTimestamp64Milli(mended_at) AS mended,
    count() OVER () AS total,
    countIf(mended_at IS NULL) OVER () AS open_total
FROM
{{ letters-filter.sql }}
WHERE {state:String} = '' OR (mended_at IS NULL) = ({state:String} = 'open')
ORDER BY received DESC, id
LIMIT {page:UInt16}
