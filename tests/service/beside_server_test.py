"""The command line, and other programs, beside a running server: nothing that was acknowledged is lost, nobody waits without end."""
import os
import sqlite3
import threading
import time

import shop
from product import main


class BesideServer(shop.ShopCase):
    def setUp(self):
        super().setUp()
        self.overview = "/accounts/%d/overview" % self.account

    def locks(self):
        """The server's locks on the database, by POSIX: SQLite's shared lock is one."""
        inode = os.stat(self.db).st_ino
        with open("/proc/locks") as file:
            return [line for line in file if line.split()[4] == str(self.server.process.pid) and line.split()[5].endswith(":%d" % inode)]

    def add_rate(self, rate, status=201):
        got, body, _ = self.server.call("POST", "/accounts/%d/rates" % self.account, {"from": "USD", "to": "CNY", "rate": rate, "day": "2026-11-01"}, self.owner)
        self.assertEqual(got, status, body)
        return body

    def commands(self):
        for command in (["health"], ["imports"], ["rate", "list"], ["plan"], ["why", "SH-01"], ["restock"], ["export", "workbook", self.folder]):
            ran = self.destock(*command, "--account", "shop")
            self.assertEqual(ran.code, 0, ran)
        self.assertEqual(self.destock("rate", "set", "EUR", "USD", "1.08", "--account", "shop").code, 0)
        self.imported(self.write("later.csv", shop.inventory("2026-11-29")), account="other")

    def test_nothing_is_lost_when_the_server_is_killed_after_commands_beside_it(self):
        self.server.get(self.overview, self.owner)
        self.assertTrue(self.locks(), "the server holds SQLite's lock")
        journal = os.stat(self.db + "-wal").st_ino
        kept = []
        for i in range(3):
            self.add_rate(7.01 + i / 100)
            kept.append(7.01 + i / 100)
            self.commands()
            self.assertTrue(self.locks(), "and still holds it after commands beside it")
            self.assertEqual(os.stat(self.db + "-wal").st_ino, journal)
            self.add_rate(7.51 + i / 100)
            kept.append(7.51 + i / 100)
            self.server.get(self.overview, self.owner)
        self.server.kill()
        self.assertEqual(self.sql("PRAGMA integrity_check"), [("ok",)])
        rates = [rate for rate, in self.sql("SELECT rate FROM exchange_rate WHERE from_currency = 'USD' ORDER BY id")]
        self.assertEqual(sorted(rates), sorted(kept))
        self.assertEqual(self.sql("SELECT count(*) FROM person"), [(1,)])
        self.assertEqual(self.destock("db", "check").code, 0)

    def test_an_import_beside_people_who_decide(self):
        self.server.make_plan(self.owner, self.account)
        lines = self.server.get("/accounts/%d/plans/latest" % self.account, self.owner)["lines"]
        statuses, stop = [], threading.Event()

        def decide():
            for key in shop.keys(lines):
                statuses.append(self.server.call("PATCH", "/accounts/%d/plans/latest/lines" % self.account, {"lines": [key], "change": {"pinned": "locked"}}, self.owner)[0])

        def read():
            while not stop.is_set():
                statuses.append(self.server.call("GET", self.overview, None, self.owner)[0])

        people = [threading.Thread(target=decide), threading.Thread(target=read)]
        for thread in people:
            thread.start()
        for date in ("2026-11-29", "2026-11-30"):
            self.imported(self.write("inventory_%s.csv" % date, shop.inventory(date)), account="shop")
        people[0].join()
        stop.set()
        people[1].join()
        self.assertEqual([s for s in statuses if s >= 400], [])
        self.assertEqual(self.sql("SELECT count(*) FROM decision WHERE pinned = 'locked'"), [(len(lines),)])
        self.assertEqual(self.sql("SELECT count(*) FROM import WHERE report = 'fba_inventory'"), [(3,)])

    def test_reading_goes_on_while_another_program_holds_the_database(self):
        self.server.get(self.overview, self.owner)
        other = sqlite3.connect(self.db, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        try:
            writers = [threading.Thread(target=lambda: said.append(self.server.call("POST", "/accounts/%d/rates" % self.account, {"from": "USD", "to": "CNY", "rate": 7.2}, self.owner)[:2]))
                       for _ in range(8)]
            said, began = [], time.monotonic()
            for thread in writers:
                thread.start()
            slowest = 0
            while any(thread.is_alive() for thread in writers):
                at = time.monotonic()
                self.server.get(self.overview, self.owner)
                self.server.get("/accounts/%d/jobs" % self.account, self.owner)
                self.server.get("/accounts/%d/imports" % self.account, self.owner)
                slowest = max(slowest, time.monotonic() - at)
            self.assertLess(slowest, 3, "reading waits for nobody")
            self.assertEqual([status for status, _ in said], [503] * 8, said)
            self.assertIn("another program is writing", said[0][1]["title"])
            self.assertLess(time.monotonic() - began, 30, "and who writes waits seconds")
        finally:
            other.execute("ROLLBACK")
            other.close()
        self.add_rate(7.3)

    def test_a_second_server_is_refused_and_the_first_goes_on(self):
        job = self.server.call("POST", "/accounts/%d/plans" % self.account, {}, self.owner)[1]["job"]
        ran = self.run_command("serve", "--db", self.db, "--port", "0")
        self.assertEqual(ran.code, 1, ran)
        self.assertIn("another destock serve works on this database", ran.err)
        self.assertEqual(self.server.job(self.owner, self.account, job)["state"], "done")

    def test_after_a_killed_server_another_may_serve(self):
        self.server.kill()
        again = self.serve()
        again.get(self.overview, again.sign_in("owner"))

    def test_a_removed_database_is_noticed(self):
        self.add_rate(7.1)
        os.rename(self.db, self.db + ".away")
        body = self.add_rate(7.2, 503)
        self.assertIn("removed or replaced", body["title"])
        self.assertFalse(os.path.exists(self.db), "no new one is made in its place")
        os.rename(self.db + ".away", self.db)
        self.add_rate(7.3)

    def test_a_replaced_database_is_noticed(self):
        self.add_rate(7.1)
        self.assertEqual(self.destock("db", "backup", self.db + ".copy").code, 0)
        os.rename(self.db + ".copy", self.db)
        self.assertIn("removed or replaced", self.add_rate(7.2, 503)["title"])

    def test_what_is_written_is_the_sellers_own(self):
        self.server.upload(self.owner, self.account, "costs.csv", shop.costs())
        for folder, _, names in os.walk(self.db + ".uploads"):
            for path in [folder] + [os.path.join(folder, name) for name in names]:
                self.assertEqual(os.stat(path).st_mode & 0o077, 0, path)
        for path in (self.db, self.db + "-wal", self.db + "-shm"):
            self.assertEqual(os.stat(path).st_mode & 0o077, 0, path)


if __name__ == "__main__":
    main()
