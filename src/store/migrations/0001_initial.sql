-- Money is a BIGINT of 1/10,000 of the currency unit; days are day numbers since 1970-01-01; NULL is "not said".
CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  base_currency TEXT
);
CREATE TABLE listing (
  id INTEGER PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account(id),
  marketplace TEXT NOT NULL,
  sku TEXT NOT NULL,
  asin TEXT NOT NULL,
  fnsku TEXT NOT NULL,
  title TEXT NOT NULL,
  UNIQUE (account_id, marketplace, sku)
);
CREATE TABLE import (
  id INTEGER PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account(id),
  report TEXT NOT NULL,
  path TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  encoding TEXT NOT NULL,
  rows_read BIGINT NOT NULL,
  rows_imported BIGINT NOT NULL,
  rows_refused BIGINT NOT NULL,
  header TEXT NOT NULL,
  status TEXT NOT NULL,
  UNIQUE (account_id, content_hash)
);
CREATE TABLE import_note (
  import_id BIGINT NOT NULL REFERENCES import(id),
  position BIGINT NOT NULL,
  en TEXT NOT NULL,
  zh TEXT NOT NULL,
  PRIMARY KEY (import_id, position)
) WITHOUT ROWID;
CREATE TABLE coverage (
  import_id BIGINT NOT NULL REFERENCES import(id),
  marketplace TEXT NOT NULL,
  first_day BIGINT NOT NULL,
  last_day BIGINT NOT NULL,
  first_instant BIGINT,
  last_instant BIGINT,
  row_count BIGINT NOT NULL,
  skus BIGINT NOT NULL,
  units BIGINT NOT NULL,
  PRIMARY KEY (import_id, marketplace)
) WITHOUT ROWID;
CREATE TABLE refused_row (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  line BIGINT NOT NULL,
  column_name TEXT NOT NULL,
  value TEXT NOT NULL,
  reason_en TEXT NOT NULL,
  reason_zh TEXT NOT NULL,
  fix_en TEXT NOT NULL,
  fix_zh TEXT NOT NULL
);
CREATE INDEX refused_row_import ON refused_row (import_id);
CREATE TABLE planning (
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  snapshot BIGINT NOT NULL,
  condition_name TEXT NOT NULL,
  available BIGINT, reserved BIGINT, customer_orders BIGINT, fc_transfer BIGINT, fc_processing BIGINT,
  inbound BIGINT, inbound_working BIGINT, inbound_shipped BIGINT, inbound_received BIGINT,
  unfulfillable BIGINT, pending_removal BIGINT,
  currency TEXT, price BIGINT, sales_price BIGINT,
  units_t7 BIGINT, units_t30 BIGINT, units_t60 BIGINT, units_t90 BIGINT,
  alert TEXT NOT NULL, recommended_action TEXT NOT NULL, health_status TEXT NOT NULL, storage_type TEXT NOT NULL, product_group TEXT NOT NULL,
  amazon_excess BIGINT, days_of_supply DOUBLE, sell_through DOUBLE, volume_cuft DOUBLE,
  storage_cost_next_month BIGINT, aged_cost_next_month BIGINT,
  PRIMARY KEY (import_id, listing_id, condition_name)
) WITHOUT ROWID;
CREATE TABLE age_band (
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  condition_name TEXT NOT NULL,
  from_day BIGINT NOT NULL,
  to_day BIGINT,
  units BIGINT NOT NULL,
  PRIMARY KEY (import_id, listing_id, condition_name, from_day)
) WITHOUT ROWID;
CREATE TABLE manage_fba (
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  snapshot BIGINT NOT NULL,
  condition_name TEXT NOT NULL,
  currency TEXT, price BIGINT,
  fulfillable BIGINT, unsellable BIGINT, reserved BIGINT, total BIGINT,
  inbound_working BIGINT, inbound_shipped BIGINT, inbound_receiving BIGINT, researching BIGINT,
  volume_cuft DOUBLE,
  PRIMARY KEY (import_id, listing_id, condition_name)
) WITHOUT ROWID;
CREATE TABLE reserved (
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  snapshot BIGINT NOT NULL,
  total BIGINT, customer_orders BIGINT, fc_transfer BIGINT, fc_processing BIGINT,
  PRIMARY KEY (import_id, listing_id)
) WITHOUT ROWID;
CREATE TABLE sales_day (
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  day BIGINT NOT NULL,
  units BIGINT NOT NULL,
  revenue BIGINT NOT NULL,
  priced_units BIGINT NOT NULL,
  promo_units BIGINT NOT NULL,
  promo_discount BIGINT NOT NULL,
  PRIMARY KEY (import_id, listing_id, day)
) WITHOUT ROWID;
CREATE TABLE ledger_day (
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  day BIGINT NOT NULL,
  sellable BIGINT NOT NULL,
  starting BIGINT NOT NULL, receipts BIGINT NOT NULL, shipments BIGINT NOT NULL, returned BIGINT NOT NULL, other BIGINT NOT NULL,
  ending BIGINT NOT NULL,
  PRIMARY KEY (import_id, listing_id, day, sellable)
) WITHOUT ROWID;
CREATE TABLE fee_preview (
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  currency TEXT, price BIGINT, referral_fee BIGINT, fulfilment_fee BIGINT, total_fee BIGINT,
  longest_in DOUBLE, median_in DOUBLE, shortest_in DOUBLE, weight_lb DOUBLE,
  size_tier TEXT NOT NULL, product_group TEXT NOT NULL,
  PRIMARY KEY (import_id, listing_id)
) WITHOUT ROWID;
CREATE TABLE storage_fee (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  marketplace TEXT NOT NULL, fnsku TEXT NOT NULL, asin TEXT NOT NULL, size_tier TEXT NOT NULL,
  month BIGINT NOT NULL,
  average_units DOUBLE, volume_cuft DOUBLE,
  currency TEXT, rate BIGINT, fee BIGINT
);
CREATE INDEX storage_fee_import ON storage_fee (import_id);
CREATE TABLE aged_charge (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  day BIGINT NOT NULL,
  tier TEXT NOT NULL,
  units BIGINT,
  currency TEXT, amount BIGINT, rate BIGINT
);
CREATE INDEX aged_charge_import ON aged_charge (import_id);
CREATE TABLE return_day (
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  day BIGINT NOT NULL,
  disposition TEXT NOT NULL,
  units BIGINT NOT NULL,
  PRIMARY KEY (import_id, listing_id, day, disposition)
) WITHOUT ROWID;
CREATE TABLE cost (
  id INTEGER PRIMARY KEY,
  import_id BIGINT NOT NULL REFERENCES import(id),
  sku TEXT NOT NULL,
  marketplace TEXT NOT NULL,
  unit_cost BIGINT, unit_cost_currency TEXT, freight BIGINT, freight_currency TEXT,
  lead_time_days BIGINT, moq BIGINT, carton BIGINT,
  category TEXT NOT NULL, season TEXT NOT NULL, owner TEXT NOT NULL, tag TEXT NOT NULL,
  launch BIGINT
);
CREATE INDEX cost_import ON cost (import_id);
CREATE TABLE exchange_rate (
  id INTEGER PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account(id),
  import_id BIGINT REFERENCES import(id),
  day BIGINT NOT NULL,
  from_currency TEXT NOT NULL,
  to_currency TEXT NOT NULL,
  rate DOUBLE NOT NULL
);
CREATE TABLE plan (
  id INTEGER PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account(id),
  policy TEXT NOT NULL,
  as_of BIGINT NOT NULL,
  first_day BIGINT NOT NULL,
  horizon_weeks BIGINT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE TABLE plan_line (
  plan_id BIGINT NOT NULL REFERENCES plan(id),
  line BIGINT NOT NULL,
  marketplace TEXT NOT NULL, sku TEXT NOT NULL, title TEXT NOT NULL, owner TEXT NOT NULL, tag TEXT NOT NULL, band TEXT NOT NULL,
  units DOUBLE NOT NULL,
  currency TEXT NOT NULL,
  net_recovery BIGINT NOT NULL,
  upper_bound BIGINT, hold_net_recovery BIGINT, playbook_net_recovery BIGINT,
  delay_1 BIGINT, delay_2 BIGINT, delay_4 BIGINT, delay_8 BIGINT,
  why_en TEXT NOT NULL, why_zh TEXT NOT NULL,
  next_best_channel TEXT, next_best_net_recovery BIGINT,
  assumptions_en TEXT NOT NULL, assumptions_zh TEXT NOT NULL,
  PRIMARY KEY (plan_id, line)
) WITHOUT ROWID;
CREATE TABLE plan_action (
  plan_id BIGINT NOT NULL REFERENCES plan(id),
  line BIGINT NOT NULL,
  position BIGINT NOT NULL,
  week BIGINT NOT NULL,
  first_day BIGINT NOT NULL,
  last_day BIGINT NOT NULL,
  channel TEXT NOT NULL,
  price BIGINT, discount DOUBLE, expected_units DOUBLE, expected_cash BIGINT, units_out DOUBLE NOT NULL,
  reason_en TEXT NOT NULL, reason_zh TEXT NOT NULL,
  checks_en TEXT NOT NULL, checks_zh TEXT NOT NULL,
  PRIMARY KEY (plan_id, line, position)
) WITHOUT ROWID;
CREATE TABLE plan_week (
  plan_id BIGINT NOT NULL REFERENCES plan(id),
  line BIGINT NOT NULL,
  week BIGINT NOT NULL,
  first_day BIGINT NOT NULL,
  units_start DOUBLE NOT NULL, units_sold DOUBLE NOT NULL, units_out DOUBLE NOT NULL,
  cash BIGINT NOT NULL, storage BIGINT,
  PRIMARY KEY (plan_id, line, week)
) WITHOUT ROWID;
