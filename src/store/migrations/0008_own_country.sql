-- Whether a row's units are those that lie in the store's own country, by a column of the report's own. Older rows do not say.
ALTER TABLE manage_fba ADD COLUMN lies_here BIGINT;
-- Multi-Country Inventory: the units in the country of a listing's marketplace, or in those that belong to its network.
CREATE TABLE country_stock (
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  snapshot BIGINT NOT NULL,
  units BIGINT NOT NULL,
  PRIMARY KEY (import_id, listing_id)
) WITHOUT ROWID;
-- All Listings: what an offer asks, and whether it can be bought.
CREATE TABLE listing_state (
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  day BIGINT NOT NULL,
  currency TEXT, price BIGINT,
  status TEXT NOT NULL,
  PRIMARY KEY (import_id, listing_id)
) WITHOUT ROWID;
