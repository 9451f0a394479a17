-- Dossiers as they are judged at {at} by {rule}, narrowed by the parameters of filter.ts. Included by list.sql, summary.sql and the exports,
-- so that a count and its list are made of the same words. An empty text, -1 for the channel, and the largest number narrow nothing.
SELECT
    *,
    multiIf(
        outcome = 'open_overdue' AND due_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 30 DAY, 'late_30d',
        outcome = 'open_overdue' AND due_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 10 DAY, 'late_10d',
        outcome = 'open_overdue' AND due_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 3 DAY, 'late_3d',
        outcome = 'open_overdue' AND due_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - INTERVAL 1 DAY, 'late_1d',
        outcome = 'open_overdue', 'late_0d',
        outcome = 'open_due_soon', 'due_24h',
        outcome = 'open_in_time' AND due_at IS NULL, 'no_due',
        outcome = 'open_in_time' AND toUnixTimestamp64Milli(assumeNotNull(due_at)) <= {three_days:Float64}, 'due_3wd',
        outcome = 'open_in_time', 'due_later',
        ''
    ) AS age
FROM
(
    {{ judged.sql }}
)
WHERE ({outcomes:String} = '' OR has(splitByChar(',', {outcomes:String}), outcome))
    AND ({procedure:String} = '' OR procedure_code = {procedure:String})
    AND ({field:String} = '' OR field_code = {field:String})
    AND ({channel:Int32} = -1 OR channel = {channel:Int32})
    AND ({handler:String} = '' OR handler_path = if({handler:String} = 'none', '', {handler:String}))
    AND ({step:String} = '' OR step_holder = {step:String})
    AND ({ids:String} = '' OR dossier_id IN splitByChar(',', {ids:String}))
    AND ({age:String} = '' OR age = {age:String})
    AND ({accepted_from:Float64} = 0 OR toUnixTimestamp64Milli(accepted_at) >= {accepted_from:Float64})
    AND ({accepted_to:Float64} = 9007199254740991 OR toUnixTimestamp64Milli(accepted_at) < {accepted_to:Float64})
    AND ({finished_from:Float64} = 0 OR toUnixTimestamp64Milli(finished_at) >= {finished_from:Float64})
    AND ({finished_to:Float64} = 9007199254740991 OR toUnixTimestamp64Milli(finished_at) < {finished_to:Float64})
    AND ({q:String} = '' OR arrayAll(
        word -> position(replaceAll(replaceRegexpAll(normalizeUTF8NFD(lowerUTF8(concatWithSeparator(' ', dossier_id, procedure_code, procedure_name, field_name, handler, step_holder))), '\\p{Mn}', ''), 'đ', 'd'), word) > 0,
        splitByChar(' ', {q:String})))
