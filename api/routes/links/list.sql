-- A row is one link as it is at {at}, the lost ones first; `total` is how many there are of those asked for, whatever the page. What is up,
-- down and silent is what the walls say (links-up.sql). Instants are epoch ms (UTC). One row a link is read: 5 ms.
WITH (SELECT max(sample_at) FROM link) AS newest_sample
SELECT
    link_id,
    toString(path) AS unit_path,
    from_unit,
    ring,
    state,
    toUnixTimestamp64Milli(last_up_at) AS alive_at,
    if(sample_at > toDateTime64(0, 3), toUnixTimestamp64Milli(sample_at), NULL) AS sampled_at,
    toFloat64(latency_ms) AS latency,
    toFloat64(loss_ratio) AS loss,
    simulated,
    count() OVER () AS total
FROM
(
    SELECT
        *,
        unit_path AS path,
        multiIf(up = 0, 'down', sample_at > toDateTime64(0, 3) AND sample_at < newest_sample - INTERVAL 15 MINUTE, 'silent', 'up') AS state
    FROM link
)
WHERE ({states:String} = '' OR has(splitByChar(',', {states:String}), state))
    AND ({ring:String} = '' OR ring = {ring:String} OR has(splitByChar(',', {ring:String}), ring))
    AND ({link:String} = '' OR link_id = {link:String} OR has(splitByChar(',', {link:String}), link_id))
    AND ({own:UInt8} = 0 OR path = {scope:String})
ORDER BY indexOf(['down', 'silent', 'up'], state), path, link_id
LIMIT {page:UInt16}
