-- Between which a line's net recovery comes eight times in ten. Empty in plans made before.
ALTER TABLE plan_line ADD COLUMN net_recovery_p10 BIGINT;
ALTER TABLE plan_line ADD COLUMN net_recovery_p90 BIGINT;
