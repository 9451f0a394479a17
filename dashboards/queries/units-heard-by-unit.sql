-- One row a child unit of the scope: what share of the units below it (with itself) that have ever said some metrics (with commas between) has said one within `fresh_s` seconds, in percent, smallest first; how many have fallen silent, and of
-- how many. `as_of` is the newest word, epoch milliseconds. One row a series is read: 5 ms.
WITH splitByChar('/', {scope:String})[{depth:UInt8} + 1] AS self
SELECT
    if(endsWith(branch, '/'), self, splitByChar('/', branch)[-1]) AS label,
    label AS unit,
    round(100 * (known - silent) / known, 1) AS value,
    countIf(heard_at < {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32})) AS silent,
    count() AS known,
    toUnixTimestamp64Milli(max(heard_at)) AS as_of
FROM
(
    SELECT toString(unit_path) AS path, max(observed_at) AS heard_at
    FROM reading AS r
    WHERE has(splitByChar(',', {metrics:String}), toString(metric)) AND r.value IS NOT NULL
    GROUP BY path
)
GROUP BY substringIndex(path, '/', {depth:UInt8} + 2) AS branch
ORDER BY value, label
LIMIT 500
