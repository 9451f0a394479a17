-- One row a screen that is expected to draw and has not for longer than `dead_after_s`: `text` is its name, `since` its last frame, epoch
-- milliseconds. One row a screen is read: 5 ms.
SELECT
    concat('screen_dead:', screen_id) AS id,
    3 AS severity,
    'screen_dead' AS kind,
    splitByChar('/', unit_path)[-2] AS unit,
    toUnixTimestamp64Milli(frame_at) AS since,
    NULL::Nullable(Float64) AS value,
    NULL::Nullable(UInt64) AS count,
    name AS text
FROM display
WHERE expected = 1 AND frame_at < {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({dead_after_s:UInt32})
ORDER BY since DESC, id
LIMIT 500
