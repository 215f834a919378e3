-- Lines as they were made last, before decisions and limits: `inputs` is a hash of everything that went into one. A
-- plan takes a line from here where they are the same, and makes the others. One row a SKU; nothing rests on them: they
-- may be deleted at any time.
CREATE TABLE made_line (
  account_id INTEGER NOT NULL REFERENCES account (id),
  marketplace TEXT NOT NULL,
  sku TEXT NOT NULL,
  inputs TEXT NOT NULL,
  line BLOB NOT NULL,
  PRIMARY KEY (account_id, marketplace, sku)
) WITHOUT ROWID;
-- How many of a plan's lines were made for it; the others were taken as they were made before. Null: nobody counted.
ALTER TABLE plan ADD COLUMN made_anew INTEGER;
