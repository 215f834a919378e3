"""What would be wrong without a word: stock that several listings show, reports that take another's place, lines that stand twice,
SKUs that a spreadsheet has damaged. Each is counted once, or said, or both."""
import os

from field_test import Field, ledger
from product import fee_preview_row, main, order_rows, planning_row, table_text

MANAGE = "sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tafn-fulfillable-quantity\tafn-reserved-quantity\tafn-inbound-shipped-quantity\n"


def manage(*rows):
    """rows: (sku, fnsku, asin, units, reserved, inbound)."""
    return MANAGE + "".join("%s\t%s\t%s\tToy\tNew\t9.99\t%d\t%d\t%d\n" % row for row in rows)


class Guards(Field):
    def said(self):
        """All that the import says, and what health warns of."""
        ran = self.destock("health", "--format", "json")
        warned = ran.json()["warnings"] if ran.code in (0, 3) else []
        return "\n".join([str(self.outcome["files"])] + self.outcome["compared"] + warned)


class SharedStock(Guards):
    def test_a_pool_that_several_stores_show_is_counted_once(self):
        files = {"%s/manage.txt" % m: manage(("TOY-7", "X00TOY0007", "B0TOY7", 300, 12, 40), ("TOY-8", "X00TOY0008", "B0TOY8", 80, 0, 0)) for m in ("DE", "FR", "IT", "ES")}
        self.brought(files)
        skus = self.skus("--all")
        self.assertEqual(sum(one["stock_total"] for one in skus.values()), 300 + 12 + 40 + 80)
        self.assertRegex("\n".join(self.outcome["compared"]), "DE, ES, FR, IT: 2 FNSKUs are one stock .* 380 units are counted once")
        home = [one for one in skus.values() if "shared_stock" in one["flags"]]
        self.assertEqual([one["sku"] for one in home], ["TOY-7", "TOY-8"])
        self.assertRegex(" ".join(home[0]["notes"]), "one stock with .*TOY-7")

    def test_its_sales_add_up_and_lie_where_most_of_it_is_sold(self):
        files = {"%s/manage.txt" % m: manage(("TOY-7", "X00TOY0007", "B0TOY7", 300, 0, 0)) for m in ("DE", "FR")}
        rows = self.orders(per_day=1, channel="Amazon.de", currency="EUR") + [dict(row, **{"amazon-order-id": "4" + row["amazon-order-id"][1:]}) for row in
                                                                               self.orders(per_day=3, channel="Amazon.fr", currency="EUR")]
        self.brought({**files, "orders.txt": table_text(rows, "\t")}, options=("--snapshot-date", "2025-12-29"))
        one = self.skus()[("FR", "TOY-7")]
        self.assertEqual((one["stock_total"], one["velocity"]["d7"]), (300, 4))
        plan = self.plan("--policy", "liquidate")
        self.assertEqual({(line["marketplace"], line["sku"]) for line in plan["lines"]} - {("FR", "TOY-7")}, set())

    def test_two_skus_of_one_fnsku_are_one_stock(self):
        self.brought({"US/manage.txt": manage(("TOY-7", "X00TOY0007", "B0TOY7", 64, 0, 0), ("TOY-7-NEW", "X00TOY0007", "B0TOY7", 64, 0, 0), ("TOY-9", "X00TOY0009", "B0TOY9", 64, 0, 0))})
        self.assertEqual(sum(one["stock_total"] for one in self.skus("--all").values()), 128)

    def test_stores_with_stock_of_their_own_are_none(self):
        """Different figures, another network, another product under a made-up FNSKU."""
        self.brought({"DE/manage.txt": manage(("TOY-7", "X00TOY0007", "B0TOY7", 300, 0, 0), ("TOY-8", "X00TOY0008", "B0TOY8", 7, 0, 0), ("TOY-9", "X00TOY0009", "B0TOY9", 50, 0, 0)),
                      "FR/manage.txt": manage(("TOY-7", "X00TOY0007", "B0TOY7", 120, 0, 0), ("TOY-8", "X00TOY0008", "B0TOY8", 7, 0, 0), ("TOY-9", "X00TOY0009", "B0TOY9", 400, 0, 0)),
                      "UK/manage.txt": manage(("TOY-7", "X00TOY0007", "B0TOY7", 300, 0, 0)),
                      "JP/manage.txt": manage(("A", "X0000", "B0A", 10, 0, 0), ("B", "X0000", "B0B", 10, 0, 0))})
        self.assertEqual(sum(one["stock_total"] for one in self.skus("--all").values()), 300 + 7 + 50 + 120 + 7 + 400 + 300 + 20)
        self.assertRegex("\n".join(self.outcome["compared"]), "DE, FR: 3 FNSKUs have different units in several listings: counted in each")

    def test_figures_of_two_days_are_one_stock_as_of_the_newer(self):
        self.brought({"DE_2025-12-29.txt": manage(("TOY-7", "X00TOY0007", "B0TOY7", 300, 0, 0)), "FR_2025-12-28.txt": manage(("TOY-7", "X00TOY0007", "B0TOY7", 306, 0, 0))})
        self.assertEqual([(key, one["stock_total"]) for key, one in self.skus("--all").items()], [(("DE", "TOY-7"), 300)])

    def test_what_north_america_sells_lies_in_the_united_states(self):
        self.brought({"%s/manage.txt" % m: manage(("TOY-7", "X00TOY0007", "B0TOY7", 300, 0, 0)) for m in ("US", "CA", "MX")})
        self.assertEqual([(key, one["stock_total"]) for key, one in self.skus("--all").items()], [(("US", "TOY-7"), 300)])

    def test_fba_inventory_of_two_stores_with_the_same_stock(self):
        rows = [planning_row("TOY-7", "2025-12-30", 90, marketplace=m, currency="EUR", t30=t30, ages=[0, 0, 90, 0, 0]) for m, t30 in (("DE", 6), ("FR", 9))]
        self.brought({"planning.csv": table_text(rows)})
        skus = self.skus("--all")
        self.assertEqual(sum(one["stock_total"] for one in skus.values()), 90)
        self.assertEqual((skus[("FR", "TOY-7")]["units_last_month"], skus[("FR", "TOY-7")]["aged_units_181_plus"]), (15, 90))


class AnotherInItsPlace(Guards):
    def test_a_second_file_of_the_day_is_said_with_what_it_leaves_out(self):
        self.brought({"US/a.txt": manage(("TOY-7", "X7", "B7", 20, 0, 0), ("TOY-8", "X8", "B8", 30, 0, 0)), "US/b.txt": manage(("TOY-9", "X9", "B9", 5, 0, 0))})
        self.assertRegex(self.said(), r"goes before a\.txt \(import 1\), of the same day; 2 SKUs stand in that one alone and count no more: TOY-7, TOY-8")

    def test_fees_of_the_same_day_too(self):
        self.brought({"fees_a.txt": table_text([fee_preview_row("TOY-7")], "\t"), "fees_b.txt": table_text([fee_preview_row("TOY-8")], "\t")})
        self.assertRegex(self.said(), r"goes before fees_a\.txt .*TOY-7")

    def test_a_month_that_a_merge_lost_sets_the_file_aside(self):
        months = {"2025-09": 30, "2025-10": 31, "2025-11": 30}
        rows = {month: order_rows("TOY-7", month + "-01", "%s-%d" % (month, days), 2) for month, days in months.items()}
        for i, month in enumerate(months):
            self.brought({"%d.txt" % i: table_text(rows[month], "\t")})
        merged = rows["2025-09"] + rows["2025-11"] + order_rows("TOY-7", "2025-12-01", "2025-12-28", 2)
        one = self.brought({"merged.txt": table_text(merged, "\t")})["merged.txt"]
        self.assertEqual(one["status"], "set_aside", one)
        self.assertRegex(" ".join(one["notes"]), r"2025-10-02 – 2025-10-30: 0 units, 58 in All Orders, import 2")

    def test_a_hole_in_a_first_file_is_said(self):
        rows = self.orders(first="2025-10-01", last="2025-10-20") + self.orders(first="2025-11-20", last="2025-12-20")
        one = self.brought({"orders.txt": table_text(rows, "\t")})["orders.txt"]
        self.assertRegex(" ".join(one["notes"]), "nothing was sold from 2025-10-21 to 2025-11-19 by this file")
        rows = self.orders(first="2025-10-01", last="2025-12-20", per_day=lambda day: 1 if day.day in (3, 28) else 0)
        one = self.brought({"slow.txt": table_text(rows, "\t")})["slow.txt"]
        self.assertNotIn("nothing was sold", " ".join(one["notes"]))

    def test_a_figure_that_no_seller_has_is_doubted(self):
        self.brought({"US/manage.txt": manage(("TOY-7", "X7", "B7", 6901234567890 // 10, 0, 0))})
        self.assertRegex(self.said(), "1 SKU has more than 1000000 units .*US TOY-7: 690123456789")


class Twice(Guards):
    def test_blocks_of_order_lines_that_come_again_count_once(self):
        rows = self.orders()
        other = self.orders(sku="TOY-8")
        one = self.brought({"orders.txt": table_text(rows + other + rows[3:], "\t")})["orders.txt"]
        self.assertIn("7 lines stand a second time", " ".join(one["notes"]))
        self.assertEqual(self.sql("SELECT sum(units) FROM sales_day"), [(40,)])

    def test_a_line_that_was_pending_and_comes_again_sold_counts(self):
        rows = self.orders(last="2025-12-22")
        pending = [dict(row, **{"order-status": "Pending", "item-price": ""}) for row in rows]
        self.brought({"orders.txt": table_text(pending + self.orders(sku="TOY-8", last="2025-12-21") + rows, "\t")})
        self.assertEqual(self.sql("SELECT l.sku, sum(units) FROM sales_day d JOIN listing l ON l.id = d.listing_id GROUP BY 1"), [("TOY-7", 6), ("TOY-8", 4)])

    def test_an_order_with_a_sku_on_two_lines_counts_both(self):
        rows = [row for row in self.orders() for _ in range(2)]
        one = self.brought({"orders.txt": table_text(rows, "\t")})["orders.txt"]
        self.assertEqual(self.sql("SELECT sum(units) FROM sales_day"), [(40,)])
        self.assertNotIn("second time", " ".join(one["notes"]))

    def test_rows_of_a_ledger_that_come_again(self):
        rows = [("2025-12-%d" % d, "TOY-7", "Toy", 90 - d, 4, 86 - d, "US") for d in range(20, 30)]
        text = ledger(rows)
        one = self.brought({"US/ledger.txt": text + "".join(text.splitlines(True)[4:])})["US/ledger.txt"]
        self.assertIn("7 lines stand a second time", " ".join(one["notes"]))
        self.assertEqual(self.skus()[("US", "TOY-7")]["stock_total"], 57)


class DamagedSkus(Guards):
    KNOWN = ("00987", "987654321012", "红色-02", "3-4")
    HURT = {"00987": "987", "987654321012": "9.88E+11", "红色-02": "??-02", "3-4": "4-Mar"}

    def planning(self):
        return table_text([planning_row(sku, "2025-12-30", 50 + i, t30=5, asin="B0DAMAGE%d" % i) for i, sku in enumerate(self.KNOWN)])

    def test_each_is_the_one_known_sku_that_it_can_mean(self):
        self.brought({"planning.csv": self.planning(), "cost.csv": "SKU,Unit cost,Currency\n" + "".join("%s,%d.50,USD\n" % (self.HURT[sku], i) for i, sku in enumerate(self.KNOWN, 1))})
        self.assertEqual([self.skus()[("US", sku)]["unit_value"]["amount"] for sku in self.KNOWN], ["1.50", "2.50", "3.50", "4.50"])
        self.assertRegex(self.said(), "damaged 4 SKUs.*987 → 00987")

    def test_in_orders_as_well(self):
        rows = [row for sku in self.KNOWN for row in self.orders(sku=self.HURT[sku])]
        one = self.brought({"planning.csv": self.planning(), "orders.txt": table_text(rows, "\t")})["orders.txt"]
        self.assertEqual(one["rows_refused"], 0, one)
        self.assertEqual(self.sql("SELECT l.sku, sum(units) FROM sales_day d JOIN listing l ON l.id = d.listing_id GROUP BY 1 ORDER BY 1"), [(sku, 20) for sku in sorted(self.KNOWN)])

    def test_the_damaged_file_may_come_first(self):
        self.brought({"orders.txt": table_text(self.orders(sku="987"), "\t"), "cost.csv": "SKU,Unit cost,Currency\n987,1.50,USD\n"})
        self.brought({"planning.csv": self.planning()})
        skus = self.skus("--all")
        self.assertNotIn(("US", "987"), skus)
        self.assertEqual((skus[("US", "00987")]["velocity"]["d7"] > 0, skus[("US", "00987")]["unit_value"]["amount"]), (True, "1.50"))
        self.assertRegex(self.said(), "damaged .* 987 → 00987")

    def test_what_none_or_two_can_mean_is_doubted_and_left(self):
        known = table_text([planning_row(sku, "2025-12-30", 50, t30=5, asin="B0" + sku) for sku in ("0055", "00055")])
        one = self.brought({"planning.csv": known, "orders.txt": table_text(self.orders(sku="55") + self.orders(sku="G??e-1"), "\t")})["orders.txt"]
        self.assertRegex(" ".join(one["notes"]), r"1 SKUs look damaged .*G\?\?e-1")
        self.assertEqual(self.sql("SELECT count(*) FROM listing WHERE sku IN ('55', 'G??e-1')"), [(2,)])

    def test_skus_that_are_both_in_stock_are_two(self):
        rows = [planning_row(sku, "2025-12-30", units, t30=5, asin="B0" + sku) for sku, units in (("0055", 50), ("55", 20))]
        self.brought({"planning.csv": table_text(rows)})
        self.assertEqual({sku: one["stock_total"] for (_, sku), one in self.skus().items()}, {"0055": 50, "55": 20})


class WhichOne(Guards):
    def test_skus_of_two_marketplaces_leave_it_open(self):
        rows = [planning_row("TOY-7", "2025-12-30", 50 + i, marketplace=m, currency=c, t30=5) for i, (m, c) in enumerate((("US", "USD"), ("CA", "CAD")))]
        reserved = "sku\tfnsku\tasin\tproduct-name\treserved_qty\treserved_customerorders\treserved_fc-transfers\treserved_fc-processing\nTOY-7\tX\tB\tToy\t3\t1\t1\t1\n"
        fees = fee_preview_row("TOY-7")
        del fees["amazon-store"], fees["currency"]
        seen = self.brought({"planning.csv": table_text(rows), "reserved.txt": reserved, "fees.txt": table_text([fees], "\t")})
        for name in ("reserved.txt", "fees.txt"):
            self.assertEqual(seen[name]["status"], "failed", seen[name])
            self.assertRegex(seen[name]["error"]["what"] + seen[name]["error"]["next"], "any of CA, US.*--marketplace")

    def test_the_only_marketplace_of_the_others_is_taken_and_said(self):
        reserved = "sku\tfnsku\tasin\tproduct-name\treserved_qty\nTOY-NEW\tX\tB\tToy\t3\n"
        one = self.brought({"planning.csv": table_text([planning_row("TOY-7", "2025-12-30", 50, marketplace="UK", currency="GBP", t30=5)]), "reserved.txt": reserved})["reserved.txt"]
        self.assertIn("marketplace UK: the only one", " ".join(one["notes"]))

    def test_explain_names_the_marketplace_that_it_took(self):
        rows = [planning_row("TOY-7", "2025-12-30", 50, marketplace=m, currency=c, t30=5) for m, c in (("US", "USD"), ("UK", "GBP"))]
        self.brought({"planning.csv": table_text(rows)})
        ran = self.destock("explain", "--sku", "TOY-7")
        self.assertRegex(ran.err, "TOY-7 is listed in several marketplaces: this is UK; pass --marketplace for US")
        self.assertNotIn("several", self.destock("explain", "--sku", "TOY-7", "--marketplace", "US").err)


class Cells(Guards):
    def test_a_cost_of_nothing_is_unknown_and_said(self):
        one = self.brought({"cost.csv": "SKU,Unit cost,Currency\nTOY-7,0,USD\nTOY-8,0.00,USD\nTOY-9,4,USD\n"})["cost.csv"]
        self.assertRegex(" ".join(one["notes"]), "2 SKUs have a unit cost of 0 .*unknown: TOY-7, TOY-8")

    def test_wide_digits_weeks_and_days_as_a_spreadsheet_counts_them(self):
        self.brought({"planning.csv": table_text([planning_row("TOY-%d" % i, "46021", 5, t30=60) for i in range(4)]),
                      "cost.csv": "SKU,Unit cost,Currency,交期\nTOY-0,１２．５０,USD,6周\nTOY-1,2,USD,1个月\nTOY-2,2,USD,25天\nTOY-3,2,USD,45-60天\n"})
        skus = self.skus()
        self.assertEqual((skus[("US", "TOY-0")]["snapshot_date"], skus[("US", "TOY-0")]["unit_value"]["amount"]), ("2025-12-30", "12.50"))
        lines = {line["sku"]: line for line in self.destock("restock", "--format", "json").json()["skus"]}
        self.assertEqual([(lines["TOY-%d" % i]["lead_time_days"], lines["TOY-%d" % i]["lead_time_assumed"]) for i in range(3)], [(42, False), (30, False), (25, False)])
        self.assertFalse(lines["TOY-3"]["lead_time_assumed"], "a span is told")
        self.assertTrue(45 <= lines["TOY-3"]["lead_time_days"] <= 60, lines["TOY-3"]["lead_time_days"])


COUNTRY = "seller-sku\tfulfillment-channel-sku\tasin\tcondition-type\tcountry\tquantity-for-local-fulfillment\n"


class ReportsThatComplete(Guards):
    def test_what_lies_in_each_country_goes_before_what_each_store_shows(self):
        files = {"%s/manage.txt" % m: manage(("TOY-7", "X00TOY0007", "B0TOY7", 200, 10, 30)) for m in ("DE", "FR", "IT")}
        rows = "".join("TOY-7\tX00TOY0007\tB0TOY7\tNewItem\t%s\t%d\n" % row for row in (("DE", 90), ("PL", 30), ("FR", 80)))
        self.brought({**files, "countries.txt": COUNTRY + rows})
        skus = self.skus("--all")
        self.assertEqual({m: one["stock_parts"]["available"] for (m, _), one in skus.items()}, {"DE": 120, "FR": 80})
        self.assertEqual(sum(one["stock_total"] for one in skus.values()), 200 + 10 + 30)

    def test_ages_of_a_pool_are_shared_out_with_it(self):
        rows = [planning_row("TOY-7", "2025-12-30", 200, marketplace=m, currency="EUR", t30=5, ages=[50, 0, 150, 0, 0]) for m in ("DE", "FR")]
        self.brought({"planning.csv": table_text(rows), "countries_2025-12-30.txt": COUNTRY + "TOY-7\tX0TOY07\tB0TOY7\tNewItem\tDE\t120\nTOY-7\tX0TOY07\tB0TOY7\tNewItem\tFR\t80\n"})
        self.assertEqual({m: (one["stock_total"], one["aged_units_181_plus"]) for (m, _), one in self.skus("--all").items()}, {"DE": (120, 90), "FR": (80, 60)})

    def test_they_stand_only_beside_others(self):
        listings = "item-name\tlisting-id\tseller-sku\tprice\topen-date\tfulfillment-channel\tstatus\nToy\tL1\tTOY-7\t9.99\t2025-01-01 10:00:00 PST\tAMAZON_NA\tActive\n"
        seen = self.brought({"countries.txt": COUNTRY + "TOY-7\tX\tB\tNewItem\tDE\t9\n", "US/listings.txt": listings})
        for name in seen:
            self.assertEqual((seen[name]["status"], seen[name]["rows_imported"]), ("failed", 0))
            self.assertIn("this one completes those", seen[name]["error"]["what"])
        self.assertEqual(self.sql("SELECT count(*) FROM import"), [(0,)])

    def test_listings_give_the_price_that_nothing_else_gives_and_say_what_is_inactive(self):
        head = "item-name\tlisting-id\tseller-sku\tprice\topen-date\tfulfillment-channel\tstatus\n"
        rows = "".join("Toy\tL%s\t%s\t%s\t2025-01-01 10:00:00 PST\t%s\t%s\n" % (sku, sku, price, channel, status) for sku, price, channel, status in
                       (("TOY-7", "12.34", "AMAZON_NA", "Active"), ("TOY-8", "8.00", "AMAZON_NA", "Inactive"), ("TOY-9", "5.00", "DEFAULT", "Active")))
        stock = manage(("TOY-7", "X7", "B7", 20, 0, 0), ("TOY-8", "X8", "B8", 30, 0, 0), ("TOY-9", "X9", "B9", 5, 0, 0)).replace("9.99", "")
        one = self.brought({"US/manage.txt": stock, "US/listings.txt": head + rows})["US/listings.txt"]
        self.assertIn("1 offers that the seller ships", " ".join(one["notes"]))
        skus = self.skus()
        self.assertEqual([(skus[("US", sku)]["price"] or {}).get("amount") for sku in ("TOY-7", "TOY-8", "TOY-9")], ["12.34", "8.00", None])
        self.assertEqual(["listing_inactive" in skus[("US", sku)]["flags"] for sku in ("TOY-7", "TOY-8")], [False, True])

    def test_the_restock_report_splits_what_others_sum(self):
        head = ("Country\tProduct Name\tFNSKU\tMerchant SKU\tASIN\tCondition\tCurrency code\tPrice\tUnits Sold Last 30 Days\tTotal Units\tInbound\tAvailable\tFC transfer\tFC Processing\t"
                "Customer Order\tUnfulfillable\tWorking\tShipped\tReceiving\tRecommended replenishment qty\tRecommended ship date\n")
        row = "US\tToy\tX7\tTOY-7\tB7\tNew\tUSD\t9.99\t3\t90\t30\t50\t4\t1\t7\t0\t12\t15\t3\t0\tnone\n"
        self.brought({"US/manage.txt": manage(("TOY-7", "X7", "B7", 50, 12, 0)), "restock.txt": head + row})
        one = self.skus()[("US", "TOY-7")]
        self.assertEqual((one["stock_parts"]["fc_transfer"], one["not_counted"]["reserved_orders"], one["stock_total"]), (4, 7, 55))


HTML = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="%s"><style>td{color:red}</style></head><body><table border=1><tr><th>SKU<th>采购成本<th>币种</tr>
<tr><td style="mso-number-format:'\\@'">TOY-7</td><td>12.50</td><td>CNY &amp;</td></tr><tr><td>TOY&#45;8<td>&nbsp;3.25 <td>CNY</table></body></html>"""
XML_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="说明"><Table><Row><Cell><Data ss:Type="String">请填写</Data></Cell></Row></Table></Worksheet><Worksheet ss:Name="美国站"><Table><Row ss:Index="3"><Cell><Data ss:Type="String">SKU</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">采购成本</Data></Cell><Cell><Data ss:Type="String">币种</Data></Cell></Row><Row><Cell><Data ss:Type="Number">987654321098</Data></Cell><Cell ss:Index="3">
<Data ss:Type="Number">1.25E1</Data></Cell><Cell><Data ss:Type="String">CNY</Data></Cell></Row></Table></Worksheet></Workbook>"""


class NamedXls(Guards):
    def test_a_page_with_a_table_is_a_workbook(self):
        for charset, encoding in (("utf-8", "utf-8"), ("gb2312", "gb18030"), ("utf-16", "utf-16")):
            one = self.brought({"cost_%s.xls" % encoding: (HTML % charset).replace("CNY &amp;", "CNY").encode(encoding)})["cost_%s.xls" % encoding]
            self.assertEqual((one["report"], one["rows_imported"], one["rows_refused"]), ("cost_sheet", 2, 0), one)
        self.assertEqual(self.sql("SELECT DISTINCT sku, unit_cost FROM cost ORDER BY sku"), [("TOY-7", 125000), ("TOY-8", 32500)])

    def test_a_page_with_orders(self):
        rows = self.orders()
        table = "<table>%s</table>" % "".join("<tr>%s</tr>" % "".join("<td>%s</td>" % cell for cell in line) for line in [list(rows[0])] + [list(row.values()) for row in rows])
        self.assertEqual(self.brought({"orders.xls": "<html><body>" + table + "</body></html>"})["orders.xls"]["rows_imported"], 10)

    def test_excels_xml_of_2003(self):
        one = self.brought({"cost.xls": XML_2003})["cost.xls"]
        self.assertEqual((one["report"], one["rows_imported"]), ("cost_sheet", 1), one)
        self.assertEqual(self.sql("SELECT sku, marketplace, unit_cost FROM cost"), [("987654321098", "US", 125000)])
        self.assertIn("说明", " ".join(one["notes"]))

    def test_pages_without_a_report_are_pages(self):
        one = self.brought({"orders.txt": "<!DOCTYPE html><html><body><table><tr><td>E-mail<td>Password</table></body></html>"})["orders.txt"]
        self.assertIn("web page", one["error"]["what"])


class Erp(Guards):
    def test_freight_by_country_adds_to_the_costs_of_another_sheet(self):
        rows = [planning_row("TOY-7", "2025-12-30", 50 + i, marketplace=m, currency=c, t30=5) for i, (m, c) in enumerate((("US", "USD"), ("UK", "GBP")))]
        self.brought({"rates.csv": "from,to,rate,date\nCNY,USD,1,2025-01-01\nCNY,GBP,1,2025-01-01\n", "planning.csv": table_text(rows),
                      "产品.csv": "SKU,采购成本(CNY)\nTOY-7,10\n", "头程.csv": "SKU,品名,国家,头程费用(CNY)\nTOY-7,玩具,美国,2.5\nTOY-7,玩具,英国,4\n"})
        self.assertEqual({m: one["unit_value"]["amount"] for (m, _), one in self.skus().items()}, {"US": "12.50", "UK": "14.00"})

    def test_freight_without_a_country_is_no_cost_sheet(self):
        one = self.brought({"orders.csv": "SKU,运费,收货人\nTOY-7,3,甲\n"})["orders.csv"]
        self.assertEqual((one["status"], one["rows_imported"]), ("failed", 0))

    def test_stock_at_amazon_as_an_erp_lists_it(self):
        self.brought({"FBA库存.csv": "店铺,国家,品名,SKU,MSKU,FNSKU,ASIN,可售,不可售,标发在途,入库中\ns,美国,玩具,E1,TOY-7,X7,B7,50,2,30,5\ns,英国,玩具,E1,TOY-7,X8,B7,20,0,0,0\n"})
        skus = self.skus()
        self.assertEqual({m: one["stock_total"] for (m, _), one in skus.items()}, {"US": 85, "UK": 20})
        self.assertEqual((skus[("US", "TOY-7")]["not_counted"]["unfulfillable"], skus[("US", "TOY-7")]["title"]), (2, "玩具"))


if __name__ == "__main__":
    main()
