-- A row is one alert that is not resolved, pending ones too, as it stands. Instants are epoch ms (UTC). Alerts whose onset lies further back than a year are left out.
SELECT
    alert_id,
    toString(unit_path) AS unit_path,
    rule,
    labels,
    state,
    toUnixTimestamp64Milli(a.state_at) AS since,
    severity,
    toUnixTimestamp64Milli(a.onset_at) AS onset,
    toUnixTimestamp64Milli(a.fired_at) AS fired,
    value,
    text
FROM alert AS a
WHERE a.state != 'resolved' AND a.onset_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 366 DAY
