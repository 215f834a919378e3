"""Files as strangers make them: what they hold cannot steer a terminal or run in a spreadsheet; what is no file is refused; what cannot
be read does not keep the rest out."""
import os
import subprocess

from product import PROGRAM, Case, Ran, fee_preview_row, main, planning_row, table_text

STEERS = ("\x1b", "\x9b", "\r", "\x7f", "\u202e", "\u2066")


class Files(Case):
    def planning(self, *skus, **more):
        return self.write("fba_inventory_US_2026-01-05.csv", table_text([planning_row(sku, "2026-01-05", 400, t30=3, ages=[0, 0, 200, 200, 0], **more) for sku in skus]))

    def assert_plain(self, ran):
        for steers in STEERS:
            self.assertNotIn(steers, ran.out + ran.err)

    def test_nothing_steers_the_terminal(self):
        sku = "EVIL-\u202e-1"
        path = self.planning(sku, "GOOD-1", price="29.99", product_name="\x1b]0;owned\x07 title \u2066x")
        os.rename(path, os.path.join(self.folder, "fba\x1b[31m_US_2026-01-05.csv"))
        path = os.path.join(self.folder, "fba\x1b[31m_US_2026-01-05.csv")
        ran = self.destock("import", path)
        self.assertIn(ran.code, (0, 3), ran)
        self.assert_plain(ran)
        bad = self.write("bad.csv", "sku,unit-cost,currency\n" + sku + ",\x1b[31mmany,CNY\nGOOD-1,5,CNY\n")
        ran = self.destock("import", bad)
        self.assert_plain(ran)
        self.assertIn("\\u001B[31mmany", ran.err)
        for command in (("health",), ("forecast",), ("forecast", "--sku", sku), ("plan",), ("restock",), ("ladder",), ("imports",), ("why", "--sku", sku)):
            with self.subTest(command):
                self.assert_plain(self.destock(*command))
        ran = self.destock("health", "--format", "json")
        self.assert_plain(ran)
        self.assertIn(sku, [s["sku"] for s in ran.json()["skus"]])

    def test_a_cost_sheet_comes_back_as_it_was(self):
        """Defused where a spreadsheet would run it, and the same when it is read again."""
        skus = ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠1", "'=quoted", "'plain", "a,b\"c", "PLAIN"]
        self.imported(self.planning(*skus))
        server = self.serve()
        owner = server.owner()
        text = server.get("/accounts/1/cost-sheet", owner).decode("utf-8-sig")
        import csv
        rows = list(csv.reader(text.splitlines()))
        for row in rows[1:]:
            for cell in row:
                self.assertNotIn(cell[:1], ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"), cell)
        costs = {name: rows[0].index(name) for name in ("unit-cost",)}
        for i, row in enumerate(rows[1:]):
            row[costs["unit-cost"]] = "%d.5" % (i + 1)
        filled = self.write("costs.csv", "\r\n".join(",".join('"%s"' % c.replace('"', '""') for c in row) for row in rows))
        file = self.imported(filled)["files"][0]
        self.assertEqual((file["rows_imported"], file["rows_refused"]), (len(skus), 0), file)
        health = self.destock("health", "--format", "json").json()
        self.assertEqual(sorted(s["sku"] for s in health["skus"] if s["value_basis"] != "price"), sorted(skus))

    def test_every_csv_is_defused(self):
        self.imported(self.planning("=1+1", "＝2", "OK-1"))
        for command in ("health", "restock", "forecast", "ladder"):
            out = self.destock(command, "--format", "csv").out
            self.assertNotRegex(out, r'(?m)(^|,)"?[=＝]', command)

    def test_what_is_no_file_is_refused_at_once(self):
        pipe = os.path.join(self.folder, "pipe.csv")
        os.mkfifo(pipe)
        ran = self.destock("import", pipe, timeout=20)
        self.assertEqual(ran.code, 1, ran)
        self.assertIn("no file", ran.err)
        self.assertEqual(self.destock("import", "/dev/zero", timeout=20).code, 1)

    def test_a_folder_that_cannot_be_read_keeps_nothing_else_out(self):
        os.makedirs(os.path.join(self.folder, "in", "closed"))
        self.write("in/fba_inventory_US_2026-01-05.csv", table_text([planning_row("A", "2026-01-05", 5)]))
        self.write("in/closed/fee_preview.csv", table_text([fee_preview_row("A")]))
        os.chmod(os.path.join(self.folder, "in", "closed"), 0)
        for path, _, names in os.walk(self.folder):
            os.chown(path, 65534, 65534)
        os.chmod(self.folder, 0o755)

        def nobody():
            os.setgid(65534)
            os.setuid(65534)

        try:
            done = subprocess.run([PROGRAM, "import", "in", "--db", self.db, "--format", "json"], capture_output=True, env=self.environment(), cwd=self.folder, preexec_fn=nobody)
        finally:
            os.chmod(os.path.join(self.folder, "in", "closed"), 0o700)
        files = {os.path.basename(f["path"]): f for f in Ran(done).json()["files"]}
        self.assertEqual(files["fba_inventory_US_2026-01-05.csv"]["status"], "imported")
        self.assertEqual(files["closed"]["status"], "failed")
        self.assertIn("cannot be read", files["closed"]["error"]["what"])

    def test_a_sku_that_cannot_be_read_is_refused_in_every_row(self):
        lines = table_text([planning_row("GOOD-1", "2026-01-05", 5)] + [planning_row("ODD-%d" % (i % 2), "2026-01-05", 5) for i in range(4)]).encode()
        path = self.write("fba_inventory_US_2026-01-05.csv", lines.replace(b"ODD-0", b"ODD\x81\xff").replace(b"ODD-1", b"ODD\x8d\xff"))
        file = self.imported(path, codes=(0, 1, 3))["files"][0]
        self.assertEqual((file["rows_imported"], file["rows_refused"]), (1, 4), file)

    def test_lowest_prices_are_read_whole(self):
        self.imported(self.planning("A", "B"), self.write("fees.csv", table_text([fee_preview_row("A"), fee_preview_row("B")])))
        server = self.serve()
        owner = server.owner()
        for text, taken in (("12.50", True), ("12,50", True), ("12.5x", False), ("x12", False), ("12 13", False), ("", False), ("0", False), ("-5", False), ("1e3", False), ("nan", False),
                            ("99999999999", False)):
            with self.subTest(text):
                status, body, _ = server.call("POST", "/accounts/1/skus/US/A/what-if", {"floor_price": text}, owner)
                self.assertEqual(status == 200, taken, body)
        status, body, _ = server.call("POST", "/accounts/1/skus/US/A/what-if", {"floor_price": "28,50"}, owner)
        self.assertEqual(status, 200, body)
        prices = [float(a["price"]["amount"]) for a in body["actions"] if a["price"] and a["expected_units"]]
        self.assertTrue(all(price >= 28.5 for price in prices), prices)

    def test_the_api_names_no_folder_of_this_machine(self):
        self.imported(self.planning("A"))
        server = self.serve()
        owner = server.owner()
        server.import_files(owner, 1, {"costs.csv": "sku,unit-cost,currency\nA,3,CNY\n"})
        for path in ("/imports", "/jobs", "/tables/imports", "/tables/refused", "/overview"):
            self.assertNotIn(self.folder, str(server.get("/accounts/1" + path, owner)), path)


if __name__ == "__main__":
    main()
