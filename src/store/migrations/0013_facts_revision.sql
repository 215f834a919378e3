-- Raised by whatever an account's facts rest on: reports, rates, settings, and what people know of demand. What is
-- decided of actions and SKUs raises the other revision alone.
ALTER TABLE account ADD COLUMN facts_revision INTEGER NOT NULL DEFAULT 0;
