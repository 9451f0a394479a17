-- Dossiers as they are judged at {at} by {rule}, narrowed by the parameters of filter.ts. Included by list.sql, summary.sql and the exports,
-- so that a count and its list are made of the same words. An empty text or array, -1 for the channel, and the first and the last
-- instant that can be told narrow nothing.
SELECT
    *,
    -- started days, as on the walls (overdue-by-age.sql)
    intDiv(toUnixTimestamp(toDateTime({at:DateTime64(3, 'Asia/Ho_Chi_Minh')})) - toUnixTimestamp(toDateTime(due_at)) + 86399, 86400) AS days_late,
    multiIf(
        outcome = 'open_overdue', multiIf(days_late > 30, 'late_31d', days_late > 15, 'late_16_30d', days_late > 7, 'late_8_15d', days_late > 3, 'late_4_7d', 'late_1_3d'),
        outcome = 'open_due_soon', 'due_24h',
        outcome = 'open_in_time' AND due_at IS NULL, 'no_due',
        outcome = 'open_in_time' AND toUnixTimestamp64Milli(assumeNotNull(due_at)) <= {three_days:Float64}, 'due_3wd',
        outcome = 'open_in_time', 'due_later',
        ''
    ) AS age,
    -- what is not asked for is not planned: queries.ts
    $apology AS apology,
    $chased AS chased
FROM
(
    {{ judged.sql }}
)
WHERE ({outcomes:String} = ''
        OR ({ended:UInt8} = 0 AND has(splitByChar(',', {outcomes:String}), outcome))
        -- what no instant moves is told by its kept outcome, far cheaper
        OR ({ended:UInt8} = 1 AND if({rule:String} = '766', outcome_766, outcome_province) IN splitByChar(',', {outcomes:String})))
    AND ({own:UInt8} = 0 OR unit_path = {scope:String})
    AND ({procedure:String} = '' OR procedure_code = {procedure:String})
    AND ({field:String} = '' OR field_code = {field:String})
    AND ({channel:Int32} = -1 OR channel = {channel:Int32})
    AND ({handler:String} = '' OR handler_path = if({handler:String} = 'none', '', {handler:String}))
    AND ({step:String} = '' OR step_holder = {step:String})
    AND ({ids:String} = '[]' OR dossier_id IN JSONExtract({ids:String}, 'Array(String)'))
    AND ({age:String} = '' OR age = {age:String})
    AND ({apology:String} = '' OR apology = {apology:String})
    AND ({chased:String} = '' OR chased = {chased:String})
    AND ({accepted_from:Float64} = -2208988800000 OR accepted_at >= fromUnixTimestamp64Milli(toInt64({accepted_from:Float64})))
    AND ({accepted_to:Float64} = 10413791999999 OR accepted_at < fromUnixTimestamp64Milli(toInt64({accepted_to:Float64})))
    AND ({finished_from:Float64} = -2208988800000 OR finished_at >= fromUnixTimestamp64Milli(toInt64({finished_from:Float64})))
    AND ({finished_to:Float64} = 10413791999999 OR finished_at < fromUnixTimestamp64Milli(toInt64({finished_to:Float64})))
    AND ({due_from:Float64} = -2208988800000 OR due_at >= fromUnixTimestamp64Milli(toInt64({due_from:Float64})))
    AND ({due_to:Float64} = 10413791999999 OR due_at < fromUnixTimestamp64Milli(toInt64({due_to:Float64})))
    AND ({q:String} = '' OR arrayAll(
        word -> position(replaceAll(replaceRegexpAll(normalizeUTF8NFD(lowerUTF8(concatWithSeparator(' ', dossier_id, procedure_code, procedure_name, field_name, handler, step_holder))), '\\p{Mn}', ''), 'đ', 'd'), word) > 0,
        splitByChar(' ', {q:String})))
