-- What other tools may read (Grafana, spreadsheets): stable names, instants in the province's time, nobody's name. dashboards/grafana.md describes each column;
-- a column is added, never renamed or dropped. A view is read with the rights of whoever made it: the user `analyst` may read these and nothing under them.
CREATE DATABASE IF NOT EXISTS bi;

-- A row is a dossier that is not ended.
CREATE OR REPLACE VIEW bi.dossier_open DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    dossier_id,
    splitByChar('/', d.unit_path)[-2] AS unit,
    d.unit_path AS unit_path,
    toTimeZone(d.accepted_at, 'Asia/Ho_Chi_Minh') AS accepted_at,
    toTimeZone(d.due_at, 'Asia/Ho_Chi_Minh') AS due_at,
    toString(d.clock) AS clock,
    ifNull(d.overdue_from_province <= now64(3), 0) AS is_overdue,
    toString(d.procedure_code) AS procedure_code,
    toString(d.procedure_name) AS procedure_name,
    toString(d.field_name) AS field_name,
    d.simulated AS simulated
FROM live.dossier_open AS d;

-- A row is a unit with dossiers that are in progress, and how many of them are overdue.
CREATE OR REPLACE VIEW bi.dossier_by_unit DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    splitByChar('/', d.unit_path)[-2] AS unit,
    d.unit_path AS unit_path,
    count() AS open,
    countIf(d.overdue_from_province <= now64(3)) AS overdue
FROM live.dossier_open AS d
WHERE d.clock = 'running'
GROUP BY d.unit_path;

-- A row is an alert as it stands.
CREATE OR REPLACE VIEW bi.alert DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    a.alert_id AS alert_id,
    splitByChar('/', a.unit_path)[-2] AS unit,
    a.unit_path AS unit_path,
    toString(a.rule) AS rule,
    a.state AS state,
    a.severity AS severity,
    toTimeZone(a.onset_at, 'Asia/Ho_Chi_Minh') AS onset_at,
    toTimeZone(a.fired_at, 'Asia/Ho_Chi_Minh') AS fired_at,
    toTimeZone(a.closed_at, 'Asia/Ho_Chi_Minh') AS closed_at,
    a.value AS value,
    toUInt8(a.simulated) AS simulated
FROM live.alert AS a;

-- A row is a link as it was last heard of.
CREATE OR REPLACE VIEW bi.link DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    toString(l.link_id) AS link_id,
    splitByChar('/', l.unit_path)[-2] AS unit,
    l.unit_path AS unit_path,
    toString(l.ring) AS ring,
    l.up AS up,
    toTimeZone(l.state_at, 'Asia/Ho_Chi_Minh') AS state_at,
    l.latency_ms AS latency_ms,
    l.loss_ratio AS loss_ratio,
    toUInt8(l.simulated) AS simulated
FROM live.link AS l;

-- A row is the newest reading of a series.
CREATE OR REPLACE VIEW bi.reading DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    toString(r.metric) AS metric,
    splitByChar('/', r.unit_path)[-2] AS unit,
    r.unit_path AS unit_path,
    toString(r.place) AS place,
    r.value AS value,
    toString(r.value_unit) AS value_unit,
    toTimeZone(r.observed_at, 'Asia/Ho_Chi_Minh') AS observed_at,
    toUInt8(r.simulated) AS simulated
FROM live.reading AS r;

-- A row is a figure that somebody states of a unit and a period.
CREATE OR REPLACE VIEW bi.entry DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    toString(e.metric) AS metric,
    splitByChar('/', e.unit_path)[-2] AS unit,
    e.unit_path AS unit_path,
    toString(e.period) AS period,
    e.first_day AS first_day,
    e.value AS value,
    toTimeZone(e.entered_at, 'Asia/Ho_Chi_Minh') AS entered_at,
    e.simulated AS simulated
FROM live.entry AS e;
