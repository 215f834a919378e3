-- What a plan's limits across SKUs came to, as JSON; empty: none was asked for.
ALTER TABLE plan ADD COLUMN limits TEXT NOT NULL DEFAULT '';
