-- A row is one silence, or window of maintenance, as it was set last; `ended_at` when somebody ended it before its time. Some a day.
CREATE OR REPLACE VIEW silence AS
SELECT
    unit_path,
    e.subject AS silence_id,
    argMaxIf(toString(e.kind), tuple(e.observed_at, e.event_key), e.type = 'silence.set') AS kind,
    argMaxIf(e.matchers, tuple(e.observed_at, e.event_key), e.type = 'silence.set') AS matchers,
    argMaxIf(assumeNotNull(e.starts_at), tuple(e.observed_at, e.event_key), e.type = 'silence.set') AS starts_at,
    argMaxIf(assumeNotNull(e.ends_at), tuple(e.observed_at, e.event_key), e.type = 'silence.set') AS ends_at,
    argMaxIf(toString(e.actor), tuple(e.observed_at, e.event_key), e.type = 'silence.set') AS set_by,
    argMaxIf(e.note, tuple(e.observed_at, e.event_key), e.type = 'silence.set') AS note,
    maxIf(e.observed_at, e.type = 'silence.set') AS set_at,
    if(maxIf(e.observed_at, e.type = 'silence.ended') > set_at, maxIf(e.observed_at, e.type = 'silence.ended'), NULL) AS ended_at,
    argMaxIf(toString(e.actor), tuple(e.observed_at, e.event_key), e.type = 'silence.ended') AS ended_by,
    max(e.simulated) AS simulated
FROM duty_event AS e
WHERE e.type IN ('silence.set', 'silence.ended')
GROUP BY unit_path, silence_id
HAVING countIf(e.type = 'silence.set') > 0;
