-- Raised by every write that an answer may rest on, in that write's transaction.
ALTER TABLE account ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
-- What an import is known by: the bytes, and what was said about them (marketplace, day, the moment of typed costs); among those that
-- are not discarded. The table is made anew because a constraint of a column cannot be taken away.
CREATE TABLE import_by_options (
  id INTEGER PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account(id),
  report TEXT NOT NULL,
  path TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  options TEXT NOT NULL DEFAULT '',
  imported_at TEXT NOT NULL,
  encoding TEXT NOT NULL,
  rows_read BIGINT NOT NULL,
  rows_imported BIGINT NOT NULL,
  rows_refused BIGINT NOT NULL,
  header TEXT NOT NULL,
  status TEXT NOT NULL
);
INSERT INTO import_by_options (id, account_id, report, path, content_hash, imported_at, encoding, rows_read, rows_imported, rows_refused, header, status)
  SELECT id, account_id, report, path, content_hash, imported_at, encoding, rows_read, rows_imported, rows_refused, header, status FROM import;
DROP TABLE import;
ALTER TABLE import_by_options RENAME TO import;
CREATE UNIQUE INDEX import_identity ON import (account_id, content_hash, options) WHERE status <> 'discarded';
-- A plan of the account is what decisions and screens look at; a trial (one SKU, another policy) is never in its place.
ALTER TABLE plan ADD COLUMN purpose TEXT NOT NULL DEFAULT 'account';
UPDATE plan SET purpose = 'trial' WHERE policy <> 'optimal';
-- What a person decided of a SKU. It outlasts every plan. approved_line and locked_line: what stood in the line then (see
-- account/plan_record.h), so that a line that came to say something else is known.
CREATE TABLE decision (
  account_id BIGINT NOT NULL REFERENCES account(id),
  marketplace TEXT NOT NULL,
  sku TEXT NOT NULL,
  approved BIGINT NOT NULL DEFAULT 0,
  approved_line TEXT NOT NULL DEFAULT '',
  pinned TEXT NOT NULL DEFAULT '',
  locked_line TEXT NOT NULL DEFAULT '',
  wishes TEXT NOT NULL DEFAULT '',
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (account_id, marketplace, sku)
) WITHOUT ROWID;
-- The newest choice of each SKU, of whatever plan: plans made by another way used to leave them behind.
INSERT INTO decision (account_id, marketplace, sku, approved, approved_line, pinned, locked_line, wishes, person, at)
  SELECT account_id, marketplace, sku, approved, CASE WHEN approved = 1 THEN content ELSE '' END, pinned,
         CASE WHEN pinned = 'locked' THEN content ELSE '' END, wishes, person, at
  FROM (SELECT p.account_id, c.*, (SELECT COALESCE(group_concat(content, char(10)), 'keep') FROM
                       (SELECT a.channel || ' ' || a.first_day || ' ' || a.last_day || ' ' || COALESCE(a.price, '') || ' ' || CAST(a.units_out * 100 AS INTEGER) AS content
                        FROM plan_line l JOIN plan_action a ON a.plan_id = l.plan_id AND a.line = l.line
                        WHERE l.plan_id = c.plan_id AND l.marketplace = c.marketplace AND l.sku = c.sku AND a.expected_cash IS NOT NULL
                        ORDER BY a.position)) AS content
        FROM plan_choice c JOIN plan p ON p.id = c.plan_id
        WHERE c.plan_id = (SELECT max(n.plan_id) FROM plan_choice n JOIN plan q ON q.id = n.plan_id
                           WHERE q.account_id = p.account_id AND n.marketplace = c.marketplace AND n.sku = c.sku));
-- Days out of stock that a snapshot tells, written when it is imported: not looked for in every snapshot at each reading.
CREATE TABLE stockout_day (
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  day BIGINT NOT NULL,
  PRIMARY KEY (import_id, listing_id, day)
) WITHOUT ROWID;
INSERT OR IGNORE INTO stockout_day SELECT import_id, listing_id, snapshot FROM planning WHERE available = 0;
INSERT OR IGNORE INTO stockout_day SELECT import_id, listing_id, snapshot FROM manage_fba WHERE fulfillable = 0;
