-- One row a measured part of the devices at the scope's own place (its data centre): how much of it is used, in per cent, the fullest first. `label` is the series, `group` what is measured, `name` where: a device that is polled names its part, `mail RAM`. A reading that is older than `fresh_s`
-- seconds has no value: NULL, last. One row a series is read: 5 ms.
SELECT
    subject AS label,
    toString(metric) AS group,
    multiIf(place = '', subject, endsWith(subject, concat('/', place)), concat(left(subject, -1 - length(place)), ' ', place), toString(place)) AS name,
    if(observed_at < {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32}), NULL, value) AS value
FROM reading
WHERE unit_path = {scope:String}
    AND metric IN ('device.cpu', 'device.memory', 'device.disk', 'ups.load')
    AND observed_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 1 DAY
ORDER BY isNull(value), value DESC, label
LIMIT 50
