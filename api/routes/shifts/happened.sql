-- One row: what became of the scope's alerts since an instant (epoch ms), and how many are open. Cost as the list of alerts.
WITH fromUnixTimestamp64Milli(toInt64({since:Float64}), 'UTC') AS since_at
SELECT
    countIf(fired_at >= since_at) AS fired,
    countIf(acknowledged_at >= since_at OR assigned_at >= since_at) AS acknowledged,
    countIf(state = 'resolved' AND fired_at IS NOT NULL AND state_at >= since_at) AS resolved,
    countIf(is_open) AS open,
    countIf(is_open AND human = 'unseen') AS unseen
FROM
(
    {{ ../alerts/standing.sql }}
)
