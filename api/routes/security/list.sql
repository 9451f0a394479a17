-- A row is one alert of a security sensor up to {at}, newest first; `total` is how many there are of those asked for, whatever the page.
-- Instants are epoch ms (UTC). Reads the asked-for span of the log: 10 ms a day.
SELECT
    toString(event_key) AS id,
    toString(unit_path) AS unit_path,
    toUnixTimestamp64Milli(e.observed_at) AS seen_at,
    severity,
    toString(category) AS category,
    signature,
    asset,
    toString(action) AS action,
    toString(source) AS source,
    simulated,
    count() OVER () AS total
FROM security_event AS e
WHERE type = 'security.alert'
    AND e.observed_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}
    AND e.observed_at >= fromUnixTimestamp64Milli(toInt64({from:Float64}))
    AND e.observed_at < fromUnixTimestamp64Milli(toInt64({to:Float64}))
    AND ({severities:String} = '' OR has(splitByChar(',', {severities:String}), ['unclassified', 'low', 'medium', 'high', 'critical'][severity + 1]))
    AND ({own:UInt8} = 0 OR unit_path = {scope:String})
    AND ({category:String} = '' OR e.category = if({category:String} = '-', '', {category:String}))
    AND ({action:String} = '' OR e.action = if({action:String} = '-', '', {action:String}))
    AND ({asset:String} = '' OR e.asset = if({asset:String} = '-', '', {asset:String}))
    AND ({blocked:String} = '' OR (e.action = 'blocked') = ({blocked:String} = '1'))
    AND ({event:String} = '' OR toString(event_key) = {event:String})
ORDER BY seen_at DESC, id
LIMIT {page:UInt16}
