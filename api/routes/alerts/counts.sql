-- One row: how many alerts the scope holds, by what the inbox parts them. Cost as list.sql.
SELECT
    countIf(is_open) AS open,
    countIf(is_open AND human = 'unseen') AS unseen,
    countIf(is_open AND severity = 4 AND human != 'shelved') AS critical,
    countIf(is_open AND {actor:String} != '' AND (assignee = {actor:String} OR (assignee = '' AND acknowledged_by = {actor:String}))) AS mine,
    countIf(is_open AND human = 'shelved') AS shelved,
    countIf(is_unsettled) AS resolved_unseen
FROM
(
    {{ standing.sql }}
)
