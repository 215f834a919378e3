"""Keeping a database: a copy beside a running server, looking whether it is whole, taking a copy back, bringing an older one up to date,
and several programs that come at once."""
import glob
import os
import re
import sqlite3
import subprocess
import threading

import shop
from field_test import ledger
from product import PROGRAM, ROOT, Case, main


class Keeping(Case):
    def scripts(self, upto):
        return [path for path in sorted(glob.glob(os.path.join(ROOT, "src/store/migrations/*.sql"))) if int(os.path.basename(path)[:4]) <= upto]

    def old_database(self, upto, fill=""):
        """As an older version of the program made it."""
        db = sqlite3.connect(self.db)
        for path in self.scripts(upto):
            with open(path) as script:
                db.executescript(script.read())
        db.executescript(fill + "PRAGMA application_id = %d; PRAGMA user_version = %d; PRAGMA journal_mode = WAL;" % (0x44535431, upto))
        db.close()

    def at_once(self, count, *arguments):
        programs = [subprocess.Popen([PROGRAM, *arguments, "--db", self.db], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment(), cwd=self.folder) for _ in range(count)]
        said = [b"".join(program.communicate(timeout=120)).decode("utf-8", "replace") for program in programs]
        return [program.returncode for program in programs], said

    def test_a_copy_beside_a_busy_server_is_whole_and_no_older_than_its_beginning(self):
        shop.open_shop(self)
        server = self.serve()
        owner = server.owner()
        acknowledged, stop = [], threading.Event()

        def write():
            while not stop.is_set():
                rate = 7 + len(acknowledged) / 10_000
                if server.call("POST", "/accounts/1/rates", {"from": "USD", "to": "CNY", "rate": rate, "day": "2026-11-01"}, owner)[0] == 201:
                    acknowledged.append(rate)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for i in range(3):
                before, copy = len(acknowledged), os.path.join(self.folder, "copy%d.db" % i)
                ran = self.destock("db", "backup", copy)
                self.assertEqual(ran.code, 0, ran)
                db = sqlite3.connect(copy)
                self.assertEqual(db.execute("PRAGMA integrity_check").fetchone(), ("ok",))
                self.assertGreaterEqual(db.execute("SELECT count(*) FROM exchange_rate").fetchone()[0], before)
                db.close()
                self.assertEqual(os.stat(copy).st_mode & 0o077, 0)
        finally:
            stop.set()
            writer.join()
        server.kill()
        self.assertEqual(self.sql("SELECT count(*) FROM exchange_rate"), [(len(acknowledged),)])

    def test_stock_of_schema_7_is_as_it_was(self):
        self.old_database(7, "INSERT INTO account (id, name) VALUES (1, 'default');"
                             "INSERT INTO listing (id, account_id, marketplace, sku, asin, fnsku, title) VALUES (1, 1, 'DE', 'TOY-7', 'B0TOY7', 'X00TOY0007', 'Toy'), (2, 1, 'FR', 'TOY-7', 'B0TOY7', 'X00TOY0007', 'Toy');"
                             "INSERT INTO import (id, account_id, report, path, content_hash, imported_at, encoding, rows_read, rows_imported, rows_refused, header, status, options) VALUES"
                             " (1, 1, 'manage_fba_inventory', 'm.txt', 'aa', '2025-12-30T12:00:00Z', 'UTF-8', 2, 2, 0, 'sku', 'in_force', '');"
                             "INSERT INTO coverage (import_id, marketplace, first_day, last_day, row_count, skus, units) VALUES (1, 'DE', 20452, 20452, 1, 1, 60), (1, 'FR', 20452, 20452, 1, 1, 25);"
                             "INSERT INTO manage_fba (import_id, listing_id, snapshot, condition_name, fulfillable) VALUES (1, 1, 20452, 'New', 60), (1, 2, 20452, 'New', 25);")
        ran = self.destock("health", "--format", "json")
        self.assertIn(ran.code, (0, 3), ran)
        self.assertEqual({one["marketplace"]: one["stock_total"] for one in ran.json()["skus"]}, {"DE": 60, "FR": 25})
        self.assertEqual(self.sql("PRAGMA user_version")[0][0], max(int(os.path.basename(path)[:4]) for path in self.scripts(9999)))

    def test_days_of_schema_18_are_as_they_were(self):
        """The days of sales and of the ledger stood a row each; the same shop imported now must say the same."""
        shop.open_shop(self)
        days = [("2026-11-%02d" % (d + 1), "SH-01", "Toy", 900 - 3 * d, 3, 897 - 3 * d, "US") for d in range(27)]
        self.imported(self.write("ledger.txt", ledger(days)), account="shop")
        asked = ("health", "--format", "json", "--account", "shop")
        now = self.destock(*asked)
        db = sqlite3.connect(self.db)
        tables = [name for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_of_listing' AND name NOT LIKE 'sqlite%'")]
        kept = {table: db.execute("SELECT * FROM " + table).fetchall() for table in [*tables, "sales_day", "ledger_day"] if table != "made_line"}  # younger
        db.close()
        self.assertGreater(len(kept["sales_day"]), 10)
        self.assertEqual(len(kept["ledger_day"]), len(days))
        for name in glob.glob(self.db + "*"):
            os.remove(name)
        self.old_database(18)
        db = sqlite3.connect(self.db)
        for table, rows in kept.items():
            db.execute("DELETE FROM " + table)  # what the scripts put in
            if rows:
                db.executemany("INSERT INTO %s VALUES (%s)" % (table, ", ".join("?" * len(rows[0]))), rows)
        db.commit()
        db.close()
        then = self.destock(*asked)
        self.assertEqual(then.code, now.code, then)
        self.assertEqual(then.json()["skus"], now.json()["skus"])
        for table in ("sales_day", "ledger_day"):
            self.assertEqual(sorted(self.sql("SELECT * FROM " + table)), sorted(kept[table]))
        self.assertEqual(self.sql("SELECT count(*) FROM sales_of_listing"), self.sql("SELECT count(*) FROM (SELECT DISTINCT import_id, listing_id FROM sales_day)"))

    def test_a_copy_goes_over_nothing_unless_it_is_told_to(self):
        shop.open_shop(self)
        copy = self.write("copy.db", "something else")
        ran = self.destock("db", "backup", copy)
        self.assertEqual(ran.code, 1)
        self.assertIn("--force", ran.err)
        with open(copy) as file:
            self.assertEqual(file.read(), "something else")
        self.assertEqual(self.destock("db", "backup", copy, "--force").code, 0)
        self.assertEqual(self.run_command("db", "check", "--db", copy).code, 0)
        self.assertEqual(self.destock("db", "backup", self.db, "--force").code, 2, "not over itself")
        self.assertEqual(self.run_command("db", "backup", os.path.join(self.folder, "x.db"), "--db", os.path.join(self.folder, "none.db")).code, 1)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "none.db")))

    def test_check_says_what_is_damaged(self):
        shop.open_shop(self)
        ran = self.destock("db", "check")
        self.assertEqual(ran.code, 0, ran)
        self.assertIn("the database is whole", ran.out)
        db = sqlite3.connect(self.db)
        db.execute("INSERT INTO person_account VALUES (77, 99)")
        db.commit()
        db.close()
        ran = self.destock("db", "check")
        self.assertEqual(ran.code, 1, ran)
        self.assertIn("person_account", ran.out)
        size = os.path.getsize(self.db)
        with open(self.db, "r+b") as file:
            file.seek(size // 2)
            file.write(b"\xff" * 8192)
        self.assertEqual(self.destock("db", "check").code, 1)

    def test_a_copy_is_taken_back_and_what_was_there_is_kept(self):
        shop.open_shop(self)
        copy = os.path.join(self.folder, "copy.db")
        self.assertEqual(self.destock("db", "backup", copy).code, 0)
        self.imported(self.write("later.csv", shop.inventory("2026-11-30")), account="shop")
        server = self.serve()
        ran = self.destock("db", "restore", copy)
        self.assertEqual(ran.code, 1, "not under a running server: %s" % ran)
        server.end()
        other = sqlite3.connect(self.db)
        other.execute("SELECT count(*) FROM import").fetchone()
        ran = self.destock("db", "restore", copy)
        self.assertEqual(ran.code, 1, "nor under another program: %s" % ran)
        self.assertIn("another program has the database open", ran.err)
        other.close()
        ran = self.destock("db", "restore", self.write("letter.db", "no database at all, but a letter"))
        self.assertEqual(ran.code, 1, ran)
        ran = self.destock("db", "restore", copy)
        self.assertEqual(ran.code, 0, ran)
        self.assertEqual(self.sql("SELECT count(*) FROM import WHERE report = 'fba_inventory'"), [(1,)])
        self.assertEqual(self.sql("PRAGMA integrity_check"), [("ok",)])
        kept = sqlite3.connect(self.db + ".before-restore")
        self.assertEqual(kept.execute("SELECT count(*) FROM import WHERE report = 'fba_inventory'").fetchone(), (2,))
        kept.close()
        self.assertEqual(self.destock("health", "--account", "shop").code, 0)

    def test_an_older_database_is_copied_then_brought_up_to_date_with_what_was_decided(self):
        self.old_database(3, """
            INSERT INTO account (id, name) VALUES (1, 'shop');
            INSERT INTO import VALUES (1, 1, 'fba_inventory', 'a.csv', 'hash', '2026-01-05T00:00:00Z', 'UTF-8', 1, 1, 0, 'sku', 'in_force');
            INSERT INTO coverage VALUES (1, 'US', 20458, 20458, NULL, NULL, 1, 1, 0);
            INSERT INTO listing VALUES (1, 1, 'US', 'A', 'B0', 'X0', 'A');
            INSERT INTO planning (import_id, listing_id, snapshot, condition_name, available, alert, recommended_action, health_status, storage_type, product_group) VALUES (1, 1, 20458, 'New', 0, '', '', '', '', '');
            INSERT INTO plan (id, account_id, policy, as_of, first_day, horizon_weeks, created_at) VALUES (1, 1, 'optimal', 20458, 20458, 26, '2026-01-05T00:00:00Z'), (2, 1, 'hold', 20458, 20458, 26, '2026-01-05T00:00:01Z');
            INSERT INTO plan_line (plan_id, line, marketplace, sku, title, owner, tag, band, units, currency, net_recovery, why_en, why_zh, assumptions_en, assumptions_zh) VALUES (1, 0, 'US', 'A', '', '', '', 'excess', 10, 'USD', 1, '', '', '', '');
            INSERT INTO plan_action (plan_id, line, position, week, first_day, last_day, channel, price, expected_cash, units_out, reason_en, reason_zh, checks_en, checks_zh) VALUES
              (1, 0, 0, 0, 20458, 20471, 'outlet', 123400, 1, 0, '', '', '', ''), (1, 0, 1, 2, 20472, 20478, 'liquidation', NULL, 1, 12.5, '', '', '', ''), (1, 0, 2, 2, 20472, 20478, 'mcf', NULL, NULL, 0, '', '', '', '');
            INSERT INTO plan_choice VALUES (1, 'US', 'A', 1, 'locked', '', 'ann', '2026-01-05T00:00:02Z'), (1, 'US', 'B', 0, 'excluded', '{"floor_share":0.9}', 'bob', '2026-01-05T00:00:03Z');""")
        ran = self.destock("imports", "--account", "shop")
        self.assertEqual(ran.code, 0, ran)
        copy = re.search(r"as it was before: (\S+)", ran.err)
        self.assertTrue(copy, ran)
        old = sqlite3.connect(copy.group(1))
        self.assertEqual(old.execute("PRAGMA user_version").fetchone(), (3,))
        self.assertEqual(old.execute("SELECT count(*) FROM plan_choice").fetchone(), (2,))
        old.close()
        self.assertEqual(self.sql("SELECT sku, approved, approved_line, pinned, locked_line, wishes, person FROM decision ORDER BY sku"),
                         [("A", 1, "outlet 20458 20471 123400 0\nliquidation 20472 20478  1250", "locked", "outlet 20458 20471 123400 0\nliquidation 20472 20478  1250", "", "ann"),
                          ("B", 0, "", "excluded", "", '{"floor_share":0.9}', "bob")])
        self.assertEqual(self.sql("SELECT purpose FROM plan ORDER BY id"), [("account",), ("trial",)])
        self.assertEqual(self.sql("SELECT listing_id, day FROM stockout_day"), [(1, 20458)])
        self.assertEqual(self.sql("PRAGMA foreign_key_check"), [])
        self.assertEqual(self.destock("db", "check").code, 0)
        self.assertNotIn("as it was before", self.destock("imports", "--account", "shop").err, "once")

    def test_programs_that_bring_an_older_one_up_to_date_at_once(self):
        for upto in (1, 2, 3):
            self.old_database(upto, "INSERT INTO account (id, name) VALUES (1, 'shop');")
            codes, said = self.at_once(6, "imports", "--account", "shop")
            self.assertEqual(codes, [0] * 6, said)
            self.assertEqual(self.sql("PRAGMA integrity_check"), [("ok",)])
            for path in glob.glob(self.db + "*"):
                os.remove(path)

    def test_programs_that_make_one_and_import_the_same_at_once(self):
        folder = os.path.dirname(self.write("reports/inventory.csv", shop.inventory("2026-11-28")))
        self.write("reports/costs.csv", shop.costs())
        for _ in range(3):
            codes, said = self.at_once(4, "import", folder)
            self.assertEqual(codes, [0] * 4, said)
            self.assertFalse([text for text in said if re.search("UNIQUE|constraint|locked|already exists", text)], said)
            self.assertEqual(self.sql("SELECT count(*) FROM import"), [(2,)])
            self.assertEqual(self.sql("SELECT count(*) FROM account"), [(1,)])
            for path in glob.glob(self.db + "*"):
                os.remove(path)

    def test_a_file_that_is_no_database_is_left_as_it_is(self):
        for text in ("short", "a letter that is somewhat longer, and no database at all " * 40):
            path = self.write("letter.db", text)
            for command in (["health"], ["import", self.write("costs.csv", shop.costs())], ["db", "check"]):
                ran = self.run_command(*command, "--db", path)
                self.assertEqual(ran.code, 1, ran)
                self.assertIn("not a database", ran.err)
            with open(path) as file:
                self.assertEqual(file.read(), text)


if __name__ == "__main__":
    main()
