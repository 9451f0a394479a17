-- A row is one table, log or state, and how far it has grown. Block numbers are never moved by merges; they count by partition on a
-- replicated table, hence the sum. Cost: about 5 ms whatever the size of the tables.
SELECT table, sum(newest) AS mark
FROM
(
    SELECT table, partition_id, max(max_block_number) AS newest
    FROM system.parts
    WHERE active AND database IN ('log', 'live')
    GROUP BY table, partition_id
)
GROUP BY table
