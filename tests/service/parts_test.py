"""Parts of a whole: orders saved store by store, SKU by SKU or cut; stock whose country's report lacks; a folder that is named after several stores."""
from doubts_test import MANAGE, Doubts
from product import main, order_rows, planning_row, table_text


def numbered(rows, letter):
    """The same lines as other orders."""
    return [dict(row, **{"amazon-order-id": "%s-%07d-%07d" % (letter, n, n)}) for n, row in enumerate(rows)]


class Orders(Doubts):
    days = ("2025-12-01", "2025-12-20")

    def rows(self, sku="TOY-7", units=2, letter="111", days=None):
        return numbered(order_rows(sku, *(days or self.days), units), letter)

    def both(self, first, second):
        """Two files of one folder, the first imported first; the units that count by SKU, and all that was said."""
        self.fresh()
        self.write("a.txt", table_text(first, "\t"))
        self.write("b.txt", table_text(second, "\t"))
        self.imported(self.folder + "/a.txt")
        self.outcome = self.imported(self.folder + "/b.txt", codes=(0, 3))
        self.write("US/fba_2025-12-21.txt", MANAGE + "TOY-7\tX\tB\tToy\tNew\t9.99\t90\nTOY-8\tY\tC\tToy\tNew\t9.99\t90\n")
        self.imported(self.folder + "/US/fba_2025-12-21.txt")
        return str(self.outcome)

    def a_day(self):
        """Units a day by SKU, over two weeks."""
        ran = self.destock("health", "--format", "json", "--as-of", "2025-12-21")
        self.assertEqual(ran.code, 0, ran)
        return {one["sku"]: one["velocity"]["d14"] for one in ran.json()["skus"]}

    def state(self):
        return self.outcome["files"][0]["status"]

    def test_orders_saved_sku_by_sku_both_count(self):
        said = self.both(self.rows("TOY-7", 2, "111"), self.rows("TOY-8", 3, "112"))
        self.assertEqual(self.state(), "imported", said)
        self.assertIn("both count", said)
        self.assertEqual([round(units) for units in self.a_day().values()], [2, 3])

    def test_a_part_of_the_same_orders_does_not_replace_them(self):
        whole = self.rows()
        said = self.both(whole, whole[:8] + whole[12:])
        self.assertEqual(self.state(), "set_aside", said)
        self.assertIn("4 of the 18 orders in a.txt", said)
        self.assertEqual(round(self.a_day()["TOY-7"]), 2)

    def test_the_whole_after_a_part_counts_however_much_more_it_is(self):
        whole = self.rows(units=9) + self.rows("TOY-8", 30, "112")
        said = self.both(whole[:20], whole)
        self.assertEqual(self.state(), "imported", said)
        self.assertNotIn("set aside", said)

    def test_a_newer_download_takes_the_place_of_the_older(self):
        early = self.rows()
        late = self.rows(days=("2025-12-01", "2025-12-25"))
        late[3] = dict(late[3], **{"order-status": "Cancelled", "item-status": "Cancelled"})
        said = self.both(early, late)
        self.assertEqual(self.state(), "imported", said)
        self.assertNotIn("both count", said)

    def test_of_two_parts_each_with_orders_of_its_own_neither_is_taken_for_the_whole(self):
        whole = self.rows()
        said = self.both(whole[:12], whole[4:8] + self.rows("TOY-8", 3, "112"))
        self.assertEqual(self.state(), "set_aside", said)

    def test_what_both_parts_sold_is_summed(self):
        self.both(self.rows("TOY-7", 2, "111"), self.rows("TOY-7", 3, "112"))
        self.assertEqual(round(self.a_day()["TOY-7"]), 5)


class Stock(Doubts):
    HEAD = MANAGE.rstrip("\n") + "\tafn-fulfillable-quantity-local\tafn-fulfillable-quantity-remote\n"

    def row(self, local, remote):
        return "TOY-7\tX0001\tB1\tToy\tNew\t9.99\t%d\t%d\t%d\n" % (local + remote, local, remote)

    def said(self, files):
        self.fresh()
        self.brought({name: self.HEAD + row for name, row in files.items()})
        return str(self.outcome)

    def test_units_of_a_country_without_a_report_are_said_to_count_nowhere(self):
        said = self.said({"DE/stock.txt": self.row(110, 90), "FR/stock.txt": self.row(40, 160)})
        self.assertIn("50 units lie in countries of the network whose report is not here", said)
        self.assertIn("counted nowhere (TOY-7)", said)

    def test_nothing_is_said_where_every_country_is_there(self):
        self.assertNotIn("counted nowhere", self.said({"DE/stock.txt": self.row(110, 90), "FR/stock.txt": self.row(90, 110)}))
        self.assertNotIn("counted nowhere", self.said({"UK/stock.txt": self.row(40, 260), "DE/stock.txt": self.row(260, 40)}))

    def test_a_report_of_before_counts(self):
        self.said({"FR/stock.txt": self.row(90, 110)})
        self.write("DE/stock.txt", self.HEAD + self.row(110, 90))
        self.assertNotIn("counted nowhere", str(self.imported(self.folder + "/DE/stock.txt")))

    def test_units_in_staging_are_in_transfer(self):
        self.fresh()
        planning = {"US/stock.txt": MANAGE + "TOY-7\tX\tB\tToy\tNew\t9.99\t100\n"}
        one = "sku\tfnsku\tasin\tproduct-name\treserved_qty\treserved_customerorders\treserved_fc-processing\treserved_%s\n"
        totals = []
        for name in ("fc-transfers", "staging"):
            self.fresh()
            self.brought({**planning, "US/reserved.txt": (one % name) + "TOY-7\tX\tB\tToy\t20\t5\t5\t10\n"})
            totals.append(self.skus()[("US", "TOY-7")]["stock_total"])
        self.assertEqual(totals, [115, 115])

    def test_blank_fine_ages_leave_the_coarse_ones(self):
        self.fresh()
        row = planning_row("TOY-7", "2025-12-30", 100, t30=5, ages=[60, 40, 0, 0, 0])
        row.update({"inv-age-0-to-30-days": "", "inv-age-31-to-60-days": "", "inv-age-61-to-90-days": ""})
        self.brought({"p.csv": table_text([row])})
        ages = self.sql("SELECT from_day, units FROM age_band ORDER BY 1")
        self.assertEqual(ages[0], (0, 60))


class Places(Doubts):
    ROW = "TOY-7\tX\tB\tToy\tNew\t%s\t20\n"

    def place(self, path, price="9.99", title="Toy", also=None):
        self.fresh()
        self.brought({path: MANAGE + (self.ROW % price).replace("Toy", title), **(also or {})})
        return {m for m, _ in self.skus()}, str(self.outcome)

    def test_a_folder_named_after_a_network_is_asked_for(self):
        for path, one in (("EU/stock.txt", "FR"), ("Europe/2025/stock.txt", "DE"), ("欧洲站/stock.txt", "IT"), ("北美/stock.txt", "CA"), ("stock_EU.txt", "ES")):
            found, said = self.place(path)
            self.assertEqual(found, set(), path)
            self.assertIn("may be any of", said, path)
            self.assertIn(one, said.split("may be any of")[1][:60], path)

    def test_the_network_goes_before_the_only_store_that_is_known(self):
        planning = table_text([planning_row("CUP-1", "2025-12-30", 50, t30=5)])
        self.assertEqual(self.place("EU/stock.txt", also={"US/p.csv": planning})[0], {"US"}, "what the other report tells")
        self.assertIn("may be any of", str(self.outcome))

    def test_signs_and_letters_tell_the_store_or_ask(self):
        self.assertEqual(self.place("stock.txt", "£9.99")[0], {"UK"})
        self.assertEqual(self.place("stock.txt", "1980", "おもちゃ")[0], {"JP"})
        for price in ("€9.99", "9,99"):
            found, said = self.place("stock.txt", price)
            self.assertEqual(found, set(), price)
            self.assertIn("DE", said.split("may be any of")[1][:60], price)
        for price in ("$9.99", "9.99", "USD 9.99"):
            self.assertEqual(self.place("stock.txt", price)[0], {"US"}, price)


class Nothing(Doubts):
    def test_a_folder_without_reports_names_what_was_left_alone(self):
        self.write("in/settings.xml", "<a/>")
        ran = self.destock("import", self.folder + "/in")
        self.assertEqual((ran.code != 0, "left alone: settings.xml (" in ran.err), (True, True), ran)


class Days(Doubts):
    def test_a_name_is_read_as_its_store_writes_days(self):
        for path, day, asked in (("UK/stock 05-11-2025.txt", "2025-11-05", True), ("US/stock 05-11-2025.txt", "2025-05-11", True), ("UK/stock 25-11-2025.txt", "2025-11-25", False)):
            self.fresh()
            one = self.brought({path: MANAGE + "TOY-7\tX\tB\tToy\tNew\t9.99\t20\n"})[path]
            self.assertEqual(one["coverage"][0]["last_day"], day, path)
            self.assertEqual("the other way round" in str(one), asked, path)

    def test_years_of_a_reign(self):
        rows = order_rows("TOY-7", "2025-12-01", "2025-12-03", 2, channel="Amazon.co.jp", currency="JPY", price="1980")
        for row in rows:
            y, m, d = row["purchase-date"][:10].split("-")
            row["purchase-date"] = "令和%d年%d月%d日" % (int(y) - 2018, int(m), int(d))
        one = self.brought({"orders.txt": table_text(rows, "\t")})["orders.txt"]
        self.assertEqual((one["coverage"][0]["first_day"], one["coverage"][0]["last_day"]), ("2025-12-01", "2025-12-03"), one)


if __name__ == "__main__":
    main()
