-- The seller's own purchase orders, and what a cost sheet says of ordering: how long it takes as a span, units that lie in other
-- warehouses, what a carton takes up, the supplier and the least that it takes an order for. Amounts of 1/10,000.
ALTER TABLE cost ADD COLUMN lead_time_from BIGINT;
ALTER TABLE cost ADD COLUMN lead_time_to BIGINT;
ALTER TABLE cost ADD COLUMN elsewhere BIGINT;
ALTER TABLE cost ADD COLUMN carton_m3 DOUBLE PRECISION;
ALTER TABLE cost ADD COLUMN supplier TEXT NOT NULL DEFAULT '';
ALTER TABLE cost ADD COLUMN supplier_minimum BIGINT;
ALTER TABLE cost ADD COLUMN supplier_minimum_currency TEXT;
CREATE TABLE purchase_order (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  number TEXT NOT NULL, sku TEXT NOT NULL, marketplace TEXT NOT NULL, supplier TEXT NOT NULL,
  units BIGINT NOT NULL, received_units BIGINT,
  ordered_on BIGINT, expected_on BIGINT, received_on BIGINT,
  unit_cost_currency TEXT, unit_cost BIGINT,
  cancel_cost_currency TEXT, cancel_cost BIGINT,
  deposit_currency TEXT, deposit BIGINT,
  cancelled BIGINT NOT NULL
);
CREATE INDEX purchase_order_import ON purchase_order (import_id);
