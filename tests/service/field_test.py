"""Files as sellers have them: in other languages, saved by Excel, pasted, cut, of kinds that are not read. Each kind of condition with
inputs of its own: what is right is taken, what is not is left out by name, nothing is taken for something else."""
import gzip
import io
import os
import zipfile

from product import Case, fee_preview_row, main, order_rows, planning_row, storage_row, table_text

LEDGER = ["Date", "FNSKU", "ASIN", "MSKU", "Title", "Disposition", "Starting Warehouse Balance", "Receipts", "Customer Shipments", "Customer Returns",
          "Ending Warehouse Balance", "Location"]


def ledger(rows, delimiter="\t", quote=False):
    """rows: (date, sku, title, start, sold, end, location)."""
    lines = [LEDGER] + [[d, "X1", "B1", sku, title, "SELLABLE", start, 0, -sold, 0, end, place] for d, sku, title, start, sold, end, place in rows]
    cell = (lambda c: '"%s"' % c) if quote else str
    return "".join(delimiter.join(cell(c) for c in line) + "\n" for line in lines)


def workbook(sheets, prefix="", styles=None):
    """sheets: {name: rows}; a cell is a text, or (text as Excel stores a number, its style)."""
    p = prefix + ":" if prefix else ""
    main_ns = 'xmlns%s="http://schemas.openxmlformats.org/spreadsheetml/2006/main"' % (":" + prefix if prefix else "")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", '<%sworkbook %s xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><%ssheets>%s</%ssheets></%sworkbook>' % (
            p, main_ns, p, "".join('<%ssheet name="%s" sheetId="%d" r:id="r%d"/>' % (p, n, i, i) for i, n in enumerate(sheets, 1)), p, p))
        archive.writestr("xl/_rels/workbook.xml.rels", "<Relationships>%s</Relationships>" % "".join(
            '<Relationship Id="r%d" Target="worksheets/sheet%d.xml"/>' % (i, i) for i in range(1, len(sheets) + 1)))
        if styles:
            archive.writestr("xl/styles.xml", styles)
        for i, rows in enumerate(sheets.values(), 1):
            text = ""
            for number, row in enumerate(rows, 1):
                text += '<%srow r="%d">' % (p, number)
                for column, value in enumerate(row):
                    at = "%s%d" % ("ABCDEFGHIJ"[column], number)
                    if isinstance(value, tuple):
                        text += '<%sc r="%s" s="%d"><%sv>%s</%sv></%sc>' % (p, at, value[1], p, value[0], p, p)
                    else:
                        text += '<%sc r="%s" t="inlineStr"><%sis><%st>%s</%st></%sis></%sc>' % (p, at, p, p, value, p, p, p)
                text += "</%srow>" % p
            archive.writestr("xl/worksheets/sheet%d.xml" % i, "<%sworksheet %s><%ssheetData>%s</%ssheetData></%sworksheet>" % (p, main_ns, p, text, p, p))
    return out.getvalue()


class Field(Case):
    def brought(self, files, codes=(0, 1, 3), **options):
        """{path: content} imported as one folder. The outcome by file name."""
        for name, data in files.items():
            self.write(os.path.join("in", name), data)
        self.outcome = self.imported(os.path.join(self.folder, "in"), codes=codes, **options)
        return {os.path.relpath(one["path"], os.path.join(self.folder, "in")): one for one in self.outcome["files"]}

    def skus(self, *options):
        ran = self.destock("health", "--format", "json", *options)
        if ran.code not in (0, 3):
            return {}
        return {(one["marketplace"], one["sku"]): one for one in ran.json()["skus"]}

    def orders(self, sku="TOY-7", first="2025-12-20", last="2025-12-29", per_day=2, **more):
        return order_rows(sku, first, last, per_day, **more)


class WhichReport(Field):
    def test_kinds_that_are_not_read_are_named_and_no_others(self):
        kinds = {"Settlement": "settlement-id\tsettlement-start-date\tdeposit-date\tsku\tamount\n1\t2025-12-01\t2025-12-15\tTOY-7\t5\n",
                 "Restock": "Country,Product Name,FNSKU,Merchant SKU,ASIN,Price,Available,Recommended replenishment qty\nUS,Toy,X,TOY-7,B,9.99,50,20\n",
                 "Removal Order": "request-date\torder-id\torder-type\tsku\trequested-quantity\tdisposed-quantity\n2025-12-01\tR1\tDisposal\tTOY-7\t5\t5\n",
                 "Orders to ship": "order-id\torder-item-id\tpurchase-date\tpayments-date\tsku\tquantity-purchased\tquantity-to-ship\n1\t2\t2025-12-24T10:00:00+00:00\t\tTOY-7\t1\t1\n",
                 "Advertising": "Date,Campaign Name,Ad Group Name,Advertised SKU,Impressions,Clicks,Spend\n2025-12-20,c,g,TOY-7,100,3,1.50\n",
                 "detailed": "Date and Time\tFNSKU\tASIN\tMSKU\tTitle\tEvent Type\tReference ID\tQuantity\n2025-12-20T10:00:00Z\tX\tB\tTOY-7\tToy\tShipments\t1\t-1\n",
                 "ERP": "SKU,品名,仓库名称,可用库存,采购单价\nTOY-7,玩具,深圳仓,50,12.5\n"}
        seen = self.brought({"k%d.txt" % i: text for i, text in enumerate(kinds.values())})
        for i, word in enumerate(kinds):
            one = seen["k%d.txt" % i]
            self.assertEqual((one["status"], one["rows_imported"]), ("failed", 0), one)
            said = one["error"]["what"] + " " + one["error"]["next"]
            self.assertIn(word.lower(), said.lower())
            self.assertNotRegex(said, "missing|download (it|the report) again")
        self.assertEqual(self.skus(), {})

    def test_pages_and_answers_of_the_web_say_what_they_are(self):
        seen = self.brought({"orders.txt": "<!DOCTYPE html><html><body>Sign in</body></html>", "fees.txt": '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
                             "cost.xls": "<html><table><tr><td>SKU</td></tr></table></html>"})
        self.assertIn("web page", seen["orders.txt"]["error"]["what"])
        self.assertIn("expired", seen["fees.txt"]["error"]["what"])
        self.assertIn(".xlsx", seen["cost.xls"]["error"]["next"])

    def test_content_decides_and_what_is_left_alone_is_named(self):
        rows = table_text(self.orders(), "\t")
        self.brought({"download.dms": rows, "notes.bin": b"\x00\x01\x02", "picture.png": b"x", "readme": "hello"})
        self.assertIn(("US", "TOY-7"), self.skus())
        named = {os.path.basename(one["path"]): one["why"] for one in self.outcome["left_alone"]}
        self.assertEqual(set(named), {"notes.bin", "picture.png", "readme"})
        self.assertTrue(all(named.values()))

    def test_another_view_is_told_and_nothing_of_it_is_kept(self):
        for month in ("11/2025", "2025-11", "Nov 2025"):
            one = self.brought({"ledger.txt": ledger([(month, "TOY-7", "Toy", 10, 3, 7, "US")])})["ledger.txt"]
            self.assertEqual(one["status"], "failed")
            self.assertIn("Daily", one["error"]["next"])
        self.assertEqual(self.sql("SELECT count(*) FROM import"), [(0,)])


class WhichMarketplace(Field):
    def test_every_store_is_known_with_its_currency(self):
        stores = {"Amazon.nl": ("NL", "EUR"), "Amazon.se": ("SE", "SEK"), "Amazon.pl": ("PL", "PLN"), "Amazon.com.tr": ("TR", "TRY"), "Amazon.com.au": ("AU", "AUD"),
                  "Amazon.sg": ("SG", "SGD"), "Amazon.ae": ("AE", "AED"), "Amazon.sa": ("SA", "SAR"), "Amazon.eg": ("EG", "EGP"), "Amazon.co.za": ("ZA", "ZAR"), "Amazon.com.br": ("BR", "BRL")}
        rows = [row for channel, (_, currency) in stores.items() for row in self.orders(last="2025-12-21", channel=channel, currency=currency)]
        one = self.brought({"orders.txt": table_text(rows, "\t")})["orders.txt"]
        self.assertEqual(one["rows_refused"], 0, one)
        self.assertEqual({m for m, _ in self.skus()}, {m for m, _ in stores.values()})

    def test_a_sellers_own_table_says_its_site_and_currency(self):
        self.brought({"stock.csv": "店铺,国家,MSKU,SKU,FNSKU,可售\ns,德国,TOY-7,E1,X1,200\ns,英国,TOY-7,E1,X2,50\n".replace("可售", "afn-fulfillable-quantity")})
        self.assertEqual({key: one["stock_total"] for key, one in self.skus().items()}, {("DE", "TOY-7"): 200, ("UK", "TOY-7"): 50})
        head = "Order ID,Date,SKU,Qty,Amount,Currency"
        one = self.brought({"eur.csv": head + "\n1,2025-12-20,TOY-8,1,9.99,EUR\n"})["eur.csv"]
        self.assertIn("told apart", one["refused"][0]["reason"])
        self.brought({"gbp.csv": head + "\n1,2025-12-20,TOY-8,1,9.99,GBP\n", "de.csv": head + ",站点\n2,2025-12-20,TOY-9,1,9.99,EUR,德国\n"})
        self.assertEqual(self.sql("SELECT sku, marketplace FROM listing WHERE sku IN ('TOY-8', 'TOY-9') ORDER BY sku"), [("TOY-8", "UK"), ("TOY-9", "DE")])

    def test_orders_of_other_channels_are_of_the_marketplace_they_name(self):
        rows = self.orders(channel="SI UK Prod Marketplace", currency="GBP") + self.orders(channel="Non-Amazon DE", currency="EUR")
        self.brought({"orders.txt": table_text(rows, "\t")})
        self.assertEqual({m for m, _ in self.skus()}, {"UK", "DE"})

    def test_a_word_of_a_name_is_no_marketplace(self):
        text = "sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tafn-fulfillable-quantity\nTOY-7\tX\tB\tToy\tNew\t9.99\t20\n"
        for name in ("what came in.txt", "it is all of it.txt", "checked_in.txt"):
            one = self.brought({name: text})[name]
            self.assertEqual([c["marketplace"] for c in one["coverage"]] if isinstance(one["coverage"], list) else list(one["coverage"]), ["US"], one)
            self.assertIn("US assumed", " ".join(one["notes"]))
            os.unlink(os.path.join(self.folder, "in", name))

    def test_the_same_bytes_of_two_marketplaces_are_two_reports(self):
        text = "sku\tfnsku\tasin\tproduct-name\treserved_qty\treserved_customerorders\treserved_fc-transfers\treserved_fc-processing\nTOY-7\tX\tB\tToy\t0\t0\t0\t0\n"
        seen = self.brought({"MX/reserved.txt": text, "UK/reserved.txt": text})
        self.assertEqual([seen[name]["status"] for name in ("MX/reserved.txt", "UK/reserved.txt")], ["imported"] * 2)
        seen = self.brought({"MX/reserved.txt": text, "UK/reserved.txt": text})
        self.assertEqual([seen[name]["status"] for name in ("MX/reserved.txt", "UK/reserved.txt")], ["already_imported"] * 2)

    def test_centres_of_countries_without_a_store_belong_to_their_network(self):
        self.brought({"ledger.txt": ledger([("2025-12-20", "TOY-7", "Toy", 10, 0, 10, "DE"), ("2025-12-20", "TOY-7", "Toy", 5, 0, 5, "CZ"), ("2025-12-20", "TOY-7", "Toy", 5, 0, 5, "PL")])})
        self.assertEqual({key: one["stock_total"] for key, one in self.skus().items()}, {("DE", "TOY-7"): 20})

    def test_euro_rows_that_nothing_tells_apart_are_not_booked(self):
        row = fee_preview_row("TOY-7", currency="EUR")
        del row["amazon-store"]
        one = self.brought({"fees.txt": table_text([row], "\t")})["fees.txt"]
        self.assertEqual(one["rows_imported"], 0)
        self.assertIn("told apart", one["refused"][0]["reason"])
        self.assertNotIn("US assumed", str(one))

    def test_what_lies_in_other_countries_is_counted_there(self):
        head = "sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tafn-fulfillable-quantity\tafn-fulfillable-quantity-local\tafn-fulfillable-quantity-remote\n"
        self.brought({"%s/manage.txt" % m: head + "TOY-7\tX\tB\tToy\tNew\t9.99\t60\t%d\t%d\n" % (here, 60 - here) for m, here in (("DE", 45), ("FR", 15), ("IT", 0))})
        self.assertEqual(sum(one["stock_total"] for one in self.skus().values()), 60)


class WhichDay(Field):
    def test_days_that_follow_each_other_decide_between_day_and_month(self):
        first = [("%02d/12/2025" % d, "TOY-7", "Toy", 50 - d, 1, 49 - d, "UK") for d in range(3, 12)]
        month = [("12/%02d/2025" % d, "TOY-7", "Toy", 50 - d, 1, 49 - d, "DE") for d in range(3, 12)]
        for name, rows in (("UK/ledger.txt", first), ("DE/ledger.txt", month)):
            coverage = self.brought({name: ledger(rows)})[name]["coverage"]
            spans = coverage if isinstance(coverage, list) else list(coverage.values())
            self.assertEqual([(s["first_day"], s["last_day"]) for s in spans], [("2025-12-03", "2025-12-11")])

    def test_a_day_with_its_time_in_a_name(self):
        text = "sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tafn-fulfillable-quantity\nTOY-7\tX\tB\tToy\tNew\t9.99\t20\n"
        for name, day in (("库存_20251120103000.txt", "2025-11-20"), ("inventory 11-21-2025.txt", "2025-11-21"), ("inventory_22.11.2025.txt", "2025-11-22"), ("20251123.txt", "2025-11-23")):
            self.brought({name: text})
            self.assertEqual(self.skus()[("US", "TOY-7")]["snapshot_date"], day)

    def test_days_pasted_below_each_other_are_days_of_their_own(self):
        rows = [planning_row("TOY-7", day, units, t30=5) for day, units in (("2025-12-01", 90), ("2025-12-08", 70))]
        self.brought({"planning.csv": table_text(rows)})
        self.assertEqual([(one["sheet"], one["rows_imported"], one["rows_refused"]) for one in self.outcome["files"]], [("2025-12-01", 1, 0), ("2025-12-08", 1, 0)])
        self.assertEqual(self.skus()[("US", "TOY-7")]["stock_total"], 70)
        self.assertEqual(self.skus("--as-of", "2025-12-01")[("US", "TOY-7")]["stock_total"], 90)

    def test_orders_by_last_update_leave_earlier_days_alone(self):
        def units(as_of):
            return round(self.skus("--as-of", as_of)[("US", "TOY-7")]["velocity"]["7"] * 7) if "velocity" in self.skus("--as-of", as_of)[("US", "TOY-7")] else None
        october = self.orders(first="2025-10-01", last="2025-10-31", per_day=4)
        november = [dict(row, **{"last-updated-date": row["purchase-date"].replace("T20", "T21")}) for row in self.orders(first="2025-11-01", last="2025-11-20", per_day=4)]
        late = [dict(row, **{"last-updated-date": "2025-11-03T10:00:00+00:00", "amazon-order-id": row["amazon-order-id"]}) for row in october[5:7]]
        self.brought({"1_october.txt": table_text(october, "\t")})
        one = self.brought({"2_updated.txt": table_text(late + november, "\t")})["2_updated.txt"]
        self.assertEqual(one["status"], "imported", one)
        self.assertIn("by last update", " ".join(one["notes"]))
        self.assertEqual(self.sql("SELECT sum(units) FROM sales_day d JOIN import i ON i.id = d.import_id WHERE i.path LIKE '%2_updated%'"), [(80,)])


class Damage(Field):
    def test_inch_signs_in_quoted_text(self):
        text = ledger([("2025-12-20", "TOY-%d" % i, title, 9, 0, 9, "US") for i, title in enumerate(('Shelf 5" high, oak', 'Pipe 3/4"', '12" x 8" tray', "plain"))], ",", quote=True)
        one = self.brought({"ledger.csv": text})["ledger.csv"]
        self.assertEqual((one["rows_imported"], one["rows_refused"]), (4, 0), one)
        self.assertEqual(self.skus()[("US", "TOY-0")]["title"], 'Shelf 5" high, oak')

    def test_skus_that_excel_rounded_are_refused_and_protected_ones_are_read(self):
        one = self.brought({"orders.txt": table_text(self.orders(sku="4.56E+12") + self.orders(sku="TOY-7"), "\t")})["orders.txt"]
        self.assertEqual((one["rows_refused"], one["rows_imported"]), (10, 10))
        self.assertIn("digits are lost", one["refused"][0]["reason"])
        self.brought({"planning.csv": table_text([planning_row("00042", "2025-12-30", 50, t30=5), planning_row("TOY-7", "2025-12-30", 50, t30=5)]),
                      "cost.csv": 'SKU,Unit cost,Currency\n="00042",4.50,USD\n\'TOY-7,3.10,USD\n'})
        self.assertEqual([self.skus()[("US", sku)]["unit_value"]["amount"] for sku in ("00042", "TOY-7")], ["4.50", "3.10"])

    def test_lines_of_an_old_program_and_headers_in_between(self):
        text = table_text(self.orders(), "\t").replace("\r\n", "\n")
        one = self.brought({"orders.txt": (text + text).replace("\n", "\r")})["orders.txt"]
        self.assertEqual((one["rows_read"], one["rows_refused"]), (20, 0), one)

    def test_an_optional_cell_costs_no_row(self):
        rows = [planning_row("TOY-%d" % i, "2025-12-30", 50, t30=5, **{"sell_through": bad, "days_of_supply": bad}) for i, bad in enumerate(("nan", "#N/A", "tbc", "~19~", "12"))]
        one = self.brought({"planning.csv": table_text(rows)})["planning.csv"]
        self.assertEqual((one["rows_imported"], one["rows_refused"]), (5, 0))
        self.assertRegex(" ".join(one["notes"]), "2 cells of days-of-supply cannot be read")

    def test_cancelled_is_cancelled_in_every_language(self):
        for word in ("Cancelled", "已取消", "Storniert", "Annulée", "キャンセル済み", "Cancelado"):
            rows = [dict(row, **{"order-status": word if i % 2 else "Shipped"}) for i, row in enumerate(self.orders())]
            one = self.brought({"orders.txt": table_text(rows, "\t")})["orders.txt"]
            self.assertIn("5 cancelled", " ".join(one["notes"]), word)
        rows = [dict(row, **{"order-status": "Verworfen?"}) for row in self.orders()]
        self.assertIn("10 lines of the status “Verworfen?”", " ".join(self.brought({"orders.txt": table_text(rows, "\t")})["orders.txt"]["notes"]))

    def test_what_is_sent_for_nothing_is_no_demand(self):
        rows = [dict(row, **{"is-replacement-order": "true" if i % 2 else "false"}) for i, row in enumerate(self.orders(per_day=3))]
        self.brought({"orders.txt": table_text(rows, "\t")})
        self.assertEqual(self.sql("SELECT sum(units) FROM sales_day"), [(15,)])


class Encodings(Field):
    def test_two_lines_are_enough(self):
        for marketplace, channel, currency, encoding, sku in (("US", "Amazon.com", "USD", "gb18030", "红色-02"), ("JP", "Amazon.co.jp", "JPY", "cp932", "椅子-02"), ("DE", "Amazon.de", "EUR", "cp1252", "Größe-02"),
                                                               ("FR", "Amazon.fr", "EUR", "cp1252", "été-02")):
            rows = self.orders(sku=sku, last="2025-12-21", channel=channel, currency=currency)
            name = "%s/orders_%s.txt" % (marketplace, encoding)
            self.brought({name: table_text(rows, "\t").encode(encoding)})
            self.assertIn((marketplace, sku), self.skus())

    def test_text_that_turns_out_other_late_in_the_file(self):
        plain = "".join(table_text(self.orders(sku="TOY-%05d" % i, first="2025-12-20", last="2025-12-24", channel="Amazon.co.jp", currency="JPY"), "\t").split("\n", 1)[1 if i else 0] for i in range(1400))
        late = table_text(self.orders(sku="椅子-02", channel="Amazon.co.jp", currency="JPY"), "\t").split("\n", 1)[1]
        one = self.brought({"JP/orders.txt.gz": gzip.compress(plain.replace("\r", "").encode() + late.replace("\r", "").encode("cp932"), 1)})["JP/orders.txt.gz"]
        self.assertEqual(one["rows_refused"], 0, one["refused"][:2])
        self.assertIn(("JP", "椅子-02"), self.skus())

    def test_a_broken_byte_does_not_change_the_encoding(self):
        text = table_text(self.orders(sku="蓝色-%d" % 1) + self.orders(sku="绿色-%d" % 2), "\t").encode()
        at = text.index("绿".encode())
        self.brought({"orders.txt": text[:at] + text[at:].replace(b"B0", b"B\xff", 1)})
        self.assertEqual({sku for _, sku in self.skus()}, {"蓝色-1", "绿色-2"})


class Workbooks(Field):
    def costs(self, files, skus):
        rows = [planning_row(sku, "2025-12-30", 50, marketplace=m, currency=c, t30=5) for m, c, sku in skus]
        self.brought({**files, "rates.csv": "from,to,rate,date\n" + "".join("CNY,%s,1,2025-01-01\n" % c for c in ("USD", "GBP", "EUR")), "planning.csv": table_text(rows)})
        return {(m, sku): (one["unit_value"] or {}).get("amount") for (m, sku), one in self.skus().items()}

    def test_every_sheet_is_read_for_the_marketplace_of_its_name(self):
        head = ["MSKU", "采购成本", "币种"]
        book = workbook({"美国站": [head, ["TOY-7", ("12.5", 0), "CNY"]], "UK": [head, ["TOY-7", ("13.5", 0), "CNY"]], "说明": [["填写说明"], ["请按站点填写"]]})
        costs = self.costs({"costs.xlsx": book}, [("US", "USD", "TOY-7"), ("UK", "GBP", "TOY-7")])
        self.assertEqual([one["sheet"] for one in self.outcome["files"] if one["path"].endswith("costs.xlsx")], ["美国站", "UK"])
        self.assertIn("说明", str(self.outcome))
        self.assertEqual(set(costs.values()), {"12.50", "13.50"})

    def test_hidden_sheets_and_totals_are_left_out_by_name(self):
        head = ["sku", "fnsku", "asin", "product-name", "your-price", "afn-fulfillable-quantity"]
        row = lambda units: ["TOY-7", "X", "B", "Toy", ("9.99", 0), (str(units), 0)]
        book = workbook({"美国站": [head, row(20)], "汇总": [head, row(500)], "上周": [head, row(90)]})
        hidden = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(hidden, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace('name="上周"'.encode(), 'name="上周" state="hidden"'.encode()))
        self.brought({"stock.xlsx": hidden.getvalue()})
        self.assertEqual(self.skus()[("US", "TOY-7")]["stock_total"], 20)
        self.assertIn("上周", str(self.outcome))
        self.assertIn("same marketplace and day as 美国站", str(self.outcome))

    def test_numbers_are_what_excel_shows(self):
        styles = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="170" formatCode="000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>'
        rows = [["SKU", "采购成本", "币种"], [("9.87654321098E11", 0), ("1.0", 0), "CNY"], [("777.0", 0), ("2", 0), "CNY"], [("42", 1), ("3", 0), "CNY"]]
        costs = self.costs({"costs.xlsx": workbook({"s": rows}, prefix="ns0", styles=styles)}, [("US", "USD", sku) for sku in ("987654321098", "777", "000042")])
        self.assertEqual([costs[("US", sku)] for sku in ("987654321098", "777", "000042")], ["1.00", "2.00", "3.00"])


class CostSheets(Workbooks):
    def test_amazons_sku_goes_before_the_sellers_own(self):
        costs = self.costs({"cost.csv": "SKU,MSKU,采购成本\nOWN-1,TOY-7,8.5\n"}, [("US", "USD", "TOY-7")])
        self.assertEqual(costs[("US", "TOY-7")], "8.50")

    def test_a_pairing_joins_the_sellers_own_skus_to_amazons(self):
        costs = self.costs({"产品.csv": "*SKU,采购成本(CNY),采购交期,一级分类\nOWN-1,8.5,25天,玩具\n", "配对.csv": "*SKU,*MSKU,店铺名称,国家\nOWN-1,TOY-7,shop,美国\nOWN-1,TOY-9,shop,英国\n"},
                           [("US", "USD", "TOY-7"), ("UK", "GBP", "TOY-9"), ("UK", "GBP", "TOY-7")])
        self.assertEqual((costs[("US", "TOY-7")], costs[("UK", "TOY-9")]), ("8.50", "8.50"))
        self.assertNotEqual(costs[("UK", "TOY-7")], "8.50")

    def test_costs_of_other_programs(self):
        for name, text, encoding, cost in (("de", "Artikelnummer;Einkaufspreis;Währung\nTOY-7;12,50;USD\n".replace("Währung", "currency"), "utf-8", "12.50"),
                                           ("马帮", "库存SKU,商品名称,统一成本价,商品负责人\nTOY-7,玩具,7.25,甲\n", "gb18030", "7.25"),
                                           ("店小秘", "商品SKU,商品中文名称,参考采购价(元)\nTOY-7,玩具,6.75\n", "gb18030", "6.75"),
                                           ("sellerboard", "ASIN,SKU,Title,Cost,Marketplace\nB0,TOY-7,Toy,4.50,Amazon.com\n", "utf-8", "4.50")):
            costs = self.costs({name + ".csv": text.encode(encoding)}, [("US", "USD", "TOY-7")])
            self.assertEqual(costs[("US", "TOY-7")], cost, name)

    def test_a_table_with_costs_is_no_mere_pairing(self):
        costs = self.costs({"cost.csv": "SKU,MSKU,含税采购价,头程运费(元/kg),币种,国家\nE1,TOY-7,8.5,20,CNY,美国\n"}, [("US", "USD", "TOY-7")])
        self.assertEqual(costs[("US", "TOY-7")], "8.50")
        self.assertIn("头程运费(元/kg)", str(self.outcome))

    def test_costs_that_differ_between_files_are_said(self):
        self.brought({"a.csv": "SKU,Unit cost,Currency\nTOY-7,4.50,USD\n", "b.csv": "SKU,Unit cost,Currency\nTOY-7,9.90,USD\n"})
        self.assertRegex(str(self.outcome), r"TOY-7 USD 4\.50 \(a\.csv\), USD 9\.90")

    def test_two_costs_of_one_sku_are_said_with_both(self):
        one = self.brought({"cost.csv": "SKU,Unit cost,Currency\nTOY-7,4.50,USD\nTOY-7,5.10,USD\n"})["cost.csv"]
        self.assertRegex(" ".join(one["notes"]), r"TOY-7 USD 4\.50*, USD 5\.10*")

    def test_a_telling_column_that_is_not_read_is_named(self):
        one = self.brought({"cost.csv": "SKU,采购成本,第二头程费用,备用负责人\nTOY-7,4.50,1,甲\n"})["cost.csv"]
        self.assertRegex(" ".join(one["notes"]), "not read: 第二头程费用, 备用负责人")


class WhatWasRead(Field):
    def test_the_import_ends_with_what_a_person_can_check(self):
        self.brought({"orders.txt": table_text(self.orders(per_day=4), "\t"),
                      "US/ledger.txt": ledger([("2025-12-%d" % d, "TOY-7", "Toy", 90 - d, 4, 86 - d, "US") for d in range(20, 30)])})
        self.assertEqual(len(self.outcome["compared"]), 1)
        self.assertRegex(self.outcome["compared"][0], r"US, sold 2025-12-21 – 2025-12-28: All Orders 32 units; Inventory Ledger \(summary\) 32 units")
        ran = self.destock("import", os.path.join(self.folder, "in"))
        self.assertIn("already there", ran.out)

    def test_units_and_money_of_each_report(self):
        seen = self.brought({"orders.txt": table_text(self.orders(per_day=4), "\t"), "storage.csv": table_text([storage_row("X1", "2025-11", "5.00", units="37.5"), storage_row("X2", "2025-11", "2.25", units="12.4")])})
        self.assertEqual(seen["orders.txt"]["money"], [{"amount": "1199.60", "currency": "USD"}])
        self.assertEqual((seen["storage.csv"]["coverage"][0]["units"], seen["storage.csv"]["money"]), (50, [{"amount": "7.25", "currency": "EUR"}]))


if __name__ == "__main__":
    main()
