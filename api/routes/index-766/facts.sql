-- One row: what the feed says of the dossiers accepted, and of those finished, from {from} to before {until} (local midnights, epoch ms), for parts
-- 3.3, 3.6 and 4 of the index 766. Each part has a count and `…_of` its whole, which is 0 while no dossier states the fact at all: a source
-- that does not send it has not said "none". `mean_ms` is the mean time from acceptance to finish, NULL when nothing finished.
-- Facts are those of the newest event that carries any. Cost: the dossiers of the span and
-- their events, of numbers at most 400 days older; half a second for a month of a province of a million.
WITH
    fromUnixTimestamp64Milli(toInt64({from:Float64}), 'UTC') AS from_at,
    fromUnixTimestamp64Milli(toInt64({until:Float64}), 'UTC') AS until_at
SELECT
    toFloat64(countIf(was_accepted AND channel = 2 AND results_electronic > 0)) AS online,
    toFloat64(if(countIf(was_accepted AND isNotNull(results)) = 0, 0, countIf(was_accepted))) AS online_of,
    toFloat64(countIf(was_accepted AND fee_total > 0 AND paid_online IN (1, 2))) AS paid,
    toFloat64(if(countIf(was_accepted AND isNotNull(paid_online)) = 0, 0, countIf(was_accepted AND fee_total > 0))) AS paid_of,
    toFloat64(countIf(NOT was_accepted AND results_electronic > 0)) AS electronic,
    toFloat64(if(countIf(NOT was_accepted AND isNotNull(results)) = 0, 0, countIf(NOT was_accepted))) AS electronic_of,
    toFloat64(countIf(NOT was_accepted AND digitised = 1 AND results_electronic > 0)) AS digital,
    toFloat64(if(countIf(NOT was_accepted AND isNotNull(digitised) AND isNotNull(results)) = 0, 0, countIf(NOT was_accepted))) AS digital_of,
    toFloat64(countIf(was_accepted AND documents_reused > 0)) AS reused,
    toFloat64(if(countIf(was_accepted AND isNotNull(documents)) = 0, 0, countIf(was_accepted))) AS reused_of,
    toFloat64(countIf(was_accepted AND documents_shared > 0)) AS shared,
    toFloat64(if(countIf(was_accepted AND isNotNull(documents)) = 0, 0, countIf(was_accepted))) AS shared_of,
    toFloat64(countIf(was_accepted AND vneid = 1)) AS vneid_yes,
    toFloat64(if(countIf(was_accepted AND isNotNull(vneid)) = 0, 0, countIf(was_accepted))) AS vneid_of,
    if(countIf(NOT was_accepted AND isNotNull(took_ms)) = 0, NULL, avgIf(took_ms, NOT was_accepted)) AS mean_ms
FROM
(
    SELECT
        d.was_accepted AS was_accepted,
        d.channel AS channel,
        d.took_ms AS took_ms,
        f.facts.digitised AS digitised,
        f.facts.vneid AS vneid,
        f.facts.paid_online AS paid_online,
        f.facts.fee_total AS fee_total,
        f.facts.documents AS documents,
        f.facts.documents_reused AS documents_reused,
        f.facts.documents_shared AS documents_shared,
        f.facts.results AS results,
        f.facts.results_electronic AS results_electronic
    FROM
    (
        SELECT unit_path, dossier_id, true AS was_accepted, channel, CAST(NULL, 'Nullable(Int64)') AS took_ms
        FROM dossier
        WHERE accepted_at >= from_at AND accepted_at < until_at
        UNION ALL
        SELECT unit_path, dossier_id, false AS was_accepted, channel, toUnixTimestamp64Milli(finished_at) - toUnixTimestamp64Milli(accepted_at) AS took_ms
        FROM dossier
        WHERE closed = 'finished' AND finished_at >= from_at AND finished_at < until_at
    ) AS d
    LEFT JOIN
    (
        SELECT
            unit_path,
            dossier_id,
            JSONExtract(argMax(attributes, (observed_at, event_key)), 'Tuple(digitised Nullable(Int32), vneid Nullable(Int32), paid_online Nullable(Int32), fee_total Nullable(Float64), documents Nullable(Int32), documents_reused Nullable(Int32), documents_shared Nullable(Int32), results Nullable(Int32), results_electronic Nullable(Int32))') AS facts
        FROM dossier_event
        WHERE attributes NOT IN ('', '{}') AND opened_on >= toDate(from_at) - 400 AND (unit_path, dossier_id) IN
        (
            SELECT unit_path, dossier_id
            FROM dossier
            WHERE (accepted_at >= from_at AND accepted_at < until_at) OR (closed = 'finished' AND finished_at >= from_at AND finished_at < until_at)
        )
        GROUP BY unit_path, dossier_id
    ) AS f ON d.unit_path = f.unit_path AND d.dossier_id = f.dossier_id
)
LIMIT 1
