-- Actions that a person put in beside the plan's, and the quantity tiers of a business price ("3:5,10:8").
ALTER TABLE action ADD COLUMN own BIGINT NOT NULL DEFAULT 0;
ALTER TABLE action ADD COLUMN tiers TEXT NOT NULL DEFAULT '';
