-- One row a series that was read in the last seven days: what it measures, the unit it belongs to, where it is read (its name, where nobody says), and its newest
-- value, in the unit of dashboards/measures. A reading that is older than `fresh_s` seconds has none: NULL. Rules that
-- look at one metric name it in `where`: asked for all at once, they share one answer. One row a series is read: 5 ms.
SELECT
    subject,
    toString(metric) AS metric,
    splitByChar('/', unit_path)[-2] AS unit,
    if(r.place = '', subject, toString(r.place)) AS place,
    if(observed_at < {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32}), NULL, r.value) AS value
FROM reading AS r
WHERE ({metrics:String} = '' OR has(splitByChar(',', {metrics:String}), toString(r.metric)))
    AND observed_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 7 DAY
ORDER BY unit, metric, subject
LIMIT 10000
