-- One row a child unit of the scope: how its links are. `up` is 0 when the unit's own link is down, or when a ring (two links or
-- more) that serves it is down as a whole; `down` of `total` links below it are down; `since` is when the last of the dead ones
-- was last seen alive (said to be down, where nobody samples it). The link that is drawn is the nearest one of which it is known where it begins. One row a link is read: 5 ms.
WITH splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    nearest.2 AS link_id,
    nearest.3 AS from_unit,
    child AS to_unit,
    if(nearest.4 = 0 OR is_cut_off = 1, 0, 1) AS up,
    down,
    total,
    dead_ring AS ring,
    if(down = 0, NULL, dead_since) AS since
FROM
(
    SELECT
        child,
        min(((from_unit = '', length(unit_path), unit_path), link_id, from_unit, link_up)) AS nearest,
        max(is_ring_dead) AS is_cut_off,
        countIf(link_up = 0) AS down,
        count() AS total,
        maxIf(link_ring, is_ring_dead = 1) AS dead_ring,
        maxIf(last_alive, link_up = 0) AS dead_since
    FROM
    (
        SELECT
            if(splitByChar('/', unit_path)[{depth:UInt8} + 2] = '', self, splitByChar('/', unit_path)[{depth:UInt8} + 2]) AS child,
            unit_path,
            link_id,
            from_unit,
            ring AS link_ring,
            up AS link_up,
            toUnixTimestamp64Milli(alive_at) AS last_alive,
            ring != '' AND sum(up) OVER (PARTITION BY ring) = 0 AND count() OVER (PARTITION BY ring) >= 2 AS is_ring_dead
        FROM link
    )
    GROUP BY child
)
ORDER BY to_unit
LIMIT 500
