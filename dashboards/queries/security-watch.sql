-- One row: minutes since the newest record of any sensor (NULL when there is none in two days), critical alerts of the last hour that no sensor blocked (NULL when no sensor has
-- spoken within it), and the share of the alerts of the last 24 hours without a severity, in percent (NULL of fewer than 20). Reads the current month of the log: about 10 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    if(count() = 0, NULL, intDiv(dateDiff('second', max(observed_at), now_at), 60)) AS silent_min,
    if(countIf(observed_at > now_at - INTERVAL 1 HOUR) = 0, NULL, countIf(type = 'security.alert' AND severity = 4 AND action != 'blocked' AND observed_at > now_at - INTERVAL 1 HOUR)) AS passed_1h,
    if(countIf(type = 'security.alert' AND observed_at > now_at - INTERVAL 1 DAY) < 20, NULL, round(100 * countIf(type = 'security.alert' AND severity = 0 AND observed_at > now_at - INTERVAL 1 DAY) / countIf(type = 'security.alert' AND observed_at > now_at - INTERVAL 1 DAY), 1)) AS unclassified_percent
FROM security_event
WHERE observed_at > now_at - INTERVAL 2 DAY AND observed_at <= now_at
