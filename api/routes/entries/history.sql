-- A row is a figure that was ever stated, the last word first; one without a value takes back what was said before. `total` is of all that are asked for, whatever the page; nothing adds them up. Instants are epoch ms (UTC). Reads the entries: 5 ms.
SELECT
    toString(e.unit_path) AS unit_path,
    toString(e.metric) AS metric,
    toString(e.period) AS period,
    e.value AS value,
    toString(actor) AS actor,
    note,
    toString(source) AS source,
    toUnixTimestamp64Milli(observed_at) AS seen_at,
    simulated,
    count() OVER () AS total,
    NULL::Nullable(Float64) AS sum
FROM entry_event AS e
WHERE ({metric:String} = '' OR has(splitByChar(',', {metric:String}), toString(e.metric)))
    AND ({period:String} = '' OR e.period = {period:String})
    AND ({own:UInt8} = 0 OR e.unit_path = {scope:String})
    AND observed_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}
ORDER BY seen_at DESC, metric, period DESC, unit_path, event_key
LIMIT {page:UInt32}
