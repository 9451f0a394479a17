-- A row is one rule and when it last moved an alert; the row without a rule says up to when all rules were evaluated. Epoch ms (UTC); 30 days are read.
SELECT toString(e.rule) AS rule, toUnixTimestamp64Milli(max(e.observed_at)) AS moved
FROM alert_event AS e
WHERE e.type IN ('alert.pending', 'alert.firing', 'alert.recovering', 'alert.no_data', 'alert.error', 'alert.resolved', 'alert.evaluated')
    AND e.observed_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 30 DAY
GROUP BY rule
