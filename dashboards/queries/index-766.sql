-- The index of Quyết định 766/QĐ-TTg of the running month at the scope, as api/routes/index-766 reckons it (ingest/dossier/index-766-parts.ts has the parts; a test compares). `by` part: one row a part (`label` 2.1), its points, of how many, what is
-- lost (NULL while a figure is missing), its rate in percent, and whether the feed or a person says it; lost: the same with what is lost as the value; group: one row a group, the share of its known points that is reached, in percent; total: one row, the points and of how many that are known, and how many
-- parts are missing. The feed's word goes before what was entered. Reads the dossiers of the month and their events: half a second at a hundred thousand a month.
WITH
    {at:DateTime64(3, 'Asia/Ho_Chi_Minh')} AS now_at,
    toDateTime64(toStartOfMonth(now_at), 3, 'Asia/Ho_Chi_Minh') AS from_at,
    {by:String} IN ('part', 'lost') AS is_part
SELECT
    multiIf(is_part, one.1, {by:String} = 'group', one.2, '') AS label,
    label AS id,
    multiIf(
        {by:String} = 'group', round(100 * sum(points) / sumIf(one.3, isNotNull(points)), 1),
        {by:String} = 'lost', lost,
        round(sum(points), 2)) AS value,
    sumIf(one.3, isNotNull(points) OR is_part) AS of,
    round(sum(one.3 - points), 2) AS lost,
    if(is_part, round(100 * any(rate), 1), NULL) AS rate,
    countIf(isNull(points)) AS note,
    multiIf(NOT is_part OR isNull(value), '', any(fed.3) > 0, 'feed', label = '5.4', 'both', 'hand') AS told_by
FROM
(
    SELECT
        place,
        one,
        arrayFirst(f -> f.1 = one.1, feeds) AS fed,
        if(fed.3 > 0, fed, arrayFirst(f -> f.1 = one.1, hands)) AS told,
        arrayFirst(f -> f.1 = '1.4', hands) AS synced,
        arrayFirst(f -> f.1 = '2.1', feeds) AS ours,
        if(told.3 > 0, least(1, greatest(0, told.2 / told.3)), NULL) AS own,
        multiIf(
            one.1 = '3.3', own * if(synced.3 > 0, least(1, greatest(0, synced.2 / synced.3)), 1),
            one.1 = '5.4', if(ours.3 > 0 AND isNotNull(own), greatest(0, ours.2 / ours.3 - own), NULL),
            own) AS rate,
        if(isNull(rate), NULL, least(1, rate / one.4) * one.3) AS points
    FROM
    (
        SELECT groupArrayIf((id, part, whole), is_fed) AS feeds, groupArrayIf((id, part, whole), NOT is_fed) AS hands
        FROM
        (
            SELECT true AS is_fed, fact.1 AS id, toFloat64(fact.2) AS part, toFloat64(fact.3) AS whole
            FROM
            (
                SELECT
                    [
                        ('3.3', countIf(is_new AND channel = 2 AND f.electronic > 0), if(countIf(is_new AND isNotNull(f.results)) = 0, 0, countIf(is_new))),
                        ('3.6', countIf(is_new AND f.fee_total > 0 AND f.paid_online IN (1, 2)), if(countIf(is_new AND isNotNull(f.paid_online)) = 0, 0, countIf(is_new AND f.fee_total > 0))),
                        ('4.1', countIf(is_done AND f.electronic > 0), if(countIf(is_done AND isNotNull(f.results)) = 0, 0, countIf(is_done))),
                        ('4.2', countIf(is_done AND f.digitised = 1 AND f.electronic > 0), if(countIf(is_done AND isNotNull(f.digitised) AND isNotNull(f.results)) = 0, 0, countIf(is_done))),
                        ('4.3', countIf(is_new AND f.reused > 0), if(countIf(is_new AND isNotNull(f.documents)) = 0, 0, countIf(is_new))),
                        ('4.4', countIf(is_new AND f.shared > 0), if(countIf(is_new AND isNotNull(f.documents)) = 0, 0, countIf(is_new))),
                        ('4.5', countIf(is_new AND f.vneid = 1), if(countIf(is_new AND isNotNull(f.vneid)) = 0, 0, countIf(is_new)))
                    ] AS facts
                FROM
                (
                    SELECT
                        unit_path,
                        dossier_id,
                        channel,
                        ifNull(accepted_at >= from_at AND accepted_at <= now_at, false) AS is_new,
                        ifNull(closed = 'finished' AND finished_at >= from_at AND finished_at <= now_at, false) AS is_done
                    FROM dossier_lately
                    WHERE is_new OR is_done
                ) AS d
                LEFT JOIN
                (
                    SELECT
                        unit_path,
                        dossier_id,
                        JSONExtract(argMax(attributes, (observed_at, event_key)), 'Tuple(digitised Nullable(Int32), vneid Nullable(Int32), paid_online Nullable(Int32), fee_total Nullable(Float64), documents Nullable(Int32), documents_reused Nullable(Int32), documents_shared Nullable(Int32), results Nullable(Int32), results_electronic Nullable(Int32))') AS said,
                        said.digitised AS digitised,
                        said.vneid AS vneid,
                        said.paid_online AS paid_online,
                        said.fee_total AS fee_total,
                        said.documents AS documents,
                        said.documents_reused AS reused,
                        said.documents_shared AS shared,
                        said.results AS results,
                        said.results_electronic AS electronic
                    FROM dossier_event
                    WHERE attributes NOT IN ('', '{}') AND opened_on >= toDate(from_at) - 400 AND (unit_path, dossier_id) IN
                    (
                        SELECT unit_path, dossier_id
                        FROM dossier_lately
                        WHERE (accepted_at >= from_at AND accepted_at <= now_at) OR (closed = 'finished' AND finished_at >= from_at AND finished_at <= now_at)
                    )
                    GROUP BY unit_path, dossier_id
                ) AS f ON d.unit_path = f.unit_path AND d.dossier_id = f.dossier_id
            )
            ARRAY JOIN facts AS fact
            UNION ALL
            SELECT true AS is_fed, '2.1' AS id, toFloat64(sum(kept)) AS part, toFloat64(sum(judged)) AS whole
            FROM
            (
                SELECT sum(some_judged) AS judged, sum(some_kept) AS kept
                FROM dossier_tally
                ARRAY JOIN groups.key AS day, groups.judged_766 AS some_judged, groups.kept_766 AS some_kept
                WHERE dimension = 'finished_on' AND day >= toString(toDate32(from_at)) AND day <= toString(toDate32(now_at))
                UNION ALL
                SELECT count() AS judged, countIf(NOT ifNull(overdue_from_766 <= now_at, false)) AS kept
                FROM dossier_open
                WHERE clock IN ('running', 'paused') AND (isNotNull(due_at) OR supplement_requests > 1)
            )
            UNION ALL
            SELECT
                false AS is_fed,
                replaceOne(extract(toString(metric), '^index_766[.]([0-9]_[0-9])[.]'), '_', '.') AS id,
                sumIf(e.value, endsWith(toString(metric), '.part')) AS part,
                sumIf(e.value, endsWith(toString(metric), '.whole')) AS whole
            FROM entry AS e
            WHERE startsWith(toString(metric), 'index_766.') AND unit_path = {scope:String} AND period = formatDateTime(now_at, '%Y-%m') AND entered_at <= now_at
            GROUP BY id
            HAVING countIf(endsWith(toString(metric), '.part')) > 0 AND countIf(endsWith(toString(metric), '.whole')) > 0
        )
    )
    ARRAY JOIN
        [('1.1', '1', 4, 1.), ('1.2', '1', 4, 1.), ('1.3', '1', 4, 1.), ('1.4', '1', 6, 1.), ('2.1', '2', 20, 1.), ('3.1', '3a', 2, 0.8), ('3.2', '3a', 4, 1.), ('3.3', '3a', 6, 0.5), ('3.4', '3b', 2, 0.8), ('3.5', '3b', 2, 0.8), ('3.6', '3b', 6, 0.3), ('4.1', '4', 6, 1.), ('4.2', '4', 4, 0.8), ('4.3', '4', 2, 0.8), ('4.4', '4', 5, 1.), ('4.5', '4', 5, 1.), ('5.2', '5', 6, 1.), ('5.3', '5', 6, 1.), ('5.4', '5', 6, 0.9)] AS one,
        range(19) AS place
)
GROUP BY label
ORDER BY if(is_part, ifNull(lost, -1), 0) DESC, min(place)
LIMIT 19
