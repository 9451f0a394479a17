-- A row is one alert that has fired and is open, or (with {lately_s}) was over lately and had been told of, or is one of {ids}. Instants are epoch ms (UTC).
-- Cost: a year of alerts is folded, some milliseconds a thousand.
SELECT
    alert_id,
    toString(unit_path) AS unit_path,
    rule,
    labels,
    state,
    toUnixTimestamp64Milli(a.state_at) AS since_at,
    severity,
    toUnixTimestamp64Milli(a.onset_at) AS onset,
    toUnixTimestamp64Milli(assumeNotNull(a.fired_at)) AS fired,
    value,
    text,
    toUInt8(a.acknowledged_at IS NOT NULL) AS acknowledged,
    assignee,
    toUnixTimestamp64Milli(a.shelved_until) AS shelved,
    toUInt8(a.closed_at IS NOT NULL) AS closed
FROM alert AS a
WHERE a.onset_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 400 DAY
    AND a.fired_at IS NOT NULL
    AND multiIf(
        {ids:String} != '', has(JSONExtract({ids:String}, 'Array(String)'), alert_id),
        a.state != 'resolved', 1,
        a.state_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL {lately_s:UInt32} SECOND AND a.notified_at IS NOT NULL
    )
ORDER BY a.onset_at, alert_id
LIMIT 50000
