"""Figures that no account has, in reports, sheets, calls and options: each is refused where it is read, with its place and value, or
what rests on it is unknown and said. None ends the program, and none breaks a page for everybody."""

from product import Case, fee_preview_row, main, planning_row, table_text

PAGES = ["overview", "health", "tables/inventory", "plans/latest?lines=none", "restock", "imports", "rates", "facts", "workbook",
         "skus/US/SKU-001"]
NUMBERS = ["15 to 20", "15 20", "10x20x30", "3 or 5", "7d 8h", "1a2b3c", "1.2万"]  # 15-20 is a span of days: restock_value_test


class AbsurdValues(Case):
    def planning(self, name="fba_inventory_US_2026-01-05.csv", skus=80, available=400, **columns):
        """80 listings of dead stock, more than are planned in one thread."""
        rows = [planning_row("SKU-%03d" % i, "2026-01-05", available, t30=1, ages=[0, 0, available // 2, available // 2, 0], **columns) for i in range(skus)]
        return self.write(name, table_text(rows))

    def pages(self, server, who):
        return {page: server.call("GET", "/accounts/1/" + page, None, who)[0] for page in PAGES}

    def assert_pages(self, server, who):
        bad = {page: status for page, status in self.pages(server, who).items() if status >= 500}
        self.assertEqual(bad, {})

    def test_a_price_beyond_all_prices_is_refused_with_its_place(self):
        path = self.write("fba_inventory_US_2026-01-05.csv", table_text(
            [planning_row("SKU-%03d" % i, "2026-01-05", 400, price="900000000000000" if i == 3 else "29.99") for i in range(8)]))
        done = self.imported(path, codes=(0, 1, 3))
        file = done["files"][0]
        self.assertEqual(file["rows_refused"], 1, file)
        refused = file["refused"][0]
        self.assertEqual((refused["line"], refused["column"], refused["value"]), (5, "your-price", "900000000000000"))

    def test_counts_and_money_have_bounds(self):
        def taken(**row):
            name = "fba_inventory_US_2026-01-05.csv"
            file = self.imported(self.write(name, table_text([planning_row("A", "2026-01-05", 5), planning_row("B", "2026-01-05", **{"available": 5, **row})])),
                                 account="a%d" % abs(hash(str(row))), codes=(0, 1, 3))["files"][0]
            return file["rows_refused"] == 0

        self.assertTrue(taken(price="1000000000"))
        self.assertFalse(taken(price="1000000000.01"))
        self.assertTrue(taken(available=1000000000000))
        self.assertFalse(taken(available=1000000000001))
        self.assertFalse(taken(available=9000000000000000000))

    def test_a_bar_code_as_cost_is_refused(self):
        self.imported(self.planning())
        sheet = self.write("cost_sheet.csv", "sku,marketplace,unit-cost,currency\nSKU-001,US,6901234567890,CNY\nSKU-002,US,12.50,CNY\n")
        file = self.imported(sheet, codes=(0, 1, 3))["files"][0]
        self.assertEqual((file["rows_refused"], file["refused"][0]["column"], file["refused"][0]["value"]), (1, "unit-cost", "6901234567890"))

    def test_spans_of_a_million_years_break_nothing(self):
        self.imported(self.planning(available=1000000000))
        sheet = self.write("cost_sheet.csv", "sku,marketplace,unit-cost,currency,lead-time-days\nSKU-001,US,5,CNY,3650\nSKU-002,US,5,CNY,3651\n")
        file = self.imported(sheet)["files"][0]
        self.assertIn("1 cell of lead-time-days cannot be read and is unknown; the first, line 3: “3651”", file["notes"])
        ran = self.destock("restock", "--format", "json")
        self.assertEqual(ran.code, 0, ran)
        for line in ran.json()["skus"]:
            if line["stockout_date"]:
                self.assertRegex(line["stockout_date"], r"^2\d{3}-\d\d-\d\d$")

    def test_a_time_with_its_unit_is_that_many_days(self):
        self.imported(self.planning())
        self.imported(self.write("cost_sheet.csv", "sku,marketplace,unit-cost,currency,lead-time-days\nSKU-001,US,42,CNY,3 weeks\nSKU-002,US,12.50,CNY,25天\n"))
        lines = {line["sku"]: line for line in self.destock("restock", "--format", "json").json()["skus"]}
        self.assertEqual([lines[sku]["lead_time_days"] for sku in ("SKU-001", "SKU-002")], [21, 25])

    def test_what_stands_between_digits_is_no_number(self):
        self.imported(self.planning())
        for text in NUMBERS:
            with self.subTest(text=text):
                sheet = self.write("cost_sheet.csv", 'sku,marketplace,unit-cost,currency,lead-time-days\nSKU-001,US,42,CNY,"%s"\nSKU-002,US,12.50,CNY,25\n' % text)
                file = self.imported(sheet, codes=(0, 1, 3))["files"][0]
                self.assertEqual((file["rows_imported"], file["rows_refused"]), (2, 0))
                self.assertIn("1 cell of lead-time-days cannot be read and is unknown; the first, line 2: “%s”" % text, file["notes"])
                lines = {line["sku"]: line for line in self.destock("restock", "--format", "json").json()["skus"]}
                self.assertEqual([lines[sku]["lead_time_assumed"] for sku in ("SKU-001", "SKU-002")], [True, False])

    def test_the_largest_that_is_taken_breaks_nothing(self):
        """10^9 a unit and 10^12 units: sums do not fit, so they are unknown, and it is said."""
        self.imported(self.planning(price="1000000000", available=1000000000000))
        for command in ("plan", "health", "restock", "forecast"):
            ran = self.destock(command)
            self.assertGreaterEqual(ran.code, 0, "destock %s ended by a signal: %s" % (command, ran))
            self.assertNotIn("internal error", ran.err)
        health = self.destock("health", "--format", "json").json()
        self.assertIn("so large that account totals stay unknown", str(health["warnings"]))
        server = self.serve()
        owner = server.owner()
        self.assert_pages(server, owner)
        status, body, _ = server.call("POST", "/accounts/1/plans", {}, owner)
        self.assertEqual(status, 202, body)
        job = server.job(owner, 1, body["job"])
        self.assertIn(job["state"], ("done", "failed"), job)
        self.assertTrue(server.alive())
        self.assert_pages(server, owner)

    def test_a_job_that_cannot_reckon_fails_alone(self):
        """What a plan's threads throw reaches the job: it says what to look for, and the server goes on."""
        self.imported(self.planning(price="999999999", available=900000000000))
        self.imported(self.write("fee_preview_US_2026-01-05.txt", table_text([fee_preview_row("SKU-%03d" % i, price="999999999", fulfilment="5.87") for i in range(80)])))
        server = self.serve()
        owner = server.owner()
        status, body, _ = server.call("POST", "/accounts/1/plans", {}, owner)
        self.assertEqual(status, 202, body)
        job = server.job(owner, 1, body["job"])
        self.assertTrue(server.alive())
        self.assertEqual(job["state"], "failed", job)
        self.assertIn("too large", str(job["result"]))
        ran = self.destock("plan")
        self.assertEqual(ran.code, 1, ran)
        self.assertIn("too large", ran.err)
        self.assert_pages(server, owner)

    def test_rates_have_one_rule_in_both_ways_in(self):
        self.imported(self.planning())
        server = self.serve()
        owner = server.owner()
        for rate, taken in (("0.000001", True), ("1000000", True), ("0.0000001", False), ("1000001", False), ("0", False), ("-7", False), ("1e300", False)):
            with self.subTest(rate=rate):
                ran = self.destock("rate", "set", "KZT", "USD", rate, "--date", "2026-01-04")
                self.assertEqual(ran.code == 0, taken and "e" not in rate, ran)
                status, body, _ = server.call("POST", "/accounts/1/rates", {"from": "KZT", "to": "USD", "rate": float(rate), "day": "2026-01-04"}, owner)
                self.assertEqual(status == 201, taken, body)
        file = server.import_files(owner, 1, {"rates.csv": "from,to,rate,date\nGBP,USD,%s,2026-01-03\nCNY,USD,0.14,2026-01-03\n" % ("9" * 12)})["result"]["files"][0]
        self.assertEqual([(r["line"], r["column"]) for r in file["refused"]], [(2, "rate")])
        self.assert_pages(server, owner)

    def test_costs_typed_in_have_the_rule_of_the_sheet(self):
        self.imported(self.planning())
        server = self.serve()
        owner = server.owner()
        for cost in ("900000000000", "9e14", "9" * 60, "-5", "15 to 20"):
            with self.subTest(cost=cost):
                status, body, _ = server.call("POST", "/accounts/1/costs", {"costs": [{"sku": "SKU-001", "marketplace": "US", "unit_cost": cost, "currency": "CNY"}]}, owner)
                if status == 202:
                    self.assertEqual(server.job(owner, 1, body["job"])["result"]["files"][0]["rows_refused"], 1)
                else:
                    self.assertIn(status, (400, 409, 422), body)
                self.assertIsNone(server.get("/accounts/1/skus/US/SKU-001", owner)["explanation"]["landed_cost"])
                self.assert_pages(server, owner)


if __name__ == "__main__":
    main()
