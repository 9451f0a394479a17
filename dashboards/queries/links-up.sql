-- One row: links that are up, of all links known, and the child unit that has lost most (empty when none has). A link that used to
-- send samples and has sent none for a quarter of an hour, while others do, is not counted as up. One row a link is read: 5 ms.
WITH
    (SELECT max(sample_at) FROM link) AS newest_sample,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    if(sum(links) = 0, NULL, sum(ups)) AS value,
    sum(links) AS of,
    if(sum(links) = sum(ups), '', argMax(child, (links - ups, child))) AS note
FROM
(
    SELECT
        if(splitByChar('/', unit_path)[{depth:UInt8} + 2] = '', self, splitByChar('/', unit_path)[{depth:UInt8} + 2]) AS child,
        count() AS links,
        countIf(up = 1 AND NOT (sample_at > toDateTime64(0, 3) AND sample_at < newest_sample - INTERVAL 15 MINUTE)) AS ups
    FROM link
    GROUP BY child
)
