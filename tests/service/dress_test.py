"""Files as they come from other hands: stores, days, units, statuses and costs written in other ways than Seller Central's English. What can only
mean one thing is taken for it and said; what can mean two is asked for; a word that nobody knows is named, never guessed."""
import datetime
import unittest

from field_test import Field, ledger, workbook
from product import fee_preview_row, main, order_rows, planning_row, table_text

MANAGE = "sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tafn-fulfillable-quantity\n"


def manage(sku="TOY-7", units=20):
    return MANAGE + "%s\tX\tB\tToy\tNew\t9.99\t%d\n" % (sku, units)


def store_of(seen):
    return sorted({(m, one["stock_total"]) for (m, _), one in seen.items()})


class Dressed(Field):
    def fresh(self):
        """A folder and a database of their own for what comes next."""
        self.tearDown()
        self.setUp()


class Stores(Dressed):
    def test_a_store_in_the_name_of_a_file_or_a_folder(self):
        for path, store in (("stock.de.txt", "DE"), ("amazon_fr_stock.txt", "FR"), ("Amazon.co.uk stock.txt", "UK"), ("加拿大库存.txt", "CA"), ("墨西哥站库存/stock.txt", "MX"),
                            ("UK/2025/December/stock.txt", "UK"), ("stock in and out.txt", "US"), ("notes_by_me.txt", "US")):
            with self.subTest(path):
                one = self.brought({path: manage()})[path]
                self.assertEqual([c["marketplace"] for c in one["coverage"]] if isinstance(one["coverage"], list) else list(one["coverage"]), [store], one)
                self.fresh()

    def test_a_store_as_people_write_it(self):
        written = ["亚马逊美国", "亚马逊-美国", "美国（US）", "US-美国", "UK站", "Amazon US", "www.amazon.de", "shop-FR", "美国亚马逊", "all", "全部站点"]
        rows = "".join("TOY-%d,5,%s\n" % (i, name) for i, name in enumerate(written))
        one = self.brought({"cost.csv": "MSKU,采购成本,站点\n" + rows})["cost.csv"]
        self.assertEqual((one["rows_imported"], one["rows_refused"]), (len(written), 0), one.get("refused"))
        stores = [m for m, in self.sql("SELECT marketplace FROM cost ORDER BY id")]
        self.assertEqual(stores, ["US", "US", "US", "US", "UK", "US", "DE", "FR", "US", "", ""])
        one = self.brought({"more.csv": "MSKU,采购成本,站点\nTOY-1,5,IN STYLE\nTOY-2,5,火星\nTOY-3,5,us-east\n"})["more.csv"]
        self.assertEqual(one["rows_imported"], 0, one)

    def test_the_currency_of_the_rows_tells_the_store(self):
        head = MANAGE.rstrip("\n") + "\tcurrency\n"
        one = self.brought({"stock.txt": head + "TOY-7\tX\tB\tToy\tNew\t999\t20\tJPY\n"})["stock.txt"]
        self.assertEqual(store_of(self.skus()), [("JP", 20)])
        self.assertIn("from the currency of its rows, JPY", " ".join(one["notes"]))

    def test_a_cost_for_one_store_goes_before_one_for_all(self):
        self.brought({"p.csv": table_text([planning_row("TOY-7", "2025-12-30", 50, t30=5)]), "c.csv": "MSKU,成本,币种,站点\nTOY-7,5,USD,美国\nTOY-7,7,USD,\n"})
        self.assertEqual(self.skus()[("US", "TOY-7")]["unit_value"]["amount"], "5.00")


    def test_removals_in_the_currency_of_several_stores(self):
        head = "request-date\torder-id\torder-type\torder-status\tlast-updated-date\tsku\tfnsku\tdisposition\trequested-quantity\tdisposed-quantity\tremoval-fee\tcurrency\n"
        rows = "".join("2025-12-0%d\tR%s%d\tDisposal\tCompleted\t2025-12-05\tTOY-7\tX\tSellable\t5\t5\t2.50\t%s\n" % (i, c, i, c) for i in (1, 2) for c in ("EUR", "GBP"))
        self.brought({"a_planning.csv": table_text([planning_row("TOY-7", "2025-12-30", 50, marketplace=m, currency=c, t30=5, fnsku="X" + m) for m, c in (("UK", "GBP"), ("DE", "EUR"), ("FR", "EUR"))]),
                      "removal.txt": head + rows})
        one = next(f for f in self.outcome["files"] if f["path"].endswith("removal.txt"))
        self.assertEqual((one["rows_imported"], one["rows_refused"]), (4, 0), one)
        self.assertEqual(self.sql("SELECT marketplace, count(*) FROM removal_order GROUP BY 1 ORDER BY 1"), [("DE", 2), ("UK", 2)])
        self.assertIn("rows in EUR may be of DE, FR, one network: kept under DE", " ".join(one["notes"]))


class Days(Dressed):
    def test_balances_and_the_span_of_a_ledger_tell_its_order(self):
        """Every other day only: both readings go on without a break, one of them over ten months."""
        days, left, rows = (1, 3, 5, 7, 9, 11), 200, []
        for d in days:
            rows.append(("12/%02d/2025" % d, "TOY-7", "Toy", left, 4, left - 4, "GB"))
            left -= 4
        spans = self.brought({"ledger.txt": ledger(rows)})["ledger.txt"]["coverage"]
        spans = spans if isinstance(spans, list) else list(spans.values())
        self.assertEqual([(s["first_day"], s["last_day"]) for s in spans], [("2025-12-01", "2025-12-11")])

    def test_a_day_in_words_in_a_name(self):
        for name in ("stock Nov 20 2025.txt", "stock_20Nov2025.txt", "库存2025年11月20日.txt", "FBA 20.11.25.txt"):
            with self.subTest(name):
                self.brought({name: manage()})
                self.assertEqual(self.skus()[("US", "TOY-7")]["snapshot_date"], "2025-11-20")
                self.fresh()

    def test_a_day_without_its_year_is_the_newest(self):
        today = datetime.date.today()
        newest = next(day for day in (datetime.date(today.year - n, 11, 20) for n in range(2)) if day <= today)
        for name in ("库存11月20日.txt", "stock 20 Nov.txt", "FBA-Nov20.txt", "FBA库存11月20号US.txt"):
            with self.subTest(name):
                one = self.brought({name: manage()})[name]
                self.assertEqual(self.skus()[("US", "TOY-7")]["snapshot_date"], newest.isoformat())
                self.assertIn("the newest of the day in its file name", str(one["notes"]))
                self.fresh()
        # Two days are none, and neither is a month: the file's time decides.
        for name in ("库存11月1日-11月20日.txt", "库存11月.txt", "stock may.txt", "Q4 Nov.txt", "Q4 nov 2025 p12.txt"):
            with self.subTest(name):
                self.assertIn("from the file's time", str(self.brought({name: manage()})[name]["notes"]))
                self.fresh()

    def test_weeks_and_short_months_are_no_days(self):
        for text, asked in (("12/01/2025 - 12/07/2025", "Daily in place of Weekly"), ("Nov-25", "Daily in place of Monthly")):
            one = self.brought({"ledger.txt": ledger([(text, "TOY-7", "Toy", 10, 3, 7, "US")])})["ledger.txt"]
            self.assertIn(asked, one["error"]["next"])
        self.assertEqual(self.sql("SELECT count(*) FROM import"), [(0,)])

    def test_orders_by_last_update_in_excels_dress(self):
        def excel(rows):
            for row in rows:
                row["purchase-date"] = datetime.datetime.fromisoformat(row["purchase-date"]).strftime("%m/%d/%Y")
                row["last-updated-date"] = datetime.datetime.fromisoformat(row["last-updated-date"]).strftime("%m/%d/%Y")
            return rows
        october = self.orders(first="2025-10-01", last="2025-10-31", per_day=4)
        late = [dict(row, **{"last-updated-date": "2025-11-03T10:00:00+00:00"}) for row in self.orders(first="2025-10-20", last="2025-10-22", per_day=4)]
        november = self.orders(first="2025-11-03", last="2025-11-20", per_day=4)
        self.brought({"1_october.csv": table_text(excel(october))})
        one = self.brought({"2_updated.csv": table_text(excel(late + november))})["2_updated.csv"]
        self.assertEqual(one["status"], "imported", one)
        self.assertIn("by last update", " ".join(one["notes"]))
        self.assertEqual(self.sql("SELECT sum(units) FROM sales_day d JOIN import i ON i.id = d.import_id WHERE i.path LIKE '%2_updated%'"), [(72,)])


class Words(Dressed):
    def test_what_a_status_says_in_the_languages_of_the_stores(self):
        sold = ("Shipped - Delivered to Buyer", "已发货", "Versandt", "Expédiée", "Spedito", "Enviado", "発送済み", "Verzonden", "Wysłane", "Skickad", "Kargoya verildi")
        pending = ("Pending - Waiting for Pick Up", "等待中", "保留中", "Ausstehend", "En attente", "In attesa", "Pendiente", "Pendente", "Oczekujące", "Beklemede")
        cancelled = ("Cancelled - Unpaid", "已取消", "Stornierte", "Annulé", "Annullato", "キャンセル済み", "Geannuleerd", "Anulowano", "Avbruten", "İptal edildi")
        for words, units in ((sold, 10), (pending, 0), (cancelled, 0)):
            for word in words:
                with self.subTest(word):
                    rows = [dict(row, **{"order-status": word}) for row in self.orders(per_day=1)]
                    one = self.brought({"orders.txt": table_text(rows, "\t")}, codes=(0, 1, 3))["orders.txt"]
                    self.assertNotIn("not known", str(one))
                    self.assertEqual(self.sql("SELECT coalesce(sum(units), 0) FROM sales_day"), [(units,)])
                    self.fresh()

    def test_a_replacement_says_so_in_many_ways(self):
        for word in ("TRUE", "Yes", "Y", "1", "是"):
            rows = [dict(row, **{"is-replacement-order": word}) for row in self.orders(per_day=1)]
            self.brought({"orders.txt": table_text(rows, "\t")})
            self.assertEqual(self.sql("SELECT coalesce(sum(units), 0) FROM sales_day"), [(0,)], word)

    def test_sides_and_weight_in_other_units(self):
        for i, (length, weight, side, heavy) in enumerate((("Zentimeter", "Kilogramm", "25.4", "0.544"), ("厘米", "千克", "25.4", "0.544"), ("センチメートル", "グラム", "25.4", "544"),
                                                           ("centimetri", "chilogrammi", "25.4", "0.544"), ("mm", "公斤", "254", "0.544"), ("Zoll", "Pfund", "10", "1.2"))):
            row = fee_preview_row("TOY-%d" % i, sides=(side,) * 3, weight=heavy)
            row.update({"unit-of-dimension": length, "unit-of-weight": weight})
            self.brought({"f%d.txt" % i: table_text([row], "\t")})
        self.assertEqual(set(self.sql("SELECT round(longest_in, 1), round(weight_lb, 1) FROM fee_preview")), {(10.0, 1.2)})
        row = fee_preview_row("TOY-9")
        row["unit-of-dimension"] = "cubits"
        one = self.brought({"odd.txt": table_text([row], "\t")})["odd.txt"]
        self.assertIn("a unit that is not known (cubits)", " ".join(one["notes"]))
        self.assertEqual(self.sql("SELECT longest_in FROM fee_preview p JOIN import i ON i.id = p.import_id WHERE i.path LIKE '%odd%'"), [(None,)])

    def test_a_volume_that_nothing_stored_has(self):
        for unit, volume, known in (("litres", "2.8", True), ("立方公尺", "0.0028", True), ("cu. ft.", "0.0989", True), ("cubic feet", "2800", False), ("cubic cm", "0.2", False), ("firkins", "1", False)):
            row = planning_row("TOY-7", "2025-12-30", 50, t30=5, item_volume=volume, volume_unit_measurement=unit)
            one = self.brought({"planning.csv": table_text([row])})["planning.csv"]
            self.assertEqual(self.sql("SELECT round(volume_cuft, 2) FROM planning")[-1][0], 0.1 if known else None, unit)
            self.assertEqual("volumes are" in " ".join(one["notes"]), not known, unit)
            self.fresh()

    def test_a_disposition_that_is_not_known_is_not_sellable_and_named(self):
        text = ledger([("2025-12-20", "TOY-7", "Toy", 10, 0, 10, "US")])
        self.brought({"zh.txt": text.replace("SELLABLE", "可售")})
        self.assertEqual(self.skus()[("US", "TOY-7")]["stock_total"], 10)
        one = self.brought({"odd.txt": text.replace("SELLABLE", "HAUNTED")})["odd.txt"]
        self.assertIn("“HAUNTED”", " ".join(one["notes"]))

    def test_a_header_in_a_language_that_is_not_read_names_it(self):
        for header, language in (("日付,在庫状況,期首,期末の残高,メモ", "Japanese"), ("Händlerkürzel,Menge,Währung,Bestelldatum", "German"), ("quantité,devise,commande,prix", "French"),
                                 ("cantidad,divisa,pedido,precio", "Spanish"), ("日期,备注,类型", "Chinese"), ("날짜,수량,가격", "Korean")):
            one = self.brought({"x.csv": header + "\n" + ",".join("1" for _ in header.split(",")) + "\n"})["x.csv"]
            self.assertIn("in " + language, one["error"]["what"])
            self.assertIn("in English", one["error"]["next"])


class Cells(Dressed):
    def test_a_lead_time_with_its_unit(self):
        for text, days in (("25天左右", 25), ("4 weeks", 28), ("30D", 30), ("1.5个月", 45), ("25d", 25), ("25个工作日", 25), ("2周", 14)):
            with self.subTest(text):
                one = self.brought({"cost.csv": "SKU,采购成本,交期\nTOY-7,5,%s\n" % text})["cost.csv"]
                self.assertEqual(one["rows_imported"], 1)
                self.assertEqual(self.sql("SELECT lead_time_days FROM cost ORDER BY id DESC LIMIT 1"), [(days,)])

    def test_headers_that_are_wrapped_in_their_cells(self):
        rows = [["MSKU", "采购成本\n（元）", "头程\r\n(元/件)", "交期\n（天）"], ["TOY-7", ("5", 0), ("1", 0), ("20", 0)]]
        self.brought({"cost.xlsx": workbook({"s": rows})})
        self.assertEqual(self.sql("SELECT unit_cost, freight, lead_time_days FROM cost"), [(50000, 10000, 20)])

    def test_a_column_that_looks_like_a_cost_and_is_not_read_is_named(self):
        one = self.brought({"cost.csv": "SKU,Kosten;Land\nTOY-7,5;DE\n".replace(",", ";") + "", "more.csv": "SKU,采购成本,二程运费,尾程,关税\nTOY-8,5,1,1,1\n"})["more.csv"]
        self.assertIn("columns that are not read: 二程运费, 尾程, 关税", " ".join(one["notes"]))

    def test_only_the_cost_costs_a_row(self):
        rows = "A,5,-3,待定,4000天,待定\nB,6,x,9,20,2025-13-45\nC,-1,1,9,20,\n"
        one = self.brought({"cost.csv": "SKU,采购成本,头程,起订量,交期,上架日期\n" + rows})["cost.csv"]
        self.assertEqual((one["rows_imported"], one["rows_refused"]), (2, 1), one)
        notes = " ".join(one["notes"])
        for column in ("头程", "起订量", "交期", "上架日期"):
            self.assertIn("of " + column + " cannot be read", notes)

    def test_signs_that_nobody_sees_are_no_part_of_a_sku(self):
        rows = [r for sku in ("\u202aTOY-7\u202c", "\u200bTOY-7\ufeff", "\u00a0TOY-7\u3000", "'TOY-7", "'00042") for r in order_rows(sku, "2025-12-20", "2025-12-21", 1)]
        self.brought({"a_planning.csv": table_text([planning_row("TOY-7", "2025-12-30", 50, t30=5)]), "orders.txt": table_text(rows, "\t")})
        self.assertEqual({sku for _, sku in self.skus()}, {"TOY-7", "00042"})

    def test_small_letters_of_a_rounded_sku(self):
        one = self.brought({"orders.txt": table_text(self.orders(sku="1.2e+10"), "\t")})["orders.txt"]
        self.assertEqual((one["status"], one["rows_imported"]), ("failed", 0))

    def test_digits_in_a_mask_are_what_excel_shows(self):
        styles = ('<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="170" formatCode="&quot;AB-&quot;0000"/>'
                  '<numFmt numFmtId="171" formatCode="000\\-000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>')
        rows = [["SKU", "采购成本", "币种"], [("42", 1), ("1", 0), "CNY"], [("123456", 2), ("2", 0), "CNY"], [("1.23456789012345E17", 0), ("3", 0), "CNY"]]
        self.brought({"costs.xlsx": workbook({"s": rows}, styles=styles)})
        self.assertEqual(self.sql("SELECT sku FROM cost ORDER BY id"), [("AB-0042",), ("123-456",), ("123456789012345000",)])


class LeftOut(Dressed):
    def test_pages_and_answers_of_all_shapes(self):
        for i, (text, said) in enumerate((("<!-- x --><html><body>Sorry</body></html>", "web page"), ('<head><meta http-equiv="refresh"></head>', "web page"), ("<h1>503 Service Unavailable</h1>", "web page"),
                                          ("<script>location='/signin'</script>", "web page"), ('{"errors":[{"code":"Unauthorized","message":"denied"}]}', "error answer"),
                                          ('<?xml version="1.0"?><ErrorResponse><Error><Code>QuotaExceeded</Code></Error></ErrorResponse>', "error answer"))):
            one = self.brought({"o%d.txt" % i: text})["o%d.txt" % i]
            self.assertIn(said, one["error"]["what"])

    def test_kinds_of_other_programs_are_known_by_name(self):
        kinds = {"Inventory Event Detail": "snapshot-date\ttransaction-type\tfnsku\tsku\tproduct-name\tfulfillment-center-id\tquantity\tdisposition\n2025-12-20\tShipments\tX\tTOY-7\tToy\tABE8\t-1\tSELLABLE\n",
                 "FBA stock list of an ERP": "店铺,国家,品名,SKU,MSKU,FNSKU,ASIN,总数,可用数\ns,美国,玩具,L1,TOY-7,X,B,10,10\n",
                 "FBA replacements": "shipment-date\tsku\tasin\tquantity\treplacement-reason-code\n2025-12-20\tTOY-7\tB\t1\t0\n",
                 "Vendor Central": "ASIN,Product Title,Ordered Revenue,Shipped COGS,Shipped Revenue,Shipped Units\nB,T,1,1,1,1\n",
                 "another shop": "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\nh,t,TOY-7,5,9.99\n",
                 "Shipments of an ERP": "发货单号,供应商,SKU,发货量,到货数量\nP1,供,TOY-7,100,0\n",
                 "Brand Analytics": "Search Query,Search Query Score,Search Query Volume\nq,1,2\n"}
        seen = self.brought({"k%d.txt" % i: text for i, text in enumerate(kinds.values())})
        for i, word in enumerate(kinds):
            one = seen["k%d.txt" % i]
            self.assertEqual((one["status"], one["rows_imported"]), ("failed", 0), one)
            self.assertIn(word.lower(), one["error"]["what"].lower())
            self.assertNotRegex(one["error"]["what"] + one["error"]["next"], "missing|download (it|the report) again")
        self.assertEqual(self.skus(), {})

    def test_files_put_together_with_their_marks(self):
        text = table_text(self.orders(), "\t")
        more = table_text(self.orders(first="2026-01-02", last="2026-01-04"), "\t")
        one = self.brought({"orders.txt": text.encode("utf-8-sig") + more.encode("utf-8-sig")})["orders.txt"]
        self.assertEqual((one["rows_refused"], one["rows_imported"]), (0, 13), one)


class Alphabets(Dressed):
    def test_letters_of_the_store_in_one_byte(self):
        for channel, currency, encoding, sku, store in (("Amazon.pl", "PLN", "cp1250", "Żółty-01", "PL"), ("Amazon.com.tr", "TRY", "cp1254", "Işık-01", "TR"), ("Amazon.co.jp", "JPY", "cp932", "ソファ-1", "JP")):
            rows = self.orders(sku=sku, last="2025-12-21", channel=channel, currency=currency)
            self.brought({"orders_%s.csv" % encoding: table_text(rows).encode(encoding)})
            self.assertIn((store, sku), self.skus())


if __name__ == "__main__":
    main()
