-- What became of stock and offers: removals, payments, promotions, traffic, stranded stock, movements of stock. SKUs are text: a report of what
-- was makes no listing. `import_id` says which file told it; which of several speaks is decided when it is read.
CREATE TABLE removal_order (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  marketplace TEXT NOT NULL, order_id TEXT NOT NULL, sku TEXT NOT NULL, fnsku TEXT NOT NULL, disposition TEXT NOT NULL,
  order_type TEXT NOT NULL, order_status TEXT NOT NULL, order_source TEXT NOT NULL,
  requested_on BIGINT NOT NULL,
  updated_at BIGINT,
  requested BIGINT, cancelled BIGINT, disposed BIGINT, shipped BIGINT, in_process BIGINT,
  currency TEXT, fee BIGINT
);
CREATE INDEX removal_order_import ON removal_order (import_id);
CREATE TABLE removal_shipment (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  marketplace TEXT NOT NULL, order_id TEXT NOT NULL, sku TEXT NOT NULL, fnsku TEXT NOT NULL, disposition TEXT NOT NULL,
  order_type TEXT NOT NULL, carrier TEXT NOT NULL, tracking TEXT NOT NULL,
  requested_on BIGINT, shipped_on BIGINT NOT NULL,
  units BIGINT NOT NULL
);
CREATE INDEX removal_shipment_import ON removal_shipment (import_id);
-- Units of FBA orders that were paid on a day, and what was taken of them; amounts of 1/10,000, fees above 0. `whole` 0: a report of dates,
-- which a settlement goes before.
CREATE TABLE settled_day (
  import_id BIGINT NOT NULL REFERENCES import(id),
  day BIGINT NOT NULL,
  settlement TEXT NOT NULL, whole BIGINT NOT NULL,
  marketplace TEXT NOT NULL, sku TEXT NOT NULL,
  currency TEXT NOT NULL,
  units BIGINT NOT NULL,
  principal BIGINT NOT NULL, tax BIGINT NOT NULL, promotion BIGINT NOT NULL,
  referral BIGINT NOT NULL, fulfilment BIGINT NOT NULL, other_fees BIGINT NOT NULL,
  PRIMARY KEY (import_id, day, settlement, marketplace, sku)
) WITHOUT ROWID;
-- All other money: refunds, liquidations, removals, storage, services, transfers. Amounts with their sign.
CREATE TABLE settled_amount (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  settlement TEXT NOT NULL, whole BIGINT NOT NULL,
  marketplace TEXT NOT NULL, order_id TEXT NOT NULL, merchant_order_id TEXT NOT NULL, sku TEXT NOT NULL, day BIGINT NOT NULL,
  transaction_type TEXT NOT NULL, amount_type TEXT NOT NULL, description TEXT NOT NULL,
  units BIGINT,
  currency TEXT NOT NULL, amount BIGINT NOT NULL
);
CREATE INDEX settled_amount_import ON settled_amount (import_id);
CREATE TABLE promotion (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  coupon BIGINT NOT NULL,
  promotion_id TEXT NOT NULL, marketplace TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,
  starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL, first_day BIGINT NOT NULL, last_day BIGINT NOT NULL, updated_at BIGINT,
  units BIGINT, clips BIGINT, redemptions BIGINT,
  discount_percent DOUBLE PRECISION,
  currency TEXT, discount_amount BIGINT, revenue BIGINT, discount BIGINT, budget BIGINT, budget_spent BIGINT
);
CREATE INDEX promotion_import ON promotion (import_id);
CREATE TABLE promotion_asin (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  coupon BIGINT NOT NULL,
  promotion_id TEXT NOT NULL, marketplace TEXT NOT NULL, asin TEXT NOT NULL,
  units BIGINT, views BIGINT, currency TEXT, revenue BIGINT
);
CREATE INDEX promotion_asin_import ON promotion_asin (import_id);
-- Visits by ASIN, and by SKU where the report says it, over the days that it is of; without a first day: which days, is not said.
CREATE TABLE traffic (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  marketplace TEXT NOT NULL, asin TEXT NOT NULL, sku TEXT NOT NULL,
  first_day BIGINT, last_day BIGINT NOT NULL,
  sessions BIGINT, page_views BIGINT, units BIGINT,
  buy_box DOUBLE PRECISION,
  currency TEXT, revenue BIGINT
);
CREATE INDEX traffic_import ON traffic (import_id, last_day);
CREATE TABLE stranded (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  marketplace TEXT NOT NULL, sku TEXT NOT NULL,
  day BIGINT NOT NULL,
  since BIGINT, removed_from BIGINT,
  reason TEXT NOT NULL, action TEXT NOT NULL,
  units BIGINT
);
CREATE INDEX stranded_import ON stranded (import_id);
-- Units that came or went on a day: receipts and the other events of the ledger's detailed view.
CREATE TABLE stock_event (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  marketplace TEXT NOT NULL, sku TEXT NOT NULL, day BIGINT NOT NULL,
  event TEXT NOT NULL,
  sellable BIGINT NOT NULL,
  units BIGINT NOT NULL
);
CREATE INDEX stock_event_import ON stock_event (import_id, event);
-- Shipped lines under a promotion, and what it gave: the promotion's id and words as orders carry them.
CREATE TABLE promotion_use (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  marketplace TEXT NOT NULL, promotion_id TEXT NOT NULL, description TEXT NOT NULL, day BIGINT NOT NULL,
  order_lines BIGINT NOT NULL,
  currency TEXT, discount BIGINT
);
CREATE INDEX promotion_use_import ON promotion_use (import_id);
