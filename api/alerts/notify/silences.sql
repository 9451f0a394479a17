-- A row is one silence, or window of maintenance, that stands, will stand, or ended in the last {lately_s}; or is {id}. The newest first. Instants are epoch ms (UTC). Some a day.
SELECT
    silence_id,
    toString(unit_path) AS unit_path,
    kind,
    matchers,
    toUnixTimestamp64Milli(s.starts_at) AS starts,
    toUnixTimestamp64Milli(s.ends_at) AS ends,
    toUnixTimestamp64Milli(s.ended_at) AS ended,
    set_by,
    note,
    toUnixTimestamp64Milli(s.set_at) AS set,
    ended_by
FROM silence AS s
WHERE ({id:String} = '' OR silence_id = {id:String})
    AND ({id:String} != '' OR least(s.ends_at, ifNull(s.ended_at, s.ends_at)) > {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL {lately_s:UInt32} SECOND)
ORDER BY s.set_at DESC, silence_id
LIMIT 1000
