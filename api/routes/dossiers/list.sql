-- A row is one dossier in the asked state as of {at}, soonest due first; those without a due instant come last. No personal data.
-- Instants are epoch ms (UTC). The page begins after the dossier named by (after_due, after_id).
-- Cost at 2.2 million dossiers: one unit 10–30 ms, the whole province some hundred.
WITH
    toStartOfDay({at:DateTime64(3, 'Asia/Ho_Chi_Minh')}) AS today,
    ifNull(toUnixTimestamp64Milli(d.due_at), 9007199254740991) AS due_rank
SELECT
    d.dossier_id AS dossier_id,
    d.unit_path AS unit_path,
    d.status AS status,
    toUnixTimestamp64Milli(ifNull(d.since, d.last_observed_at)) AS status_at,
    toUnixTimestamp64Milli(d.accepted_at) AS accepted_at,
    toUnixTimestamp64Milli(d.due_at) AS due_at,
    toUnixTimestamp64Milli(d.finished_at) AS finished_at,
    d.procedure_code AS procedure_code,
    d.procedure_name AS procedure_name,
    d.field_name AS field_name,
    d.channel AS channel,
    d.handler_path AS handler_path,
    d.step_holder AS step_holder,
    d.simulated AS simulated
FROM dossier AS d
WHERE
    multiIf(
        {state:String} = 'open', d.status IN (2, 4),
        {state:String} = 'overdue', d.status IN (2, 4) AND d.due_at < {at:DateTime64(3, 'Asia/Ho_Chi_Minh')},
        {state:String} = 'due_soon', d.status IN (2, 4) AND d.due_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AND d.due_at < {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} + INTERVAL 24 HOUR,
        {state:String} = 'paused', d.status IN (5, 6),
        {state:String} = 'received_today', d.accepted_at >= today AND d.accepted_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')},
        {state:String} = 'finished_today', d.finished_at >= today AND d.finished_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')},
        0
    )
    AND (due_rank, d.dossier_id) > (toInt64({after_due:Float64}), {after_id:String})
ORDER BY due_rank, d.dossier_id
LIMIT {page:UInt16}
