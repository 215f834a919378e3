-- A listing's days of an import in one row, for the two tables with a row a day: [[day, figure, …], …] by day, last
-- figures that are nought left out. The views say them row by row, as the tables did.
CREATE TABLE sales_of_listing (
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  first_day BIGINT NOT NULL,
  last_day BIGINT NOT NULL,
  days TEXT NOT NULL,
  PRIMARY KEY (import_id, listing_id)
);
INSERT INTO sales_of_listing (import_id, listing_id, first_day, last_day, days)
SELECT import_id, listing_id, min(day), max(day),
       json_group_array(json_array(day, units, revenue, priced_units, promo_units, promo_discount))
FROM (SELECT * FROM sales_day ORDER BY import_id, listing_id, day) GROUP BY import_id, listing_id;
DROP TABLE sales_day;
CREATE VIEW sales_day AS
SELECT import_id, listing_id, json_extract(d.value, '$[0]') AS day, coalesce(json_extract(d.value, '$[1]'), 0) AS units,
       coalesce(json_extract(d.value, '$[2]'), 0) AS revenue, coalesce(json_extract(d.value, '$[3]'), 0) AS priced_units,
       coalesce(json_extract(d.value, '$[4]'), 0) AS promo_units,
       coalesce(json_extract(d.value, '$[5]'), 0) AS promo_discount
FROM sales_of_listing, json_each(days) d;

CREATE TABLE ledger_of_listing (
  import_id BIGINT NOT NULL REFERENCES import(id),
  listing_id BIGINT NOT NULL REFERENCES listing(id),
  first_day BIGINT NOT NULL,
  last_day BIGINT NOT NULL,
  days TEXT NOT NULL,
  PRIMARY KEY (import_id, listing_id)
);
INSERT INTO ledger_of_listing (import_id, listing_id, first_day, last_day, days)
SELECT import_id, listing_id, min(day), max(day),
       json_group_array(json_array(day, sellable, starting, receipts, shipments, returned, other, ending))
FROM (SELECT * FROM ledger_day ORDER BY import_id, listing_id, day) GROUP BY import_id, listing_id;
DROP TABLE ledger_day;
CREATE VIEW ledger_day AS
SELECT import_id, listing_id, json_extract(d.value, '$[0]') AS day, coalesce(json_extract(d.value, '$[1]'), 0) AS sellable,
       coalesce(json_extract(d.value, '$[2]'), 0) AS starting, coalesce(json_extract(d.value, '$[3]'), 0) AS receipts,
       coalesce(json_extract(d.value, '$[4]'), 0) AS shipments, coalesce(json_extract(d.value, '$[5]'), 0) AS returned,
       coalesce(json_extract(d.value, '$[6]'), 0) AS other, coalesce(json_extract(d.value, '$[7]'), 0) AS ending
FROM ledger_of_listing, json_each(days) d;
