-- One row a screen as it was last heard of; instants are epoch milliseconds, sizes CSS pixels. One row a screen and unit is read: 5 ms.
SELECT
    screen_id,
    argMax(unit_path, d.observed_at) AS unit_path,
    argMax(board, d.observed_at) AS board,
    argMax(version, d.observed_at) AS version,
    argMax(address, d.observed_at) AS address,
    toUnixTimestamp64Milli(max(d.observed_at)) AS seen_at,
    toUnixTimestamp64Milli(argMax(d.frame_at, d.observed_at)) AS frame_at,
    toUnixTimestamp64Milli(argMax(d.opened_at, d.observed_at)) AS opened_at,
    argMax(width, d.observed_at) AS width,
    argMax(height, d.observed_at) AS height,
    argMax(pixel_ratio, d.observed_at) AS pixel_ratio
FROM display AS d
WHERE expected = 1
GROUP BY screen_id
ORDER BY screen_id
LIMIT 2000
