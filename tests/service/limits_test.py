"""What is scarce across SKUs, and what a change costs: asked for on the command line, kept with the plan, said with its price."""
import json
import subprocess

from product import PROGRAM, Case, fee_preview_row, main, needs_clock, order_rows, planning_row, table_text

SKUS = ["BULKY-%d" % number for number in range(8)]


@needs_clock
class Limits(Case):
    """Eight SKUs, each with two years of stock in 1.5 cubic feet a unit."""
    now = "2026-11-30 09:00:00"

    def setUp(self):
        super().setUp()
        stock = {sku: 300 + 60 * number for number, sku in enumerate(SKUS)}
        self.imported(
            self.write("fba_inventory_2026-11-30.csv", table_text([
                planning_row(sku, "2026-11-30", stock[sku], price="39.99", t7=4 + number, t30=16 + 4 * number,
                             ages=[100, 200 + 60 * number, 0, 0, 0], item_volume="1.5") for number, sku in enumerate(SKUS)])),
            self.write("fee_preview_2026-11-30.txt", table_text([fee_preview_row(sku, price="39.99", fulfilment="8.20", weight="4.0") for sku in SKUS], "\t")),
            self.write("orders.txt", table_text([row for number, sku in enumerate(SKUS)
                                                 for row in order_rows(sku, "2025-12-01", "2026-11-29", lambda at, n=number: (at.toordinal() + n) % 2 * (1 + n % 2), price="39.99")], "\t")),
            self.write("costs.csv", table_text([{"sku": sku, "marketplace": "US", "unit-cost": "9.00", "freight": "3.00", "currency": "USD"} for sku in SKUS])))

    def money(self, amount):
        return float(amount["amount"])

    def rows(self, plan, what):
        return [row for row in plan["limits"]["rows"] if row["what"] == what]

    def test_without_limits_there_is_no_word_of_them(self):
        plan = self.plan()
        self.assertIsNone(plan["limits"])
        self.assertEqual(plan["all_actions"], sum(len(line["actions"]) for line in plan["lines"]))
        self.assertEqual(plan["nothing_to_do"], sum(not line["actions"] for line in plan["lines"]))

    def test_storage_is_kept_and_has_a_price(self):
        free = self.plan()
        feet = sum(1.5 * week["units_start"] for line in free["lines"] for week in line["weeks"] if week["week"] == 8)
        plan = self.plan("--storage-limit", "%dcuft" % (feet * 0.8))
        limits = plan["limits"]
        self.assertTrue(limits["met"] or limits["rows"], limits)
        self.assertLess(self.money(limits["within"]), self.money(limits["without"]))
        # The same figures as the plans': to the cent.
        self.assertEqual(limits["within"], plan["expected_net_recovery"])
        self.assertEqual(limits["without"], free["expected_net_recovery"])
        self.assertEqual(limits["cost"]["amount"], "%.2f" % (self.money(limits["without"]) - self.money(limits["within"])))
        self.assertLessEqual(self.money(limits["within"]), self.money(limits["bound"]) + 0.01)
        self.assertGreaterEqual(self.money(limits["within"]), 0.97 * self.money(limits["bound"]))
        self.assertTrue(any(self.money(row["price"]) > 0 for row in self.rows(plan, "space")), limits)
        later = sum(1.5 * (week["units_start"] - week["units_out"]) for line in plan["lines"] for week in line["weeks"] if week["week"] == 8)
        self.assertLessEqual(later, feet * 0.8 * 1.02)
        self.assertIn("Within the account's limits", " ".join(line["why"] for line in plan["lines"]))

    def test_cash_by_a_day_comes_or_is_said_to_be_short(self):
        free = self.plan()
        by = "2027-01-31"
        cash = sum(self.money(week["cash"]) - self.money(week["storage"]) for week in free["cash_by_week"] if week["start"] <= "2027-01-25")
        plan = self.plan("--cash-by", "%s:%d" % (by, cash * 1.15))
        row = self.rows(plan, "cash")[0]
        self.assertGreaterEqual(self.money(row["used"]), 0.999 * self.money(row["limit"]))
        self.assertGreater(self.money(row["price"]), 0)
        self.assertGreater(self.money(plan["limits"]["cost"]), 0)
        never = self.plan("--cash-by", "%s:90000000" % by)
        self.assertFalse(never["limits"]["met"])
        self.assertGreater(self.money(self.rows(never, "cash")[0]["short_by"]), 1e6)
        said = self.destock("plan", "--cash-by", "%s:90000000" % by, "--dry-run")
        self.assertIn("nearest there is", " ".join((said.out + said.err).split()))
        # How far off it is stands in the table, before what merely binds.
        table = said.out[said.out.index("Short by"):].splitlines()
        self.assertRegex(table[2], r"^cash by then .*USD 90,000,000\.00 .*USD [\d,]+\.\d\d .*USD [\d,]{9,}\.\d\d")

    def test_changes_a_week(self):
        plan = self.plan("--actions", "3")
        begun = {}
        for line in plan["lines"]:
            for action in line["actions"]:
                begun[action["week"]] = begun.get(action["week"], 0) + 1
        self.assertLessEqual(begun.get(0, 0), 3 + 1, begun)  # a price that goes back is none of a person's
        self.assertTrue(self.rows(plan, "actions"))

    def test_they_stay_until_told_otherwise(self):
        self.plan("--actions", "3")
        self.assertIsNotNone(self.plan()["limits"], "the next plan keeps what the last one was asked")
        self.assertIsNone(self.plan("--anew")["limits"])

    def test_what_cannot_be_read_is_named(self):
        for option, value in (("--cash-by", "soon:5"), ("--cash-by", "2027-01-31"), ("--storage-limit", "12 feet"), ("--storage-limit", "cold:100cuft"),
                              ("--ad-budget", "much"), ("--loss-limit", "-4")):
            ran = self.destock("plan", option, value)
            self.assertEqual(ran.code, 2, (option, value, ran))
            self.assertRegex(ran.err, "cash|storage|fees_a_month|loss_a_month", (option, value))

    def test_a_change_that_costs_minutes_is_made_less_often(self):
        for key in ("row_cost", "clicks_cost", "message_cost"):
            self.assertEqual(self.destock("settings", "set", "plan.%s=0" % key).code, 0)
        free = self.plan()
        for key in ("row_cost", "clicks_cost", "message_cost"):
            self.assertEqual(self.destock("settings", "set", "plan.%s=25" % key).code, 0)
        dear = self.plan()
        self.assertLess(dear["all_actions"], free["all_actions"])
        self.assertLessEqual(self.money(dear["expected_net_recovery"]), self.money(free["expected_net_recovery"]) * 1.005)


class Decide(Case):
    LINE = {"sku": "A", "as_of": "2026-01-05", "price": 60, "ladder": [{"price": 60, "factor": 1}, {"price": 54, "factor": 1.3}, {"price": 36, "factor": 2.8}],
            "stock": {"on_hand": 400}, "demand": {"weekly_mean": 20, "dispersion": 0.09, "level_sd": 0.3},
            "costs": {"referral": 0, "fulfilment": 0, "volume_cuft": 1, "storage_per_cuft_month": {"jan_sep": 0.78, "oct_dec": 2.4}},
            "horizon_weeks": 13}

    def decide(self, **more):
        line = dict(self.LINE, **more)
        done = subprocess.run([PROGRAM, "decide"], input=json.dumps(line).encode(), capture_output=True, env=self.environment(), timeout=120)
        return json.loads(done.stdout)

    def test_named_prices_and_a_level_that_is_not_known(self):
        told = self.decide()
        self.assertIn(told["first"]["price"], (60, 54, 36))
        known = self.decide(demand={"weekly_mean": 20, "dispersion": 0.09})
        self.assertLess(told["net_recovery"], known["net_recovery"], "not knowing the level costs")
        self.assertLessEqual(told["net_recovery"], told["upper_bound"])

    def test_storage_is_charged_by_the_calendar_day(self):
        # 26 January to 1 February: six days of January and one of February.
        line = dict(as_of="2026-01-26", horizon_weeks=1, demand={"weekly_mean": 0}, policy="hold", stock={"on_hand": 100})
        line["costs"] = {"referral": 0, "fulfilment": 0, "volume_cuft": 1, "storage_per_cuft_month": {"jan_sep": 3.1, "oct_dec": 9}}
        self.assertAlmostEqual(self.decide(**line)["net_recovery"], -100 * (6 * 3.1 / 31 + 3.1 / 28), places=2)

    def test_the_surcharge_falls_on_its_day(self):
        costs = {"referral": 0, "fulfilment": 0, "volume_cuft": 1, "storage_per_cuft_month": {"jan_sep": 0, "oct_dec": 0}, "aged_per_cuft_month": [{"from_day": 181, "rate": 2}]}
        hold = dict(horizon_weeks=1, demand={"weekly_mean": 0}, policy="hold", stock={"on_hand": 10, "cohorts": [{"age_days": 175, "units": 10}]})
        self.assertAlmostEqual(self.decide(as_of="2026-01-12", costs=costs, **hold)["net_recovery"], 0, places=2, msg="178 days on the 15th")
        hold["stock"]["cohorts"][0]["age_days"] = 178
        self.assertAlmostEqual(self.decide(as_of="2026-01-12", costs=costs, **hold)["net_recovery"], -20, places=2, msg="181 days on the 15th")
        self.assertAlmostEqual(self.decide(as_of="2026-01-19", costs=costs, **hold)["net_recovery"], 0, places=2, msg="no 15th in the week")

    def test_a_change_costs_and_money_is_worth_by_its_week(self):
        free, dear = self.decide(), self.decide(change_cost=200)
        self.assertLess(dear["changes"], max(1, free["changes"]) + 1)
        self.assertLessEqual(dear["net_recovery"], free["net_recovery"] * 1.002)
        early = self.decide(worth_of_cash=[1, 1, 1] + [0.2] * 10)
        self.assertLessEqual(early["first"]["price"], free["first"]["price"])

    def test_what_says_the_same_twice_is_refused(self):
        for field, value in (("price_step", 0.1), ("floor_price", 5)):
            self.assertEqual(self.decide(**{field: value})["error"]["field"], field)
        self.assertEqual(self.decide(demand={"weekly_mean": 20, "elasticity": {"mean": -2}})["error"]["field"], "demand.elasticity")
        self.assertEqual(self.decide(ladder=[{"price": 54, "factor": 1}])["error"]["field"], "ladder")
        self.assertEqual(self.decide(cost_of_capital=0.1, worth_of_cash=[1])["error"]["field"], "cost_of_capital")


if __name__ == "__main__":
    main()
