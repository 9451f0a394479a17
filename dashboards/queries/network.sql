-- What the drawing of the network is worked out of, with the topology (dashboards/topology): a row a link. `part` is up, down or silent (it sent samples, and has sent
-- none for a quarter of an hour while others do); `at` is when it was last seen alive (said to be down, where nobody samples it), epoch milliseconds. One row a link is read: 5 ms.
WITH (SELECT max(sample_at) FROM link) AS newest_sample
SELECT
    multiIf(up = 0, 'down', sample_at > toDateTime64(0, 3) AND sample_at < newest_sample - INTERVAL 15 MINUTE, 'silent', 'up') AS part,
    toString(unit_path) AS path,
    toString(link_id) AS link_id,
    from_unit,
    ring,
    toUnixTimestamp64Milli(assumeNotNull(alive_at)) AS at
FROM link
ORDER BY path, link_id
LIMIT 5000
