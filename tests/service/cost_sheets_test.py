"""Cost sheets as people keep them: in yen and yuan, by carton and in weeks, with merged cells, noughts and sums. What a figure is of is told by its
header; what goes without saying is said; what can be two is asked for, and no cost is made of a blank."""
import io
import re
import zipfile

from field_test import Field, workbook
from product import main, needs_clock, planning_row, table_text


def merged(book, ranges):
    """The workbook with cells of its first sheet merged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                cells = "".join('<mergeCell ref="%s"/>' % one for one in ranges)
                data = data.replace(b"</worksheet>", ('<mergeCells count="%d">%s</mergeCells></worksheet>' % (len(ranges), cells)).encode())
            new.writestr(name, data)
    return out.getvalue()


class Sheets(Field):
    def fresh(self):
        self.tearDown()
        self.setUp()

    def stock(self, *skus):
        """What makes stores and SKUs known: (store, SKU)."""
        currency = {"JP": "JPY", "US": "USD", "UK": "GBP", "DE": "EUR"}
        return table_text([planning_row(sku, "2025-12-30", 50, marketplace=m, currency=currency[m], t30=5) for m, sku in skus])

    def sheet(self, text, skus=(("US", "TOY-7"),), name="cost.csv"):
        """{SKU or (store, SKU): (unit cost, freight)} as they were read, and all that was said of the file."""
        self.fresh()
        one = self.brought({"a_planning.csv": self.stock(*skus), name: text})[name]
        self.one = one
        money = lambda units, currency: None if units is None else "%s %.2f" % (currency, units / 10000)
        rows = self.sql("SELECT sku, marketplace, unit_cost, unit_cost_currency, freight, freight_currency FROM cost ORDER BY id")
        return {(m, sku) if m else sku: (money(*unit), money(*freight)) for sku, m, *rest in rows for unit, freight in [(rest[:2], rest[2:])]}, str(one)


class Currencies(Sheets):
    def test_japanese_headers_are_in_yen(self):
        for text in ("SKU,仕入価格\nTOY-7,\"￥1,200\"\n", "SKU,原価\nTOY-7,1200\n", "商品コード,単価\nTOY-7,1200\n"):
            costs, said = self.sheet(text.encode("cp932"), (("JP", "TOY-7"),))
            self.assertEqual(costs["TOY-7"][0], "JPY 1200.00", said)
            self.assertNotIn("Chinese", said)
        self.assertIn("read as JPY, for the headers are Japanese", said)

    def test_a_cost_whose_name_holds_the_freight_gets_none_on_top(self):
        for name in ("单位成本(含头程)(元)", "单位成本（含头程）", "含头程成本", "到仓成本"):
            with self.subTest(name):
                costs, said = self.sheet("SKU,%s,头程(元)\nTOY-7,31,6\n" % name)
                self.assertEqual(costs["TOY-7"], ("CNY 31.00", "CNY 0.00"), said)

    def test_costs_by_names_of_german_and_japanese_buyers(self):
        self.assertEqual(self.sheet("SKU;EK-Preis netto;Frachtkosten\nTOY-7;4,50 EUR;0,80 EUR\n", (("DE", "TOY-7"),))[0]["TOY-7"], ("EUR 4.50", "EUR 0.80"))
        self.assertEqual(self.sheet("SKU,仕入原価,送料\nTOY-7,1200,90\n", (("JP", "TOY-7"),))[0]["TOY-7"], ("JPY 1200.00", "JPY 90.00"))

    def test_the_yen_sign_is_yuan_in_chinese_and_asked_for_where_it_may_be_both(self):
        self.assertEqual(self.sheet("SKU,采购成本\nTOY-7,￥12\n", (("JP", "TOY-7"),))[0]["TOY-7"][0], "CNY 12.00")
        text = "SKU,Unit cost (¥)\nTOY-7,1200\n"
        costs, said = self.sheet(text, (("JP", "TOY-7"),))
        self.assertEqual(costs["TOY-7"][0], "JPY 1200.00")
        self.assertIn("Japan is the only store", said)
        costs, said = self.sheet(text, (("US", "TOY-7"),))
        self.assertEqual(costs["TOY-7"][0], "CNY 1200.00")
        self.assertIn("read as CNY", said)
        costs, said = self.sheet(text, (("US", "TOY-7"), ("JP", "TOY-7")))
        self.assertEqual(costs, {})
        self.assertIn("may be yuan or yen", said)

    def test_a_blank_currency_is_the_one_of_the_other_rows(self):
        costs, said = self.sheet("SKU,采购成本,币种\nTOY-7,10,USD\nTOY-8,11,\n")
        self.assertEqual((costs["TOY-8"][0], "read as USD, which other rows name" in said), ("USD 11.00", True))
        costs, said = self.sheet("SKU,采购成本,币种\nTOY-7,10,USD\nTOY-9,10,EUR\nTOY-8,11,\n")
        self.assertNotIn("TOY-8", costs)
        self.assertIn("names no currency", said)

    def test_codes_of_every_store_are_read_and_letters_within_a_word_are_none(self):
        costs, _ = self.sheet("SKU,采购成本\nTOY-7,12.5 PLN\nTOY-8,12.5 AUD\nTOY-9,12.5加元\n")
        self.assertEqual([costs["TOY-%d" % i][0] for i in (7, 8, 9)], ["PLN 12.50", "AUD 12.50", "CAD 12.50"])
        self.assertEqual(self.sheet("SKU,采购成本(vendeur)\nTOY-7,12.5\n")[0]["TOY-7"][0], "CNY 12.50")

    def test_signs_beside_the_figure_are_never_passed_over(self):
        for cell, cost in (("30 zł", "PLN 30.00"), ("30 RON", "RON 30.00"), ("30 Kč", "CZK 30.00"), ("30 TL", "TRY 30.00"), ("3.2 GBP", "GBP 3.20")):
            self.assertEqual(self.sheet("SKU,采购成本\nTOY-7,%s\n" % cell)[0]["TOY-7"][0], cost, cell)
        costs, said = self.sheet("SKU,采购成本\nTOY-7,30 kr\n")
        self.assertEqual(costs, {})
        self.assertIn("kr may be Sweden's", said)

    def test_a_sign_and_a_currency_column_that_differ(self):
        for cell, currency in (("€5", "USD"), ("¥21", "USD"), ("5 GBP", "EUR")):
            costs, said = self.sheet("sku,unit-cost,currency\nTOY-7,%s,%s\n" % (cell, currency))
            self.assertEqual(costs, {}, cell)
            self.assertIn("another currency than its column", said)
        self.assertEqual(self.sheet("sku,unit-cost,currency\nTOY-7,$5,CAD\n")[0]["TOY-7"][0], "CAD 5.00")
        self.assertEqual(self.sheet("sku,unit-cost,currency\nTOY-7,¥21,CNY\n")[0]["TOY-7"][0], "CNY 21.00")

    def test_traditional_chinese(self):
        costs, said = self.sheet("SKU,採購成本,頭程,幣別\nTOY-7,12.5,3,USD\n".encode("big5"))
        self.assertEqual(costs["TOY-7"], ("USD 12.50", "USD 3.00"), said)


class Headers(Sheets):
    def test_a_price_of_a_carton_is_divided_by_what_it_holds(self):
        for header, carton, cell, cost in (("采购成本(元/箱)", "箱规", "240", "CNY 10.00"), ("Unit cost (USD per carton)", "Units per carton", "240", "USD 10.00"), ("采购成本（元/24个）", "箱规", "240", "CNY 10.00"),
                                           ("Unit cost (USD per 12-pack)", "Carton", "24", "USD 2.00"), ("采购成本(元/打)", "箱规", "24", "CNY 2.00"), ("Unit cost (cents)", "Currency", "240", "USD 2.40")):
            costs, said = self.sheet("SKU,%s,%s\nTOY-7,%s,%s\n" % (header, carton, cell, "USD" if carton == "Currency" else "24"))
            self.assertEqual(costs["TOY-7"][0], cost, header + said)

    def test_a_price_of_one_unit_stays(self):
        for header in ("采购成本(元/个)", "采购成本（元，含税）", "采购成本（CNY）", "采购成本(元/pcs)", "采购成本(1个)"):
            self.assertEqual(self.sheet("SKU,%s\nTOY-7,12.5\n" % header)[0]["TOY-7"][0], "CNY 12.50", header)
        costs, _ = self.sheet("SKU,采购成本,币种\nTOY-7,12.5/个,CNY\nTOY-8,12.5元/件,\n")
        self.assertEqual([costs["TOY-7"][0], costs["TOY-8"][0]], ["CNY 12.50"] * 2)

    def test_of_what_is_not_known_is_said_or_refused(self):
        costs, said = self.sheet("SKU;EK-Preis (€/VPE)\nTOY-7;24,00\n")
        self.assertEqual(costs, {})
        self.assertIn("does not say how many units it holds", said)
        costs, said = self.sheet("SKU,采购成本,头程(元/托盘)\nTOY-7,10,300\n")
        self.assertEqual(costs["TOY-7"], ("CNY 10.00", None))
        self.assertIn("头程(元/托盘)", said)
        costs, said = self.sheet("SKU,采购成本(元/旬)\nTOY-7,10\n")
        self.assertEqual(costs["TOY-7"][0], "CNY 10.00")
        self.assertIn("of how many units its figures are is not known", said)

    def test_weeks_and_cartons_of_a_header(self):
        for header in ("Lead time (weeks)", "交期(周)", "Lieferzeit (Wochen)"):
            self.sheet("SKU,Unit cost,Currency,%s\nTOY-7,2,USD,6\n" % header)
            self.assertEqual(self.sql("SELECT lead_time_days FROM cost"), [(42,)], header)
        self.sheet("SKU,采购成本,箱规,起订量(箱)\nTOY-7,2,24个/箱,5\nTOY-8,2,,5\n")
        self.assertEqual(self.sql("SELECT moq, carton FROM cost ORDER BY id"), [(120, 24), (None, None)])
        self.sheet("SKU,采购成本,箱规,起订量\nTOY-7,2,24个/箱,500起\n")
        self.assertEqual(self.sql("SELECT moq, carton FROM cost"), [(500, 24)])

    def test_of_an_old_and_a_new_column_the_new_counts(self):
        costs, said = self.sheet("SKU,采购成本（旧）,采购成本（新）,币种\nTOY-7,11.3,10,USD\n")
        self.assertEqual(costs["TOY-7"][0], "USD 10.00")
        self.assertIn("not read: 采购成本（旧）", said)

    def test_what_a_landed_cost_leaves_out_is_named(self):
        _, said = self.sheet("SKU,采购价,包装费,国内运费,头程,关税,币种\nTOY-7,10,1,0.5,3,0.7,USD\n")
        self.assertIn("not read: 包装费, 国内运费, 关税", said)
        costs, _ = self.sheet("*SKU,采购成本,默认头程费用(CNY)\nTOY-7,12.5,3.2\n")
        self.assertEqual(costs["TOY-7"], ("CNY 12.50", "CNY 3.20"))

    def test_a_number_that_may_be_a_thousand_is_said(self):
        costs, said = self.sheet("SKU;Unit cost;Currency\nTOY-7;1.234;USD\n")
        self.assertRegex(said, "a number such as 1.234 was read with a decimal comma")
        self.assertNotIn("decimal comma", self.sheet("SKU;Unit cost;Currency\nTOY-7;1,25;USD\nTOY-8;1.234;USD\n")[1])


class Rows(Sheets):
    def test_merged_cells_hold_for_all_their_rows(self):
        head = ["SKU", "站点", "采购成本", "币种"]
        rows = [head, ["TOY-7", "US", ("10", 0), "USD"], ["TOY-8", "US", ("11", 0), ""], ["TOY-9", "US", ("12", 0), ""]]
        costs, _ = self.sheet(merged(workbook({"s": rows}), ["D2:D4"]), name="cost.xlsx")
        self.assertEqual([costs[("US", "TOY-%d" % i)][0] for i in (7, 8, 9)], ["USD 10.00", "USD 11.00", "USD 12.00"])
        rows = [head, ["TOY-7", "美国", ("10", 0), "USD"], ["", "英国", "", ""], ["TOY-8", "英国", ("11", 0), "USD"]]
        costs, _ = self.sheet(merged(workbook({"s": rows}), ["A2:A3", "B3:B4", "C2:C3", "D2:D3"]), name="cost.xlsx")
        self.assertEqual(costs, {("US", "TOY-7"): ("USD 10.00", None), ("UK", "TOY-7"): ("USD 10.00", None), ("UK", "TOY-8"): ("USD 11.00", None)})

    def test_merged_cells_of_a_page_and_of_excels_xml(self):
        page = ("<html><table><tr><td>SKU</td><td>站点</td><td>采购成本</td><td>币种</td></tr><tr><td rowspan=\"2\">TOY-7</td><td>美国</td><td>10</td><td rowspan='3'>USD</td></tr>"
                "<tr><td>英国</td><td>11</td></tr><tr><td>TOY-8</td><td>美国</td><td>12</td></tr><tr><td>TOY-9</td><td>美国</td><td>13</td><td>EUR</td></tr></table></html>")
        all_of = {("US", "TOY-7"): ("USD 10.00", None), ("UK", "TOY-7"): ("USD 11.00", None), ("US", "TOY-8"): ("USD 12.00", None), ("US", "TOY-9"): ("EUR 13.00", None)}
        self.assertEqual(self.sheet(page, name="cost.xls")[0], all_of)
        cell = lambda text, more="": '<Cell%s><Data ss:Type="String">%s</Data></Cell>' % (more, text)
        rows = [[cell(x) for x in ("SKU", "站点", "采购成本", "币种")], [cell("TOY-7", ' ss:MergeDown="1"'), cell("US"), cell("10"), cell("USD", ' ss:MergeDown="2"')], [cell("UK", ' ss:Index="2"'), cell("11")],
                [cell("TOY-8"), cell("US"), cell("12")], [cell("TOY-9"), cell("US"), cell("13"), cell("EUR")]]
        xml = ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
               '<Worksheet ss:Name="s"><Table>%s</Table></Worksheet></Workbook>' % "".join("<Row>%s</Row>" % "".join(row) for row in rows))
        self.assertEqual(self.sheet(xml, name="cost.xls")[0], all_of)

    def test_a_merged_figure_of_a_stock_report_is_counted_once(self):
        head = ["sku", "fnsku", "asin", "product-name", "your-price", "afn-fulfillable-quantity"]
        book = merged(workbook({"美国站": [head, ["TOY-7", "X1", "B", "Toy", ("9.99", 0), ("48", 0)], ["TOY-8", "X2", "B", "", ("9.99", 0), ""]]}), ["D2:D3", "F2:F3"])
        self.brought({"stock.xlsx": book})
        self.assertEqual(sum(one["stock_total"] for one in self.skus().values()), 48)

    def test_merged_sites_that_were_saved_as_text(self):
        text = "站点,SKU,采购成本,头程,币种\n美国,TOY-7,10,5,CNY\n,TOY-8,11,5,CNY\n英国,TOY-7,10,8,CNY\n,TOY-8,11,8,CNY\n"
        costs, said = self.sheet(text, (("US", "TOY-7"), ("UK", "TOY-7")))
        self.assertEqual((costs[("US", "TOY-8")], costs[("UK", "TOY-8")]), (("CNY 11.00", "CNY 5.00"), ("CNY 11.00", "CNY 8.00")))
        self.assertIn("read as of the site above", said)
        costs, _ = self.sheet("站点,SKU,采购成本,币种\n美国,TOY-7,10,CNY\n,TOY-8,11,CNY\n")
        self.assertEqual(set(costs), {("US", "TOY-7"), "TOY-8"})  # for all stores

    def test_two_freights_of_one_sku_are_said(self):
        _, said = self.sheet("SKU,Unit cost,Freight,Currency\nTOY-7,11,5,USD\nTOY-7,11,8,USD\n")
        self.assertRegex(said, r"TOY-7 USD 11\.00 \+ USD 5\.00, USD 11\.00 \+ USD 8\.00")

    def test_a_cost_of_nought_is_unknown(self):
        costs, said = self.sheet("*SKU,采购成本(CNY),全部国家头程费用(含税)\nTOY-7,12.50,3.20\nTOY-8,0.00,0\n")
        self.assertEqual(costs["TOY-8"], (None, None))
        self.assertRegex(said, "1 SKU has a unit cost of 0 .*unknown: TOY-8")

    def test_sums_and_remarks_are_left_out_by_name(self):
        costs, said = self.sheet("SKU,采购成本,币种\nTOY-7,10,CNY\n合计,10,CNY\n备注：汇率 7.1,,\nTotal,10,\n")
        self.assertEqual((set(costs), self.one["rows_refused"]), ({"TOY-7"}, 0))
        self.assertIn("3 rows of sums or remarks left out", said)

    def test_a_cell_of_several_skus_is_of_each(self):
        skus = (("US", "TOY-7"), ("US", "TOY-8"), ("US", "A, B"))
        costs, said = self.sheet('SKU,MSKU,采购成本\nL1,"TOY-7,TOY-8",10\nL2,"A, B",11\n', skus)
        self.assertEqual({sku: unit for sku, (unit, _) in costs.items()}, {"TOY-7": "CNY 10.00", "TOY-8": "CNY 10.00", "A, B": "CNY 11.00"})
        self.assertIn("1 rows name several SKUs each", said)
        costs, said = self.sheet('SKU,采购成本\n"TOY-1\nTOY-2",10\n')
        self.assertIn("the cell names several SKUs", said)


class Names(Sheets):
    def test_a_sku_in_other_letters_is_the_one_that_it_can_mean(self):
        skus = tuple(("US", sku) for sku in ("ABC-1", "ABC-3", "ABC-4", "xy-1", "XY-1", "1E5"))
        costs, said = self.sheet("SKU,Unit cost,Currency\nabc-1,1,USD\nＡＢＣ-3,3,USD\nABC–4,4,USD\nXy-1,5,USD\n1.00E+05,6,USD\n", skus)
        self.assertEqual(set(costs), {"ABC-1", "ABC-3", "ABC-4", "Xy-1", "1E5"})
        self.assertRegex(said, "3 SKUs are written in other letters, width or dashes")

    def test_zeros_that_may_be_of_two_skus_are_doubted_aloud(self):
        rows = [planning_row(sku, "2025-12-30", 50, t30=5) for sku in ("00123", "0123")]
        one = self.brought({"a_planning.csv": table_text(rows), "orders.txt": table_text(self.orders(sku="123"), "\t")})["orders.txt"]
        self.assertRegex(" ".join(one["notes"]), re.escape("several known SKUs may be meant: 123 (00123, 0123)"))

    def test_costs_in_a_stock_report_are_named(self):
        one = self.brought({"l.csv": "店铺,国家,MSKU,FNSKU,ASIN,标题,SKU,状态,价格,可售,采购成本(CNY),头程费用(CNY)\ns,美国,TOY-7,X1,B1,Toy,L1,在售,$19.99,48,12.50,3.20\n"})["l.csv"]
        self.assertEqual(one["status"], "imported", one)
        self.assertIn("columns not read: 采购成本(CNY), 头程费用(CNY)", str(one))

    def test_one_pool_has_one_cost(self):
        rows = [planning_row("TOY-7-%s" % m, "2025-12-30", 50, marketplace=m, currency="EUR", t30=t30, fnsku="X00POOL1", asin="B000POOL1") for m, t30 in (("DE", 9), ("FR", 1))]
        self.brought({"a_planning.csv": table_text(rows), "cost.csv": "SKU,Unit cost,Currency\nTOY-7-FR,4.50,EUR\n"})
        one = next(one for one in self.skus().values() if one["stock_total"] > 0)
        self.assertEqual((one["marketplace"], one["unit_value"]["amount"]), ("DE", "4.50"))


class BesidePrices(Sheets):
    """A price is 29.99."""

    def beside(self, costs, header="sku,unit-cost,currency"):
        self.fresh()
        skus = [sku for sku, _ in costs]
        self.brought({"a_planning.csv": self.stock(*[("US", sku) for sku in skus]), "cost.csv": header + "\n" + "".join("%s,%s\n" % one for one in costs)})
        return " ".join(self.outcome["compared"])

    def test_a_cost_of_many_prices_is_said_with_both(self):
        said = self.beside([("TOY-7", "5000,USD"), ("TOY-8", "6,USD")])
        self.assertIn("1 of 2 costs and freights in USD do not fit the price: US TOY-7 cost USD 5000.00 is 167 times its price of USD 29.99", said)
        self.assertNotIn("TOY-8", said)
        self.assertIn("TOY-7", " ".join(self.destock("health", "--format", "json").json()["warnings"]))
        self.assertEqual(self.beside([("TOY-7", "12,USD"), ("TOY-8", "0.40,USD")]), "")

    def test_yuan_as_dollars_and_dollars_as_yuan(self):
        said = self.beside([("T-%d" % i, "%d,USD" % (30 + i)) for i in range(8)])
        self.assertRegex(said, r"8 of 8 costs and freights in USD do not fit .*read in CNY they would be about \d+ % of it")
        said = self.beside([("T-%d" % i, "%d" % (3 + i % 3)) for i in range(8)], "SKU,采购成本")
        self.assertRegex(said, r"8 of 8 costs and freights in CNY do not fit .*read in USD they would be about \d+ % of it")

    def test_freight_too_and_whichever_came_first(self):
        self.fresh()
        self.imported(self.write("cost.csv", "sku,unit-cost,currency,freight\nTOY-7,5,USD,900\n"))
        outcome = self.imported(self.write("planning.csv", self.stock(("US", "TOY-7"))))
        self.assertRegex(" ".join(outcome["compared"]), "TOY-7 freight USD 900.00 is 30 times its price")

    def test_freights_that_differ_between_files_are_said(self):
        self.fresh()
        seen = self.brought({"a_planning.csv": self.stock(("US", "TOY-7")), "b.csv": "sku,unit-cost,currency,freight\nTOY-7,5,USD,1.10\n", "c.csv": "sku,unit-cost,currency,freight\nTOY-7,5,USD,1.60\n"})
        self.assertIn("1 SKU has another freight in another sheet or file; this one counts: TOY-7 USD 1.10 (b.csv), USD 1.60", " ".join(seen["c.csv"]["notes"]))

    def test_costs_of_dianxiaomi(self):
        """店小秘: its template of product SKUs, and its list."""
        template = workbook({"商品SKU": [["*SKU(必填)", "中文名称", "商品净重（g）", "采购参考价（RMB）", "长（cm）", "宽（cm）", "高（cm）", "备注"], ["TOY-7", "玩具", "120", "21.50", "10", "5", "3", ""]]})
        self.assertEqual(self.sheet(template, name="店小秘.xlsx")[0]["TOY-7"][0], "CNY 21.50")
        self.assertEqual(self.sheet("商品名称,SKU,规格名称,售价,采购参考价,库存数量,币种,图片链接\n玩具,TOY-7,黑,89.00,45.00,120,CNY,\n")[0]["TOY-7"][0], "CNY 45.00")


class Statements(Sheets):
    """What tools sum up by period: its costs are of all units sold."""

    def test_a_statement_of_a_period_is_no_cost_sheet(self):
        for text in ("MSKU,销量,销售额,采购成本,头程,毛利\nTOY-7,3,59.97,90,30,20\n", "Marketplace,SKU,Units Sold,Gross Revenue,COGS,Net Profit,Currency\nUS,TOY-7,3,59.97,12.00,20,USD\n",
                     "日期,MSKU,销量,采购成本\n2025-11-20,TOY-7,3,90\n", "订单号,MSKU,数量,采购成本,利润\n111-1,TOY-7,3,90,5\n", "MSKU,广告花费,成本,点击量\nTOY-7,50,12,9\n",
                     "MSKU,采购均价,采购成本,销量,结算利润\nTOY-7,30,90,3,20\n", "SKU,Verkaufte Einheiten,Umsatz,Wareneinsatz\nTOY-7,3,59.97,12\n"):
            costs, said = self.sheet(text)
            self.assertEqual((costs, self.one["status"]), ({}, "failed"), text)
            self.assertIn("Sales, costs and profit of a period", said, text)

    def test_what_goods_cost_and_sell_for_by_the_unit_is_one(self):
        for text, cost in (("SKU,采购单价,30天销量\nTOY-7,30,90\n", "CNY 30.00"), ("SKU,Cost,Sale price,Profit,Currency\nTOY-7,4,9.99,2,USD\n", "USD 4.00"), ("SKU,采购成本,头程,佣金,利润\nTOY-7,30,5,10,20\n", "CNY 30.00")):
            self.assertEqual(self.sheet(text)[0]["TOY-7"][0], cost, text)


class WhoseCurrency(Sheets):
    def test_a_costs_own_header_goes_before_a_column_of_another_amount(self):
        costs, said = self.sheet("SKU,单价,币种,采购成本(CNY),头程费用(CNY)\nTOY-7,9,USD,42.5,18\n")
        self.assertEqual(costs["TOY-7"], ("CNY 42.50", "CNY 18.00"))
        self.assertIn("the column “币种” says another currency", said)
        costs, said = self.sheet("SKU,采购成本,头程费用(USD),币种\nTOY-7,30,1.5,CNY\n")
        self.assertEqual(costs["TOY-7"], ("CNY 30.00", "USD 1.50"))

    def test_a_column_of_the_costs_own_goes_before_the_header(self):
        self.assertEqual(self.sheet("SKU,采购成本(元),采购币种\nTOY-7,5,USD\n")[0]["TOY-7"][0], "USD 5.00")

    def test_a_currency_at_a_headers_end(self):
        for head, cost in (("Unit Cost USD", "USD 5.00"), ("成本_USD", "USD 5.00"), ("采购成本USD", "USD 5.00"), ("Unit cost $", "USD 5.00"), ("Unit cost EUR", "EUR 5.00")):
            self.assertEqual(self.sheet("SKU,%s\nTOY-7,5\n" % head)[0].get("TOY-7", ("",))[0], cost, head)
        self.assertEqual(self.sheet("sku-vendeur,coût,devise\nTOY-7,5,EUR\n")[0]["TOY-7"][0], "EUR 5.00", "no currency ends a word")

    def test_a_landed_cost_has_its_freight_already(self):
        costs, said = self.sheet("SKU,Total Cost Per Unit,Manufacturing,Shipping,Currency\nTOY-7,3.50,2.60,0.90,USD\n")
        self.assertEqual(costs["TOY-7"], ("USD 3.50", "USD 0.00"))
        self.assertIn("holds them already", said)
        self.assertEqual(self.sheet("SKU,Cost,Shipping,Currency\nTOY-7,2.60,0.90,USD\n")[0]["TOY-7"], ("USD 2.60", "USD 0.90"))


class WhoseRows(Sheets):
    def test_two_stores_in_a_cell_are_both(self):
        for between in ("/", "、", ",", "，", "和", ";", "+"):
            costs, _ = self.sheet('SKU,站点,采购成本\nTOY-7,"美国%s加拿大",30\n' % between, (("US", "TOY-7"), ("JP", "TOY-7")))
            self.assertEqual({store: cost[0] for (store, _), cost in costs.items()}, {"US": "CNY 30.00", "CA": "CNY 30.00"}, between)
        costs, said = self.sheet("SKU,站点,采购成本\nTOY-7,美国/火星,30\n")
        self.assertEqual(len(costs) <= 1, True, said)

    def test_a_sheet_for_one_store_goes_before_one_for_all_whatever_their_order(self):
        head = ["SKU", "Unit cost", "Currency"]
        for order in (("US", "Summary"), ("Summary", "US")):
            sheets = {"US": [head, ["TOY-7", "5.00", "USD"]], "Summary": [head, ["TOY-7", "9.00", "USD"]]}
            self.sheet(workbook({name: sheets[name] for name in order}), name="cost.xlsx")
            self.assertIn("5.00", str(self.skus()[("US", "TOY-7")]), order)
            self.assertNotIn("9.00", str({k: v for k, v in self.skus()[("US", "TOY-7")].items() if "cost" in k}), order)

    def test_a_file_named_after_a_store_is_of_it(self):
        self.fresh()
        self.brought({"a_planning.csv": self.stock(("US", "TOY-7"), ("UK", "TOY-7")), "cost_US.csv": "SKU,Unit cost,Currency\nTOY-7,5.00,USD\n", "cost_UK.csv": "SKU,Unit cost,Currency\nTOY-7,4.00,GBP\n"})
        self.assertEqual(set(self.sql("SELECT marketplace, unit_cost / 10000 FROM cost")), {("US", 5), ("UK", 4)})


@needs_clock
class Periods(Sheets):
    def test_a_cost_to_come_waits_for_its_day(self):
        self.clock("2025-12-30 09:00:00")
        costs, said = self.sheet("SKU,Unit cost,Currency,Start date\nTOY-7,3.50,USD,2025-01-01\nTOY-7,9.99,USD,2026-01-15\n")
        self.assertIn("1 rows hold from a later day on", said)
        self.assertEqual(self.skus()[("US", "TOY-7")]["unit_value"]["amount"], "3.50")
        self.clock("2026-01-20 09:00:00")
        self.imported(self.write("later.csv", table_text([planning_row("TOY-7", "2026-01-19", 50, t30=5)])))
        self.assertEqual(self.skus()[("US", "TOY-7")]["unit_value"]["amount"], "9.99")


class UnknownNames(Sheets):
    def test_the_likely_column_is_named_and_nothing_is_to_be_downloaded_again(self):
        for head, likely in (("采购价/箱", "采购价/箱"), ("Cost per carton total", "Cost per carton total"), ("FOB cost at port", "FOB cost at port")):
            costs, said = self.sheet("SKU,名称,%s\nTOY-7,a,30\n" % head)
            self.assertEqual(costs, {}, head)
            self.assertIn("likely: " + likely, said)
            self.assertNotIn("Seller Central's language", said)

    def test_a_sheet_without_skus_says_so(self):
        for head in ("ASIN", "FNSKU"):
            costs, said = self.sheet("%s,成本\nB000000001,30\n" % head)
            self.assertIn("without a column of SKUs", said)


if __name__ == "__main__":
    main()
