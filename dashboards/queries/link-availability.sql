-- How long links were up, of the time in which it is known how they were, over the last `hours` in steps of `step_h` (one step when both are the same: the very last hours; else whole hours or
-- days, the running one last). A row is the whole (`by` all), a child unit or a link, in one step of which something is known. `value` is the share up in per cent, never rounded up to 100, or minutes
-- down (`measure`); `down_min` minutes; `t` the start of the step, epoch milliseconds. Up lasts from one proof of life to the next: a sampled link that is not heard for three hours (a quarter, at the
-- end) is not known. One row a link and hour is read, from a week before.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toUnixTimestamp64Milli(now_at) AS now_ms,
    toInt64({step_h:UInt16}) * 3600000 AS step_ms,
    toInt64({hours:UInt16}) * 3600000 AS window_ms,
    -- steps begin at local hours and midnights, seven hours before those of UTC
    if(step_ms = window_ms, now_ms - window_ms, intDiv(now_ms + 25200000, step_ms) * step_ms - 25200000 - window_ms + step_ms) AS from_ms
SELECT
    label,
    unit,
    t,
    if({measure:String} = 'down', down_min, if(downs = 0, 100, floor(100 * ups / (ups + downs), 2))) AS value,
    down_min
FROM
(
    SELECT
        multiIf({by:String} = 'all', '', {by:String} = 'unit', unit_of, link_id) AS label,
        if({by:String} = 'link', any(own_unit), any(unit_of)) AS unit,
        from_ms + step * step_ms AS t,
        sum(if(is_up = 1, least(span_to, t + step_ms) - greatest(span_from, t), 0)) AS ups,
        sum(if(is_up = 0, least(span_to, t + step_ms) - greatest(span_from, t), 0)) AS downs,
        round(downs / 60000, 1) AS down_min
    FROM
    (
        SELECT
            link_id,
            splitByChar('/', unit_path) AS path,
            path[-2] AS own_unit,
            if(path[{depth:UInt8} + 2] = '', path[{depth:UInt8} + 1], path[{depth:UInt8} + 2]) AS unit_of,
            greatest(span.1, from_ms) AS span_from,
            span.2 AS span_to,
            span.3 AS is_up,
            arrayJoin(range(toUInt64(intDiv(span_from - from_ms, step_ms)), toUInt64(intDiv(span_to - 1 - from_ms, step_ms)) + 1)) AS step
        FROM
        (
            SELECT
                unit_path,
                link_id,
                arrayPushBack(arraySort(arrayDistinct(arrayFlatten(groupArray(points)))), (now_ms, 2)) AS all_points,
                max(is_sample) AS is_sampled,
                arrayJoin(arrayFilter(
                    (known, n) -> known.2 > from_ms AND known.2 > known.1
                        AND (known.3 = 0 OR is_sampled = 0 OR known.2 - known.1 <= if(n = length(all_points) - 1, 900000, 10800000)),
                    arrayMap((start, stop) -> (start.1, stop.1, start.2), arrayPopBack(all_points), arrayPopFront(all_points)),
                    range(1, length(all_points))
                )) AS span
            FROM
            (
                SELECT
                    toString(unit_path) AS unit_path,
                    toString(link_id) AS link_id,
                    isNotNull(last_sample_at) AS is_sample,
                    arrayConcat(
                        arrayMap(change -> (toUnixTimestamp64Milli(change.1), toUInt8(change.2)), changes),
                        arrayMap(up_at -> (toUnixTimestamp64Milli(assumeNotNull(up_at)), toUInt8(1)), arrayFilter(up_at -> isNotNull(up_at), [first_up_at, last_sample_at]))
                    ) AS points
                FROM link_hour
                WHERE hour >= fromUnixTimestamp64Milli(from_ms) - INTERVAL 7 DAY AND hour <= now_at
                UNION ALL
                -- a link that was lost before that and has said nothing since, or that only tells of changes
                SELECT toString(unit_path) AS unit_path, toString(link_id) AS link_id, 0 AS is_sample, [(toUnixTimestamp64Milli(state_at), toUInt8(up))] AS points
                FROM link
                WHERE up = 0 OR sample_at = toDateTime64(0, 3)
            )
            GROUP BY unit_path, link_id
        )
    )
    GROUP BY label, t
)
ORDER BY if({by:String} = 'all', t, 0), down_min DESC, label, t
LIMIT 5000
