(
    SELECT
        d.letter_key AS letter_key,
        d.unit_path AS unit_path,
        d.received_at AS received_at,
        toString(d.entry) AS entry,
        toString(d.source) AS source,
        toString(d.code) AS code,
        d.reason AS reason,
        d.payload AS payload,
        d.simulated AS simulated,
        toString(d.within) AS within,
        if(m.at >= d.received_at, toNullable(m.at), NULL) AS mended_at
    FROM dead_letter AS d
    LEFT JOIN
    (
        SELECT subject, max(observed_at) AS at
        FROM intake_event
        WHERE type = 'intake.redriven'
        GROUP BY subject
    ) AS m ON m.subject = toString(d.letter_key)
    WHERE d.received_at <= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')}
        AND d.received_at >= fromUnixTimestamp64Milli(toInt64({from:Float64}))
        AND ({source:String} = '' OR d.source = {source:String})
        AND ({code:String} = '' OR d.code = {code:String})
)
