"""Planned again on the same day: what has changed is planned anew, the rest is taken as it was; the plan is that of a database which
has never planned before, to the last digit."""
import csv
import os
import re
import sqlite3

from product import Case, main

TABLES = ("plan_line", "plan_action", "plan_week", "plan_curve", "plan_after", "plan_unplanned", "plan_note")


FEWER = re.compile(rb"\bDS-(\d\d)-[A-Z]{2}")


class Replan(Case):
    """A quarter of the sample account: some 70 SKUs, two stores."""

    @classmethod
    def setUpClass(cls):
        cls.sample = Case("run_command")
        cls.sample.setUp()
        whole = os.path.join(cls.sample.folder, "whole")
        made = cls.sample.run_command("demo", whole, "--as-of", "2026-01-05", "--db", os.path.join(cls.sample.folder, "whole.db"), timeout=900)
        assert made.code in (0, 3), made
        cls.reports = os.path.join(cls.sample.folder, "reports")
        os.mkdir(cls.reports)
        for name in os.listdir(os.path.join(whole, "reports")):
            with open(os.path.join(whole, "reports", name), "rb") as file:
                data = file.read()
            if not name.endswith(".xlsx"):
                data = b"".join(line for line in data.splitlines(keepends=True) if all(int(found) % 4 == 0 for found in FEWER.findall(line)))
            with open(os.path.join(cls.reports, name), "wb") as file:
                file.write(data)
        for command in (("import", cls.reports), ("plan",)):
            ran = cls.sample.destock(*command, "--account", "sample", timeout=600)
            assert ran.code in (0, 3), ran

    @classmethod
    def tearDownClass(cls):
        cls.sample.tearDown()

    def setUp(self):
        super().setUp()
        # As it stands after a plan.
        source = sqlite3.connect(self.sample.db)
        copy = sqlite3.connect(self.db)
        source.backup(copy)
        source.close()
        copy.close()
        self.changes = []

    def rows(self, database, plan):
        """All that is stored of a plan, as it is stored."""
        connection = sqlite3.connect("file:%s?mode=ro" % database, uri=True)
        try:
            return {table: sorted((row[1:] for row in connection.execute("SELECT * FROM %s WHERE plan_id = ?" % table, (plan,))), key=repr) for table in TABLES}
        finally:
            connection.close()

    def changed(self, command, *arguments):
        """A change here, and later in the database that it is compared with."""
        ran = self.destock(command, *arguments, "--account", "sample")
        self.assertIn(ran.code, (0, 3), ran)
        self.changes.append((command, *arguments))

    def planned(self, *options):
        return self.plan("--account", "sample", *options)

    def assert_as_if_planned_whole(self, plan, *options):
        """As by a database that has imported and been told the same, and plans for the first time."""
        other = os.path.join(self.folder, "fresh.db")
        for name in (other, other + "-wal", other + "-shm"):
            if os.path.exists(name):
                os.remove(name)
        made = self.run_command("import", self.reports, "--db", other, "--account", "sample", timeout=600)
        self.assertIn(made.code, (0, 3), made)
        for command, *arguments in self.changes:
            self.run_command(command, *arguments, "--db", other, "--account", "sample")
        ran = self.run_command("plan", "--db", other, "--account", "sample", "--format", "json", *options, timeout=600)
        self.assertEqual(ran.code, 0, ran)
        whole = ran.json()
        self.assertEqual(whole["planned_anew"], len(whole["lines"]))
        mine, fresh = self.rows(self.db, plan["plan_id"]), self.rows(other, whole["plan_id"])
        for table in TABLES:
            self.assertEqual(len(mine[table]), len(fresh[table]), table)
            for one, two in zip(mine[table], fresh[table]):
                self.assertEqual(one, two, table)
        for answer in (plan, whole):
            for name in ("plan_id", "planned_anew"):
                del answer[name]
        self.assertEqual(plan, whole)

    def costs(self, skus, cost):
        return self.write("cost_sheet_2026-01-06.csv", "sku,unit-cost,currency\n" + "".join("%s,%s,CNY\n" % (sku, cost) for sku in skus))

    def of_lines(self, plan, many, store="US"):
        return [line["sku"] for line in plan["lines"] if line["marketplace"] == store][:many]

    def report(self, start, change):
        """A report of the sample with some of its rows changed, to be imported after it."""
        name = next(name for name in sorted(os.listdir(self.reports)) if name.startswith(start))
        with open(os.path.join(self.reports, name), encoding="utf-8-sig", newline="") as file:
            mark = "\t" if name.endswith(".txt") else ","
            rows = list(csv.DictReader(file, delimiter=mark))
        for row in rows:
            change(row)
        return self.table(os.path.join("changed", name), rows, mark)

    def test_nothing_has_changed_and_nothing_is_planned(self):
        first = self.planned()
        self.assertEqual(first["planned_anew"], 0)
        self.assertIn("planned 0 of %d SKUs anew" % len(first["lines"]), self.destock("plan", "--account", "sample", "--dry-run").err)
        self.assertIn("重新规划 %d 个 SKU 中的 0 个" % len(first["lines"]), self.destock("plan", "--account", "sample", "--dry-run", "--lang", "zh").err)
        self.assert_as_if_planned_whole(first)

    def test_costs_of_a_few_skus(self):
        skus = self.of_lines(self.planned(), 7)
        self.changed("import", self.costs(skus, "3.21"))
        plan = self.planned()
        self.assertGreaterEqual(plan["planned_anew"], len(skus))
        self.assertLess(plan["planned_anew"], len(skus) + 8)  # a SKU has one cost in every store
        self.assert_as_if_planned_whole(plan)

    def test_stock_of_a_few_skus(self):
        skus = set(self.of_lines(self.planned(), 5))

        def less(row):
            if row["sku"] in skus:
                row["available"] = str(int(row["available"]) // 2)

        self.changed("import", self.report("fba_inventory_US", less))
        plan = self.planned()
        self.assertGreaterEqual(plan["planned_anew"], 1)
        self.assert_as_if_planned_whole(plan)

    def test_a_rule_goes_into_every_line(self):
        before = self.planned()
        self.changed("settings", "set", "plan.cost_of_capital_per_year=0.2")
        plan = self.planned()
        self.assertEqual(plan["planned_anew"], len(plan["lines"]))
        self.assertNotEqual(plan["lines"], before["lines"])
        self.assert_as_if_planned_whole(plan)
        self.destock("settings", "set", "plan.cost_of_capital_per_year=", "--account", "sample")

    def test_how_prices_end_in_one_store_is_a_matter_of_its_skus(self):
        lines = self.planned()["lines"]
        self.changed("settings", "set", "UK=x.99")
        plan = self.planned()
        self.assertEqual(plan["planned_anew"], sum(line["marketplace"] == "UK" for line in lines))
        self.assert_as_if_planned_whole(plan)

    def test_limits_are_solved_anew_over_lines_that_are_the_same(self):
        skus = self.of_lines(self.planned(), 3)
        self.changed("import", self.costs(skus, "2.50"))
        plan = self.planned("--actions", "12", "--deal-slots", "2")
        self.assertTrue(0 < plan["planned_anew"] < 12, plan["planned_anew"])
        self.assertTrue(plan["limits"]["rows"])
        self.assert_as_if_planned_whole(plan, "--actions", "12", "--deal-slots", "2")
        # Asked no more: the lines are what they were alone.
        free = self.planned("--anew")
        self.assertEqual(free["planned_anew"], 0)
        self.assert_as_if_planned_whole(free)

    def test_wishes_of_one_plan_are_not_another_s(self):
        asked = self.planned("--min-price", "70%")
        self.assertGreater(asked["planned_anew"], 0)
        self.assert_as_if_planned_whole(asked, "--min-price", "70%")
        self.assert_as_if_planned_whole(self.planned("--anew"))

    def test_what_was_kept_and_cannot_be_read_is_made_anew(self):
        before = self.planned()
        connection = sqlite3.connect(self.db)
        with connection:
            connection.execute("UPDATE made_line SET line = substr(line, 1, length(line) / 2) WHERE sku = ?", (before["lines"][0]["sku"],))
            connection.execute("UPDATE made_line SET line = x'00' WHERE sku = ?", (before["lines"][1]["sku"],))
            connection.execute("DELETE FROM made_line WHERE sku = ?", (before["lines"][2]["sku"],))
        connection.close()
        plan = self.planned()
        self.assertGreaterEqual(plan["planned_anew"], 3)
        self.assertEqual(plan["lines"], before["lines"])
        self.assertEqual(self.planned()["planned_anew"], 0)

    def test_the_server_says_what_it_planned(self):
        skus = self.of_lines(self.planned(), 4)
        server = self.serve()
        owner = server.owner()
        with open(self.costs(skus, "4.44"), "rb") as file:
            self.assertEqual(server.import_files(owner, 1, {"cost_sheet_2026-01-06.csv": file.read()})["state"], "done")
        status, body, _ = server.call("POST", "/accounts/1/plans", {}, owner)
        self.assertEqual(status, 202, body)
        job = server.job(owner, 1, body["job"])
        plan = server.get("/accounts/1/plans/latest", owner)
        self.assertTrue(4 <= plan["planned_anew"] <= 8, plan["planned_anew"])
        self.assertIn("planned %d of %d SKUs anew" % (plan["planned_anew"], len(plan["lines"])), " ".join(job["result"]["notes"]))


if __name__ == "__main__":
    main()
