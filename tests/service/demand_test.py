"""What a person knows of a SKU's demand: units expected, spikes left out or locked; on the command line and over HTTP, in the log, undone, and
in the plan."""
import datetime

import product
import shop
from product import Case, fee_preview_row, main, needs_clock, order_rows, planning_row, table_text

FIRST, LAST, SNAPSHOT = "2025-06-02", "2026-11-28", "2026-11-29"
SPIKE = ("2026-08-03", "2026-08-16")


def sold(spiked):
    """Three a day; on the days of the spike thirty."""
    from_, to = map(product.day, SPIKE)
    return lambda at: 30 if spiked and from_ <= at <= to else 3


@needs_clock
class Demand(Case):
    now = "2026-11-29 12:00:00"

    def setUp(self):
        super().setUp()
        skus = {"SPIKED": True, "STEADY": False}
        files = {
            "inventory.csv": table_text([planning_row(sku, SNAPSHOT, 1500, t7=21, t30=90, ages=[300, 600, 600, 0, 0]) for sku in skus]),
            "fees.txt": table_text([fee_preview_row(sku) for sku in skus], "\t"),
            "orders.txt": table_text([row for sku, spiked in skus.items() for row in order_rows(sku, FIRST, LAST, sold(spiked))], "\t"),
            "costs.csv": shop.costs(skus)}
        self.imported(*[self.write("reports/" + name, text) for name, text in files.items()])

    def weeks(self, sku):
        return self.destock("forecast", "--sku", sku, "--format", "json").json()["skus"][0]["weeks"]

    def mean(self, sku, start, weeks=1):
        found = [w["mean"] for w in self.weeks(sku) if w["start"] >= start][:weeks]
        return sum(found) / len(found)

    def decide(self, way, sku, *options):
        ran = self.destock("forecast", way, sku, "--by", "wang", *options)
        self.assertEqual(ran.code, 0, ran)

    def net(self, sku):
        return float(next(line for line in self.plan()["lines"] if line["sku"] == sku)["net_recovery"]["amount"])

    def test_units_that_are_expected_are_forecast_planned_and_taken_back(self):
        before, plain = self.weeks("STEADY"), self.net("STEADY")
        self.decide("set", "STEADY", "--from", "2026-12-06", "--to", "2027-05-29", "--units", "90", "--why", "a new shop takes it")
        after = self.weeks("STEADY")
        self.assertEqual(after[0], before[0], "the week before is as it was")
        for week in after[1:26]:
            self.assertAlmostEqual(week["mean"], 90, delta=0.1)
            self.assertTrue(week["p10"] <= week["p50"] <= week["p90"], week)
        self.assertGreater(self.net("STEADY"), plain * 1.1, "the plan goes by it")
        log = self.destock("decisions", "--format", "json").json()["decisions"]
        self.assertEqual((log[0]["kind"], log[0]["sku"], log[0]["person"], log[0]["why"]), ("forecast_set", "STEADY", "wang", "a new shop takes it"))
        self.assertIn("90 units a week", log[0]["name"])
        self.assertEqual(self.destock("undo", "--by", "wang").code, 0)
        self.assertEqual(self.weeks("STEADY"), before)

    def test_a_factor_is_of_what_was_forecast(self):
        before = self.mean("STEADY", "2026-12-06")
        self.decide("set", "STEADY", "--from", "2026-12-06", "--to", "2026-12-12", "--times", "1.5")
        self.assertAlmostEqual(self.mean("STEADY", "2026-12-06"), before * 1.5, delta=0.1)
        # Half a week: half of it.
        self.decide("set", "STEADY", "--from", "2026-12-13", "--to", "2026-12-13", "--times", "0")
        self.assertLess(self.mean("STEADY", "2026-12-13"), self.mean("STEADY", "2026-12-20"))

    def test_a_spike_that_is_left_out_teaches_nothing(self):
        with_it = self.mean("SPIKED", "2026-12-01", 26)
        self.decide("leave-out", "SPIKED", "--from", SPIKE[0], "--to", SPIKE[1], "--why", "one influencer")
        without = self.mean("SPIKED", "2026-12-01", 26)
        steady = self.mean("STEADY", "2026-12-01", 26)
        self.assertLess(abs(without / steady - 1), abs(with_it / steady - 1) + 1e-9)
        self.assertLess(abs(without / steady - 1), 0.1)
        history = self.destock("forecast", "--sku", "SPIKED", "--format", "json").json()["skus"][0]["history"]
        self.assertEqual(max(week["sold"] for week in history), 210, "what was sold is shown as it was")

    def test_a_locked_spike_comes_again_a_year_later(self):
        self.decide("leave-out", "SPIKED", "--from", SPIKE[0], "--to", SPIKE[1])
        left_out = {w["start"]: w["mean"] for w in self.weeks("SPIKED")}
        self.assertEqual(self.destock("undo", "--by", "wang").code, 0)
        self.decide("lock", "SPIKED", "--from", SPIKE[0], "--to", SPIKE[1])
        more = {w["start"]: w["mean"] - left_out[w["start"]] for w in self.weeks("SPIKED")}
        grown = sorted(start for start, units in more.items() if units > 1)
        self.assertEqual(len(grown), 3, grown)  # fourteen days that begin in the middle of a week
        again = product.day(SPIKE[0]) + datetime.timedelta(days=364)
        self.assertLessEqual(abs((product.day(grown[0]) - again).days), 6)
        self.assertAlmostEqual(sum(more.values()), 14 * 27, delta=14 * 27 * 0.1)

    def test_usage_is_told(self):
        for options, says in ((("set", "STEADY", "--from", "2026-12-06"), "units a week or a factor"),
                              (("set", "STEADY", "--from", "2026-12-06", "--units", "3", "--times", "2"), "units a week or a factor"),
                              (("set", "STEADY", "--from", "2026-01-06", "--units", "3"), "past"),
                              (("set", "STEADY", "--from", "06/12/2026", "--units", "3"), "--from"),
                              (("set", "STEADY", "--from", "2026-12-06", "--units", "-3"), "0 or more"),
                              (("set", "STEADY", "--from", "2026-12-06", "--to", "2026-12-01", "--units", "3"), "before the first"),
                              (("leave-out", "STEADY", "--from", "2026-12-06"), "of the past"),
                              (("leave-out", "NONE", "--from", "2026-08-06"), "no such SKU")):
            ran = self.destock("forecast", *options)
            self.assertNotEqual(ran.code, 0, options)
            self.assertIn(says, ran.err, options)
        self.assertEqual(self.destock("decisions", "--format", "json").json()["decisions"], [])

    def test_the_dashboard_does_the_same_and_asks_for_a_new_plan(self):
        self.plan()
        server = self.serve()
        owner = server.owner()
        account = server.get("/accounts", owner)["accounts"][0]["id"]
        at = "/accounts/%d/skus/US/STEADY" % account
        self.assertTrue(server.get("/accounts/%d/overview" % account, owner)["plan"]["current"])
        status, body, _ = server.call("POST", at + "/demand", {"kind": "forecast_set", "from": "2026-12-06", "to": "2026-12-12", "units_a_week": 77, "why": "order book"}, owner)
        self.assertEqual(status, 201, body)
        told = server.get(at, owner)
        self.assertEqual([e["units_a_week"] for e in told["forecast"]["edits"]], [77])
        self.assertAlmostEqual(next(w["mean"] for w in told["forecast"]["weeks"] if w["start"] == "2026-12-06"), 77, delta=0.1)
        self.assertFalse(server.get("/accounts/%d/overview" % account, owner)["plan"]["current"], "it was made without it")
        self.assertEqual(server.call("DELETE", "/accounts/%d/decisions/%d" % (account, told["forecast"]["edits"][0]["id"]), None, owner)[0], 200)
        self.assertEqual(server.get(at, owner)["forecast"]["edits"], [])
        status, body, _ = server.call("POST", at + "/demand", {"kind": "forecast_set", "from": "2026-12-06", "to": "2026-12-12"}, owner)
        self.assertEqual(status, 400, body)

    def test_a_step_is_opened_and_what_was_not_chosen_is_told(self):
        # The seller says that Amazon offers them: they are considered, and their fees are in the way.
        self.assertEqual(self.destock("settings", "set", "best_deal=offered", "lightning=offered", "outlet=offered").code, 0)
        plan = self.plan()
        server = self.serve()
        owner = server.owner()
        account = server.get("/accounts", owner)["accounts"][0]["id"]
        line = plan["lines"][0]
        at = "/accounts/%d/skus/US/%s" % (account, line["sku"])
        told = server.get(at, owner)
        opened = [(a, a["factors"]) for a in told["plan"]["actions"] if a["factors"]]
        self.assertTrue(opened)
        for action, of in opened:
            self.assertAlmostEqual(action["expected_units"], of["base"] * of["price"] * of["placement"] * of["rest"], delta=max(1, action["expected_units"] * 0.06))
            self.assertEqual(of["guess"], bool(of["placement_says"]), "every placement shipped is the house's own")
        self.assertTrue(told["link"].startswith("https://www.amazon.com/dp/B0"))
        channels = server.get(at + "/not-chosen", owner)["channels"]
        used = {a["channel"] for a in told["plan"]["actions"]}
        named = [c for c in channels if c["channel"]]
        self.assertTrue(named)
        self.assertFalse(used & {c["channel"] for c in named})
        ran = self.destock("why", line["sku"], "--not-chosen")
        self.assertIn(named[0]["why"], ran.out)


if __name__ == "__main__":
    main()
