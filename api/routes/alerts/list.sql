-- A row is one alert as it stands at {at}, the gravest and nobody's first; `total` is of all that are asked for, whatever the page. Open is what fired, is not
-- resolved and not closed. Instants are epoch ms (UTC). Alerts whose onset lies further back than a year are left out. Some thousands are folded: 20 ms.
SELECT
    alert_id,
    toString(unit_path) AS unit_path,
    rule,
    labels,
    state,
    toUnixTimestamp64Milli(a.state_at) AS since,
    severity,
    human,
    toUnixTimestamp64Milli(a.onset_at) AS onset,
    toUnixTimestamp64Milli(a.fired_at) AS fired,
    trigger_value,
    value,
    text,
    toUnixTimestamp64Milli(a.acknowledged_at) AS acknowledged,
    acknowledged_by,
    assignee,
    toUnixTimestamp64Milli(a.assigned_at) AS assigned,
    toUnixTimestamp64Milli(a.shelved_until) AS shelved,
    shelved_by,
    shelved_why,
    toUnixTimestamp64Milli(a.closed_at) AS closed,
    closed_by,
    closed_why,
    toUnixTimestamp64Milli(a.notified_at) AS notified,
    notified_to,
    notified_reason,
    level,
    simulated,
    count() OVER () AS total
FROM
(
    {{ standing.sql }}
) AS a
WHERE ({ids:String} = '[]' OR alert_id IN JSONExtract({ids:String}, 'Array(String)'))
    AND ({ids:String} != '[]' OR multiIf({which:String} = 'open', is_open, {which:String} = 'unsettled', is_open OR is_unsettled, {which:String} = 'pending', a.state = 'pending', {which:String} = 'resolved', a.state = 'resolved' AND a.fired_at IS NOT NULL, a.fired_at IS NOT NULL OR a.state = 'pending'))
    AND ({human:String} = '' OR has(splitByChar(',', {human:String}), human))
    AND ({severity:String} = '' OR has(splitByChar(',', {severity:String}), toString(severity)))
    AND ({rules:String} = '' OR has(splitByChar(',', {rules:String}), rule))
    AND ({owner:String} = '' OR if({owner:String} = 'nobody', assignee = '' AND a.acknowledged_at IS NULL, assignee = {owner:String} OR (assignee = '' AND acknowledged_by = {owner:String})))
    AND ({q:String} = '' OR positionCaseInsensitiveUTF8(concatWithSeparator(' ', alert_id, rule, labels, text, assignee), {q:String}) > 0)
    AND ({own:UInt8} = 0 OR unit_path = {scope:String})
ORDER BY is_open DESC, human = 'shelved', severity DESC, human = 'unseen' DESC, a.onset_at DESC, alert_id
LIMIT {page:UInt16}
