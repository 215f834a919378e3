-- Which SKU of the seller's own (of his ERP, his cost sheet) is which of Amazon's. An empty marketplace: every one.
CREATE TABLE sku_pair (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  own_sku TEXT NOT NULL,
  marketplace TEXT NOT NULL,
  sku TEXT NOT NULL
);
CREATE INDEX sku_pair_import ON sku_pair (import_id);
