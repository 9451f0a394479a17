SELECT
    *,
    fired_at IS NOT NULL AND state NOT IN ('pending', 'resolved') AND closed_at IS NULL AS is_open,
    -- over before anybody saw it: still in the inbox for a day
    fired_at IS NOT NULL AND state = 'resolved' AND closed_at IS NULL AND acknowledged_at IS NULL AND assignee = '' AND state_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 1 DAY AS is_unsettled,
    multiIf(
        closed_at IS NOT NULL, 'closed',
        shelved_until > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, 'shelved',
        assignee != '', 'assigned',
        acknowledged_at IS NOT NULL, 'acknowledged',
        'unseen'
    ) AS human
FROM alert
WHERE onset_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 366 DAY
