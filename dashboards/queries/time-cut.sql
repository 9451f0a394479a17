-- Of the dossiers finished in the last 30 days that had a promise when they were accepted: by how much of the promised time the middle one was faster, in percent (below 0: slower); one row for all, or one a field of procedures (`by`), largest first. From
-- acceptance to finish against from acceptance to the first promise, by the calendar. NULL of all when none was finished. Reads dossiers of the last 200 days by when they were finished: 60 ms at a hundred thousand a month.
WITH {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at
SELECT
    if({by:String} = 'field', field, '') AS label,
    max(field_name) AS name,
    if(count() = 0, NULL, round(100 * (1 - quantileExact(0.5)(took / promised)), 1)) AS value,
    count() AS dossiers
FROM
(
    SELECT
        toString(d.field_code) AS field,
        if(d.field_name = '', field, toString(d.field_name)) AS field_name,
        toUnixTimestamp64Milli(assumeNotNull(finished_at)) - toUnixTimestamp64Milli(assumeNotNull(accepted_at)) AS took,
        toUnixTimestamp64Milli(assumeNotNull(first_due_at)) - toUnixTimestamp64Milli(assumeNotNull(accepted_at)) AS promised
    FROM dossier AS d
    WHERE closed = 'finished'
        AND finished_at >= now_at - INTERVAL 30 DAY
        AND finished_at <= now_at
        AND (opened_on >= toDate(now_at) - 200 OR opened_on = toDate('1970-01-01'))
        AND first_due_at > accepted_at
)
GROUP BY label
HAVING {by:String} = 'all' OR count() >= 5
ORDER BY value DESC, label
LIMIT 50
