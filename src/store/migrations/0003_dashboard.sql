-- What the dashboard keeps: people, sessions, tokens, the audit log, settings, views, jobs, and what was decided of a plan's lines.
-- Secrets are never here: passwords as argon2id, sessions, links and tokens as BLAKE2b of what their holder has. Seconds are UTC since 1970.
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  password TEXT NOT NULL,
  active BIGINT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE TABLE person_account (
  person_id BIGINT NOT NULL REFERENCES person(id),
  account_id BIGINT NOT NULL REFERENCES account(id),
  PRIMARY KEY (person_id, account_id)
) WITHOUT ROWID;
CREATE TABLE invitation (
  hash TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  accounts TEXT NOT NULL,
  expires BIGINT NOT NULL
) WITHOUT ROWID;
CREATE TABLE session (
  hash TEXT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person(id),
  csrf TEXT NOT NULL,
  expires BIGINT NOT NULL
) WITHOUT ROWID;
CREATE TABLE api_token (
  id INTEGER PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person(id),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL
);
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  person TEXT NOT NULL,
  account_id BIGINT,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE TABLE setting (
  account_id BIGINT NOT NULL REFERENCES account(id),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (account_id, name)
) WITHOUT ROWID;
CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  screen TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  UNIQUE (account_id, person_id, screen, name)
);
CREATE TABLE job (
  id INTEGER PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account(id),
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  person TEXT NOT NULL,
  request TEXT NOT NULL,
  result TEXT NOT NULL,
  created_at TEXT NOT NULL,
  ended_at TEXT NOT NULL
);
-- The money of a plan's weeks beside that of holding and of the playbook, in each currency.
CREATE TABLE plan_curve (
  plan_id BIGINT NOT NULL REFERENCES plan(id),
  policy TEXT NOT NULL,
  currency TEXT NOT NULL,
  week BIGINT NOT NULL,
  first_day BIGINT NOT NULL,
  cash BIGINT NOT NULL,
  storage BIGINT NOT NULL,
  PRIMARY KEY (plan_id, policy, currency, week)
) WITHOUT ROWID;
-- What a person decided of a line: approved; kept as it is, or left out, when the rest is planned again; and wishes of its own.
CREATE TABLE plan_choice (
  plan_id BIGINT NOT NULL REFERENCES plan(id),
  marketplace TEXT NOT NULL,
  sku TEXT NOT NULL,
  approved BIGINT NOT NULL,
  pinned TEXT NOT NULL,
  wishes TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (plan_id, marketplace, sku)
) WITHOUT ROWID;
ALTER TABLE plan ADD COLUMN wishes TEXT NOT NULL DEFAULT '';
