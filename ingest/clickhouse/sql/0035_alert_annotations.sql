-- What another monitor remarked on an alert that it pushed: a JSON object of texts, with the event by which the alert began.
ALTER TABLE log.alert_event ADD COLUMN IF NOT EXISTS annotations String CODEC(ZSTD(1));

CREATE OR REPLACE VIEW live.alert_event AS SELECT * FROM log.alert_event FINAL;
CREATE OR REPLACE VIEW history.alert_event AS SELECT * FROM log.alert_event FINAL;
