-- With the base of 5 that is the default, a table below some megabytes is merged as a whole after nearly every insert: 200 inserts made 197
-- merges of all its rows. With 10 they made 12, with as many parts to read (6 in the mean). Fewer merges are fewer files made and deleted,
-- which is what a busy file system is slow at.
ALTER TABLE log.dossier_event MODIFY SETTING merge_selector_base = 10;
ALTER TABLE log.link_event MODIFY SETTING merge_selector_base = 10;
ALTER TABLE log.security_event MODIFY SETTING merge_selector_base = 10;
ALTER TABLE log.reading_event MODIFY SETTING merge_selector_base = 10;
ALTER TABLE log.chase_event MODIFY SETTING merge_selector_base = 10;
ALTER TABLE log.entry_event MODIFY SETTING merge_selector_base = 10;
ALTER TABLE log.dead_letter MODIFY SETTING merge_selector_base = 10;
ALTER TABLE live.reading_state MODIFY SETTING merge_selector_base = 10;
ALTER TABLE live.source_state MODIFY SETTING merge_selector_base = 10;
ALTER TABLE live.dossier_row MODIFY SETTING merge_selector_base = 10;
ALTER TABLE live.dossier_open_row MODIFY SETTING merge_selector_base = 10;
ALTER TABLE live.dossier_recent_event MODIFY SETTING merge_selector_base = 10;
ALTER TABLE live.dossier_tally_row MODIFY SETTING merge_selector_base = 10;
ALTER TABLE live.dossier_lately_row MODIFY SETTING merge_selector_base = 10;
