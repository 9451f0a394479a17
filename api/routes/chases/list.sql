-- A row is one chase with where it stands at {at}, the escalated first, then the newest. Escalated is one whose deadline has passed without an
-- answer: time alone makes it so. Instants are epoch ms (UTC). Cost: all chases are folded, some thousands a year.
SELECT
    c.chase_id AS chase_id,
    toString(c.unit_path) AS unit_path,
    multiIf(
        c.closed_at IS NOT NULL, 'closed',
        c.answered_at IS NOT NULL, 'answered',
        c.deadline_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, 'escalated',
        c.acknowledged_at IS NOT NULL, 'acknowledged',
        'sent'
    ) AS state,
    toJSONString(c.dossier_ids) AS dossier_ids,
    c.text AS text,
    toUnixTimestamp64Milli(c.sent_at) AS sent_at,
    c.sent_by AS sent_by,
    toUnixTimestamp64Milli(c.deadline_at) AS deadline_at,
    toUnixTimestamp64Milli(c.acknowledged_at) AS acknowledged_at,
    c.acknowledged_by AS acknowledged_by,
    toUnixTimestamp64Milli(c.answered_at) AS answered_at,
    c.answered_by AS answered_by,
    c.answer AS answer,
    toUnixTimestamp64Milli(c.closed_at) AS closed_at,
    toString(k.closed_by) AS closed_by,
    c.simulated AS simulated
FROM chase AS c
LEFT JOIN
(
    SELECT unit_path, chase_id, argMin(toString(actor), observed_at) AS closed_by
    FROM chase_event
    WHERE type = 'chase.closed'
    GROUP BY unit_path, chase_id
) AS k ON k.unit_path = c.unit_path AND k.chase_id = c.chase_id
WHERE ({chase:String} = '' OR c.chase_id = {chase:String})
    AND ({dossier:String} = '' OR has(c.dossier_ids, {dossier:String}))
    AND ({state:String} = '' OR state = {state:String})
ORDER BY state = 'escalated' DESC, c.sent_at DESC, c.chase_id
LIMIT {page:UInt16}
