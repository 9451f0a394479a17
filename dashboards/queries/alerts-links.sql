-- One row a ring that is down as a whole (`value` links, `count` units cut off, at its nearest unit) or a link that is down alone.
-- `since` is when the last of them was last seen alive (said to be down, where nobody samples it), epoch milliseconds; `of_ring` or `of_link` names
-- which. One row a link is read: 10 ms, most of it planning.
SELECT
    if(is_ring_dead, concat('ring_down:', ring), concat('link_down:', any(link_id))) AS id,
    multiIf(is_ring_dead, 4, min(depth) <= {depth:UInt8} + 3, 3, 2) AS severity,
    if(is_ring_dead, 'ring_down', 'link_down') AS kind,
    argMin(unit_code, (depth, unit_code)) AS unit,
    max(alive_at) AS since,
    toNullable(toFloat64(count())) AS value,
    if(is_ring_dead, toNullable(uniqExact(unit_code)), NULL) AS count,
    if(is_ring_dead, ring, any(link_id)) AS text,
    if(is_ring_dead, ring, '') AS of_ring,
    if(is_ring_dead, '', any(link_id)) AS of_link
FROM
(
    SELECT
        link_id,
        ring,
        up,
        toUnixTimestamp64Milli(assumeNotNull(multiIf(isNull(last_up_at), state_at, sample_at >= last_up_at OR isNull(last_down_at), last_up_at, last_down_at))) AS alive_at,
        splitByChar('/', unit_path) AS path,
        path[-2] AS unit_code,
        length(path) AS depth,
        ring != '' AND sum(up) OVER (PARTITION BY ring) = 0 AND count() OVER (PARTITION BY ring) >= 2 AS is_ring_dead
    FROM link
)
WHERE up = 0
GROUP BY is_ring_dead, ring, if(is_ring_dead, '', link_id)
ORDER BY severity DESC, since DESC, id
LIMIT 50
