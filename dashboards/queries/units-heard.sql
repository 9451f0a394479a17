-- One row: how many units below the scope have said some metrics (with commas between) within `fresh_s` seconds, of how many that have ever said one, how many have fallen silent, and what those heard say together (`sum`). A desk that is closed says 0, which is heard. NULL when nobody
-- ever spoke. `as_of` is the newest word, epoch milliseconds. One row a series is read: 5 ms.
SELECT
    if(count() = 0, NULL, countIf(heard_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32}))) AS value,
    count() AS of,
    count() - countIf(heard_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32})) AS note,
    if(count() = 0, NULL, sumIf(said, heard_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32}))) AS sum,
    if(count() = 0, NULL, toUnixTimestamp64Milli(max(heard_at))) AS as_of
FROM
(
    SELECT unit_path, max(observed_at) AS heard_at, sum(assumeNotNull(r.value)) AS said
    FROM reading AS r
    WHERE has(splitByChar(',', {metrics:String}), toString(metric)) AND r.value IS NOT NULL
    GROUP BY unit_path
)
