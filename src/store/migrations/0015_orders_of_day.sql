-- Which orders a report of sales tells, by store and day, as numbers of four bytes in base64: a report that lacks some
-- of another's of the same days is a part of one. Two reports without a common order are parts that both count.
CREATE TABLE orders_of_day (
  import_id BIGINT NOT NULL REFERENCES import(id),
  marketplace TEXT NOT NULL,
  day BIGINT NOT NULL,
  orders TEXT NOT NULL,
  PRIMARY KEY (import_id, marketplace, day)
) WITHOUT ROWID;
CREATE TABLE import_beside (
  import_id BIGINT NOT NULL REFERENCES import(id),
  other_id BIGINT NOT NULL REFERENCES import(id),
  PRIMARY KEY (import_id, other_id)
) WITHOUT ROWID;
