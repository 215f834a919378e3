"""A server that runs for days: each request and each job asks the clock, none goes by the day on which the server was started."""
from product import Case, main, needs_clock, planning_row, table_text


@needs_clock
class ServerClock(Case):
    now = "2026-12-01 09:00:00"

    def setUp(self):
        super().setUp()
        self.server = self.serve()
        self.owner = self.server.owner()
        status, body, _ = self.server.call("POST", "/accounts", {"name": "shop"}, self.owner)
        self.assertEqual(status, 201, body)
        self.account = body["id"]

    def import_of(self, date, units=100):
        job = self.server.import_files(self.owner, self.account, {"fba_%s.csv" % date: table_text(
            [planning_row("A-%d" % i, date, units, t30=30) for i in range(5)])})
        return job["result"]["files"][0]

    def test_a_report_of_a_week_later_is_taken_whole(self):
        self.assertEqual(self.import_of("2026-11-30")["rows_imported"], 5)
        self.clock("2026-12-08 09:00:00")
        file = self.import_of("2026-12-07")
        self.assertEqual((file["status"], file["rows_imported"], file["rows_refused"]), ("imported", 5, 0), file)
        self.assertEqual(self.server.get("/accounts/%d/overview" % self.account, self.owner)["as_of"], "2026-12-07")

    def test_a_rate_without_a_day_is_of_today(self):
        self.clock("2026-12-08 09:00:00")
        status, body, _ = self.server.call("POST", "/accounts/%d/rates" % self.account, {"from": "USD", "to": "CNY", "rate": 7.2}, self.owner)
        self.assertEqual((status, body["day"]), (201, "2026-12-08"), body)

    def test_an_old_snapshot_is_said_once_it_is_old(self):
        self.import_of("2026-11-30")
        path = "/accounts/%d/overview" % self.account
        before = self.server.get(path, self.owner)
        self.assertFalse([w for w in before["warnings"] if "days old" in w], before["warnings"])
        self.clock("2026-12-14 08:00:00")
        after = self.server.get(path, self.owner)
        self.assertTrue([w for w in after["warnings"] if "14 days old" in w], after["warnings"])

    def test_what_is_stored_has_the_time_at_which_it_was_done(self):
        self.clock("2026-12-08 09:30:00")
        self.import_of("2026-12-07")
        plan = self.server.make_plan(self.owner, self.account)
        self.assertTrue(plan["created_at"].startswith("2026-12-08T09:"), plan["created_at"])
        imports = self.server.get("/accounts/%d/imports" % self.account, self.owner)["imports"]
        self.assertTrue(imports[0]["imported_at"].startswith("2026-12-08T09:"), imports)

    def test_a_clock_that_is_set_back_ends_no_session(self):
        self.clock("2027-12-01 09:00:00")
        later = self.server.call("POST", "/session", {"name": "owner", "password": "correct horse battery"})
        self.assertEqual(later[0], 200, later[1])
        self.clock("2026-12-01 09:10:00")
        self.server.get("/accounts", self.owner)
        self.server.get("/accounts", self.server.sign_in("owner"))


if __name__ == "__main__":
    main()
