-- What incidents are worked out of, with the topology (dashboards/topology): a row a link, and a row a unit of whose dossiers nothing was heard (for `silent_s` seconds in
-- office hours, or for three days) while most others speak: when most are silent, it is a day off. `part` of a link is up, down or silent (it sent samples, and has sent none for a quarter
-- of an hour while others do); of a unit silent_branch (a child unit with all below it), silent_desk (the scope's own desk) or silent_unit (deeper). `at` is when
-- the link was last seen alive (said to be down, where nobody samples it), or the unit last heard, epoch milliseconds. One row a link and a source is read: 20 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toDayOfWeek(now_at) <= 5 AND toHour(now_at) BETWEEN 9 AND 16 AS is_office_time,
    (SELECT max(sample_at) FROM link) AS newest_sample
SELECT part, path, link_id, from_unit, ring, at
FROM
(
    SELECT
        multiIf(up = 0, 'down', sample_at > toDateTime64(0, 3) AND sample_at < newest_sample - INTERVAL 15 MINUTE, 'silent', 'up') AS part,
        toString(unit_path) AS path,
        toString(link_id) AS link_id,
        from_unit,
        ring,
        toUnixTimestamp64Milli(assumeNotNull(alive_at)) AS at
    FROM link
    UNION ALL
    SELECT
        multiIf(branch != unit, 'silent_unit', branch = {scope:String}, 'silent_desk', 'silent_branch') AS part,
        unit AS path,
        '' AS link_id,
        '' AS from_unit,
        '' AS ring,
        toUnixTimestamp64Milli(heard_at) AS at
    FROM
    (
        -- a child unit is as fresh as the freshest below it; a deeper one stands for itself
        SELECT
            branch,
            unit,
            max(last_received_at) AS heard_at,
            (is_office_time AND heard_at < now_at - toIntervalSecond({silent_s:UInt32})) OR heard_at < now_at - INTERVAL 3 DAY AS is_late,
            sumIf(is_late, branch = unit) OVER () * 2 <= countIf(branch = unit) OVER () AS do_most_speak
        FROM
        (
            SELECT
                last_received_at,
                if(unit_path = {scope:String}, unit_path, concat(substringIndex(unit_path, '/', {depth:UInt8} + 2), '/')) AS branch,
                arrayJoin(arrayDistinct([branch, toString(unit_path)])) AS unit
            FROM dossier_source
        )
        GROUP BY branch, unit
    )
    WHERE is_late AND do_most_speak
)
ORDER BY part, path, link_id
LIMIT 5000
