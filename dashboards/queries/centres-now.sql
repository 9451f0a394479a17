-- One row a child unit of the scope with a queue: how many people wait there now, the longest wait in minutes, how many counters of its own are open, how many were served since midnight (NULL: nothing said within two hours; served: today), and how many of its
-- dossiers are overdue by the provincial rule. Most waiting first. `as_of` epoch milliseconds. One row a series, the counts of a day and the open dossiers are read: 25 ms.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    if(endsWith(branch, '/'), self, splitByChar('/', branch)[-1]) AS id,
    id AS unit,
    sumIf(v, metric = 'queue.waiting') AS waiting,
    if(countIf(metric = 'queue.wait_minutes') = 0, NULL, round(maxIf(v, metric = 'queue.wait_minutes'), 0)) AS minutes,
    sumOrNullIf(v, metric = 'desk.open_counters' AND path IN (branch, concat(branch, '/'))) AS counters,
    sumOrNullIf(v, metric = 'queue.served') AS served,
    sumOrNullIf(v, metric = 'overdue') AS overdue,
    max(if(metric = 'queue.waiting', seen_at, 0)) AS as_of
FROM
(
    SELECT toString(unit_path) AS path, toString(r.metric) AS metric, assumeNotNull(r.value) AS v, toUnixTimestamp64Milli(observed_at) AS seen_at
    FROM reading AS r
    WHERE metric IN ('queue.waiting', 'queue.wait_minutes', 'desk.open_counters') AND r.value IS NOT NULL AND observed_at >= now_at - INTERVAL 2 HOUR
    UNION ALL
    SELECT toString(unit_path) AS path, toString(e.metric) AS metric, assumeNotNull(e.value) AS v, toUnixTimestamp64Milli(observed_at) AS seen_at
    FROM reading_event AS e
    WHERE metric = 'queue.served' AND e.value IS NOT NULL AND observed_at >= toStartOfDay(now_at) AND observed_at <= now_at
    UNION ALL
    SELECT toString(unit_path) AS path, 'overdue' AS metric, 1. AS v, toInt64(0) AS seen_at
    FROM dossier_open
    WHERE clock = 'running' AND overdue_from_province <= now_at
)
GROUP BY substringIndex(path, '/', {depth:UInt8} + 2) AS branch
HAVING countIf(metric = 'queue.waiting') > 0
ORDER BY waiting DESC, id
LIMIT 100
