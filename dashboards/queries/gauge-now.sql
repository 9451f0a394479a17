-- One row: the newest values of the series of some metrics (with commas between) below the scope as one figure: their sum, mean, largest or smallest (`pick`). `note` is how many series that is,
-- or where the largest or smallest was read; `as_of` the newest of them (epoch milliseconds). A series older than `fresh_s` seconds, or without a value, is left out; NULL when that leaves none.
-- One row a series is read: 5 ms.
SELECT
    if(count() = 0, NULL, multiIf({pick:String} = 'max', max(v), {pick:String} = 'min', min(v), {pick:String} = 'avg', avg(v), sum(v))) AS value,
    multiIf({pick:String} = 'max', argMax(named, v), {pick:String} = 'min', argMin(named, v), toString(count())) AS note,
    if(count() = 0, NULL, toUnixTimestamp64Milli(max(seen_at))) AS as_of
FROM
(
    SELECT assumeNotNull(r.value) AS v, observed_at AS seen_at, if(r.place = '', subject, toString(r.place)) AS named
    FROM reading AS r
    WHERE has(splitByChar(',', {metrics:String}), toString(metric))
        AND r.value IS NOT NULL
        AND observed_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32})
)
