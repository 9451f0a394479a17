-- The unit that a letter's sender may speak for (its code; empty: every unit), so that what is sent once more is held to it as it was the first time.
ALTER TABLE log.dead_letter ADD COLUMN IF NOT EXISTS within LowCardinality(String);

CREATE OR REPLACE VIEW live.dead_letter AS SELECT * FROM log.dead_letter FINAL;
CREATE OR REPLACE VIEW history.dead_letter AS SELECT * FROM log.dead_letter FINAL;
