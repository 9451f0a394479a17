-- Up to 30 rows, newest first: slips (đôn đốc) to units below the scope within the last 30 days: how many dossiers, when it was sent, until when an answer is expected, and how it stands: closed, answered, late (no answer by the deadline), acknowledged or
-- sent. `as_of` is its newest word. Instants are epoch milliseconds. 5 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    toString(chase_id) AS id,
    splitByChar('/', toString(unit_path))[-2] AS unit,
    length(dossier_ids) AS dossiers,
    toUnixTimestamp64Milli(c.sent_at) AS sent_at,
    toUnixTimestamp64Milli(c.deadline_at) AS deadline_at,
    multiIf(isNotNull(c.closed_at), 'closed', isNotNull(c.answered_at), 'answered', c.deadline_at < now_at, 'late', isNotNull(c.acknowledged_at), 'acknowledged', 'sent') AS stands,
    toUnixTimestamp64Milli(arrayMax([c.sent_at, ifNull(c.acknowledged_at, c.sent_at), ifNull(c.answered_at, c.sent_at), ifNull(c.closed_at, c.sent_at)])) AS as_of
FROM chase AS c
WHERE c.sent_at >= now_at - INTERVAL 30 DAY AND c.sent_at <= now_at
ORDER BY c.sent_at DESC, id
LIMIT 30
