-- One row a category with alerts in the last 24 hours, most first: how many; `-` where the sensor named none. Reads a day of the log: about 10 ms.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    if(e.category = '', '-', toString(e.category)) AS label,
    count() AS value
FROM security_event AS e
WHERE type = 'security.alert' AND observed_at >= now_at - INTERVAL 24 HOUR AND observed_at <= now_at
GROUP BY label
ORDER BY value DESC, label
LIMIT 30
