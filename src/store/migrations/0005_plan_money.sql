-- What a plan says besides its lines: money after the horizon, SKUs of which no figure can be given, channels without a figure, and what would be
-- better were Amazon to offer it. Empty in plans made before.
CREATE TABLE plan_after (
  plan_id BIGINT NOT NULL REFERENCES plan(id),
  policy TEXT NOT NULL,
  currency TEXT NOT NULL,
  units_left DOUBLE PRECISION NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (plan_id, policy, currency)
) WITHOUT ROWID;
CREATE TABLE plan_unplanned (
  plan_id BIGINT NOT NULL REFERENCES plan(id),
  marketplace TEXT NOT NULL,
  sku TEXT NOT NULL,
  title TEXT NOT NULL,
  owner TEXT NOT NULL,
  reason TEXT NOT NULL,
  units DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (plan_id, marketplace, sku)
) WITHOUT ROWID;
CREATE TABLE plan_note (
  plan_id BIGINT NOT NULL REFERENCES plan(id),
  channel TEXT NOT NULL,
  skus BIGINT NOT NULL,
  try_on TEXT NOT NULL,
  PRIMARY KEY (plan_id, channel)
) WITHOUT ROWID;
ALTER TABLE plan_line ADD COLUMN offered_channel TEXT;
ALTER TABLE plan_line ADD COLUMN offered_first_day BIGINT;
ALTER TABLE plan_line ADD COLUMN offered_last_day BIGINT;
ALTER TABLE plan_line ADD COLUMN offered_price BIGINT;
ALTER TABLE plan_line ADD COLUMN offered_net_recovery BIGINT;
