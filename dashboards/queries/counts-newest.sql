-- One row a count above zero of some metrics (with commas between) that was told of in the last `last_s` seconds, the newest first: calls to the fire brigade, road
-- accidents. `t` epoch milliseconds, `value` how many. Reads those seconds of the log: 5 ms.
SELECT
    toString(event_key) AS id,
    toUnixTimestamp64Milli(observed_at) AS t,
    splitByChar('/', unit_path)[-2] AS unit,
    assumeNotNull(r.value) AS value
FROM reading_event AS r
WHERE has(splitByChar(',', {metrics:String}), toString(metric))
    AND r.value > 0
    AND observed_at > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({last_s:UInt32})
    AND observed_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}
ORDER BY t DESC, id
LIMIT 200
