-- What people carry out: actions of the account's plan, with an identity that outlasts the plan. in_plan: of the newest one.
CREATE TABLE action (
  account_id BIGINT NOT NULL REFERENCES account(id),
  action_id TEXT NOT NULL,
  marketplace TEXT NOT NULL,
  sku TEXT NOT NULL,
  title TEXT NOT NULL,
  owner TEXT NOT NULL,
  tag TEXT NOT NULL,
  currency TEXT NOT NULL,
  channel TEXT NOT NULL,
  first_day BIGINT NOT NULL,
  last_day BIGINT NOT NULL,
  price BIGINT,
  discount DOUBLE,
  expected_units DOUBLE,
  expected_cash BIGINT,
  units_out DOUBLE NOT NULL,
  gain BIGINT,
  held_units DOUBLE,
  held_cash BIGINT,
  believed_lift DOUBLE,
  spread DOUBLE,
  reason_en TEXT NOT NULL,
  reason_zh TEXT NOT NULL,
  checks_en TEXT NOT NULL,
  checks_zh TEXT NOT NULL,
  plan_id BIGINT NOT NULL,
  in_plan BIGINT NOT NULL,
  PRIMARY KEY (account_id, action_id)
) WITHOUT ROWID;
-- The last number given out in a week: none is given twice, whatever became of its action.
CREATE TABLE action_number (
  account_id BIGINT NOT NULL REFERENCES account(id),
  week TEXT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (account_id, week)
) WITHOUT ROWID;
-- What was decided and seen, of an action or of a SKU. Rows are only added; see account/action_record.h.
CREATE TABLE desk_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id BIGINT NOT NULL REFERENCES account(id),
  action_id TEXT NOT NULL DEFAULT '',
  marketplace TEXT NOT NULL,
  sku TEXT NOT NULL,
  kind TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT '',
  until BIGINT,
  review_on BIGINT,
  check_number BIGINT,
  currency TEXT,
  price BIGINT,
  units DOUBLE,
  expected BIGINT,
  day BIGINT,
  value TEXT NOT NULL DEFAULT '',
  value_before TEXT NOT NULL DEFAULT '',
  undoes BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX desk_event_of_account ON desk_event (account_id, id);
CREATE TABLE written_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id BIGINT NOT NULL REFERENCES account(id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  marketplace TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  content TEXT NOT NULL
);
CREATE TABLE written_action (
  file_id BIGINT NOT NULL REFERENCES written_file(id),
  action_id TEXT NOT NULL,
  PRIMARY KEY (file_id, action_id)
) WITHOUT ROWID;
