-- A row is one link as its sources say together. A word counts while it is at most a quarter of an hour older than the newest word on the link, whoever said that: who falls silent beside others falls out, and
-- who is the only one to speak stands. Where those that count differ, the link is down: a port that is up in front of a cut fibre carries nothing, and who answers a probe by another way does not use the link. `state_at`
-- and `last_up_at` are of those whose last word that is; what is measured is the newest value of each field, NULL when that is too old; where it begins and its ring are the newest that were told.
-- `alive_at` is when they last knew it alive: the newest proof of life, or, where nobody samples it, when it was said to be down; where nobody ever knew it up, the first word that it is down. `sample_at` of 1970 is "never".
CREATE OR REPLACE VIEW link AS
SELECT
    unit_path,
    link_id,
    any(said.link_up) AS up,
    maxIf(tupleElement(said.word, 1), agrees) AS state_at,
    maxIf(said.last_up_at, agrees) AS last_up_at,
    max(said.last_down_at) AS last_down_at,
    ifNull(maxIf(said.alive_at, agrees), minIf(said.first_down_at, agrees)) AS alive_at,
    tupleElement(max(said.from_unit), 2) AS from_unit,
    tupleElement(max(said.ring), 2) AS ring,
    max(said.sample_at) AS sample_at,
    if(max(tupleElement(said.latency_ms, 1)) >= any(fresh_from), tupleElement(max(said.latency_ms), 2), NULL) AS latency_ms,
    if(max(tupleElement(said.loss_ratio, 1)) >= any(fresh_from), tupleElement(max(said.loss_ratio), 2), NULL) AS loss_ratio,
    if(max(tupleElement(said.rx_bps, 1)) >= any(fresh_from), tupleElement(max(said.rx_bps), 2), NULL) AS rx_bps,
    if(max(tupleElement(said.tx_bps, 1)) >= any(fresh_from), tupleElement(max(said.tx_bps), 2), NULL) AS tx_bps,
    max(said.last_received_at) AS last_received_at,
    max(said.simulated) AS simulated
FROM
(
    SELECT
        *,
        min(if(counts, tupleElement(word, 2), toUInt8(1))) OVER (PARTITION BY unit_path, link_id) AS link_up,
        tupleElement(word, 2) = link_up AS agrees
    FROM
    (
        SELECT
            *,
            max(tupleElement(word, 1)) OVER (PARTITION BY unit_path, link_id) - INTERVAL 15 MINUTE AS fresh_from,
            tupleElement(word, 1) >= fresh_from AS counts,
            multiIf(isNull(w.last_up_at), NULL, w.sample_at >= w.last_up_at OR isNull(w.last_down_at), w.last_up_at, w.last_down_at) AS alive_at
        FROM link_word AS w
    )
) AS said
GROUP BY unit_path, link_id;
