-- A row is one dossier that ended from {from} to before {to}, or was accepted then and is open, with what findings are made of, and when its
-- present finish was first heard of. Unit by unit, so that one at a time is held. Instants are epoch ms (UTC). Indexes of both tables find the
-- span; what is read of the log are the endings in it.
SELECT
    toString(d.unit_path) AS unit_path,
    d.dossier_id AS dossier_id,
    toString(d.closed) AS closed,
    toUnixTimestamp64Milli(d.finished_at) AS finished_at,
    toUnixTimestamp64Milli(d.due_at) AS due_at,
    toUnixTimestamp64Milli(d.first_received_at) AS first_received_at,
    if(empty(d.pauses), NULL, toUnixTimestamp64Milli(d.pauses[-1].from)) AS pause_from,
    if(empty(d.pauses), NULL, toUnixTimestamp64Milli(d.pauses[-1].to)) AS pause_to,
    d.supplement_requests AS supplement_requests,
    if(heard.heard_at = 0, NULL, heard.heard_at) AS finish_heard_at
FROM dossier AS d
LEFT JOIN
(
    SELECT unit_path, dossier_id, observed_at, toUnixTimestamp64Milli(min(received_at)) AS heard_at
    FROM dossier_event
    WHERE status IN (3, 7, 8, 9, 10)
        AND observed_at >= fromUnixTimestamp64Milli(toInt64({from:Float64}), 'UTC')
        AND observed_at < fromUnixTimestamp64Milli(toInt64({to:Float64}), 'UTC')
    GROUP BY unit_path, dossier_id, observed_at
) AS heard ON heard.unit_path = d.unit_path AND heard.dossier_id = d.dossier_id AND heard.observed_at = assumeNotNull(d.finished_at)
WHERE d.accepted_at IS NOT NULL
    AND d.closed != 'rejected'
    AND d.clock NOT IN ('waiting', 'unknown')
    AND (
        (d.finished_at >= fromUnixTimestamp64Milli(toInt64({from:Float64}), 'UTC') AND d.finished_at < fromUnixTimestamp64Milli(toInt64({to:Float64}), 'UTC'))
        OR (d.finished_at IS NULL AND d.accepted_at >= fromUnixTimestamp64Milli(toInt64({from:Float64}), 'UTC') AND d.accepted_at < fromUnixTimestamp64Milli(toInt64({to:Float64}), 'UTC'))
    )
ORDER BY d.unit_path
