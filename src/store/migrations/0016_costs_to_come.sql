-- The day from which a cost holds, of those that were still to come when their sheet was imported.
ALTER TABLE cost ADD COLUMN from_day BIGINT;
