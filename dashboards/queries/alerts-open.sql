-- One row an open alert: it fired, is not resolved, not closed and not shelved; the gravest first, of these nobody's, then the newest. `kind` is its rule,
-- `since` when its condition came true (epoch ms), `owner` whom it was given to or who acknowledged it, `total` how many there are in all, whatever number of
-- rows is given; `value` of one that recovers is the one that it was about. Some thousands of alerts are folded: 20 ms.
SELECT
    alert_id AS id,
    toUInt8(severity) AS severity,
    toString(rule) AS kind,
    splitByChar('/', unit_path)[-2] AS unit,
    toUnixTimestamp64Milli(onset_at) AS since,
    if(state = 'recovering', trigger_value, value) AS value,
    NULL::Nullable(UInt64) AS count,
    text,
    if(assignee = '', acknowledged_by, assignee) AS owner,
    state,
    toUnixTimestamp64Milli(assumeNotNull(fired_at)) AS fired,
    count() OVER () AS total
FROM alert
WHERE onset_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 366 DAY
    AND fired_at IS NOT NULL AND state NOT IN ('pending', 'resolved') AND closed_at IS NULL
    AND NOT ifNull(shelved_until > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}, 0)
ORDER BY severity DESC, owner = '' DESC, onset_at DESC, id
LIMIT 200
