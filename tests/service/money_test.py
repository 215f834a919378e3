"""Money is never quietly wrong: reports without a date, fees that are not known, rates, what a plan promises."""
import os

import five_skus
from product import Case, fee_preview_row, main, needs_clock, order_rows, planning_row


def amount(money):
    return None if money is None else float(money["amount"])


def line_of(plan, sku):
    return next((line for line in plan["lines"] if line["sku"] == sku), None)


@needs_clock
class ReportsWithoutADate(Case):
    now = "2026-11-29 09:00:00"

    def test_they_are_of_the_snapshot_that_comes_with_them(self):
        files = self.imported(five_skus.write(self), codes=(0, 3))["files"]
        for file in files:
            if file["report"] in ("fee_preview", "manage_fba_inventory"):
                self.assertIn("2026-11-28", " ".join(file["notes"]), file)
                self.assertEqual(file["coverage"][0]["last_day"], "2026-11-28")
        health = self.destock("health", "--format", "json").json()
        self.assertEqual(health["as_of"], "2026-11-28")
        self.assertIn("fee_preview", [report["report"] for report in health["reports"]])
        plan = self.plan("--as-of", "2026-11-28")
        self.assertEqual(plan["not_in_totals"], [])

    def test_one_at_a_time_a_few_days_later_it_is_still_in_force(self):
        folder = five_skus.write(self)
        for name in ("fba_inventory.csv", "all_orders.txt", "成本表.csv", "fee_preview.txt"):
            self.imported(folder + "/" + name, codes=(0, 3))
        plan = self.plan("--as-of", "2026-11-28")
        self.assertEqual(plan["as_of"], "2026-11-28")
        self.assertEqual(plan["not_in_totals"], [])
        self.assertIn("JJ-GARLIC-01", [line["sku"] for line in plan["lines"]])

    def test_weeks_later_it_is_not_and_that_is_said_everywhere(self):
        folder = five_skus.write(self, fee_preview=False)
        self.imported(folder, codes=(0, 3))
        self.clock("2026-12-20 09:00:00")
        late = self.table("late/fee_preview_2026-12-19.txt", [fee_preview_row("JJ-GARLIC-01", price="17.99", fulfilment="3.92")], delimiter="\t")
        self.imported(late, codes=(0, 3))
        said = "Fee Preview US of 2026-12-19 is not in force"
        self.assertIn(said, " ".join(self.destock("health", "--format", "json").json()["warnings"]))
        plan = self.plan()
        self.assertIn(said, " ".join(plan["warnings"]))
        terminal = self.destock("plan", "--dry-run")
        self.assertIn(said, terminal.out + terminal.err)
        self.assertIn("未生效", (lambda ran: ran.out + ran.err)(self.destock("health", "--lang", "zh")))
        server = self.serve()
        overview = server.get("/accounts/1/overview", server.owner())
        self.assertIn(said, " ".join(overview["warnings"]))


@needs_clock
class FeesThatAreNotKnown(Case):
    now = "2026-11-29 09:00:00"

    def test_an_unknown_fulfilment_fee_is_never_nothing(self):
        self.imported(five_skus.write(self, fee_preview=False), codes=(0, 3))
        plan = self.plan()
        self.assertEqual(plan["lines"], [])
        self.assertEqual({one["sku"] for one in plan["not_in_totals"]}, {"JJ-GARLIC-01", "JJ-LADDER-02", "JJ-XMAS-03", "JJ-DEAD-04"})
        self.assertEqual({one["reason"] for one in plan["not_in_totals"]}, {"fulfilment_unknown"})
        self.assertIn("4 SKUs without a fulfilment fee: not in the plan and not in the totals", " ".join(plan["warnings"]))
        terminal = self.destock("plan", "--dry-run", "--lang", "zh")
        self.assertIn("4 个 SKU 缺少配送费", terminal.out + terminal.err)
        # The stored plan, read again by another program, says the same.
        server = self.serve()
        owner = server.owner()
        stored = server.get("/accounts/1/plans/latest?lines=none", owner)
        self.assertEqual(len(stored["not_in_totals"]), 4)
        overview = server.get("/accounts/1/overview", owner)
        self.assertEqual(overview["plan"]["not_in_totals"], 4)
        self.assertIn("without a fulfilment fee", " ".join(overview["warnings"]))
        status, body, _ = server.call("POST", "/accounts/1/skus/US/JJ-GARLIC-01/what-if", {}, owner)
        self.assertEqual(status, 409, body)

    def test_where_fee_preview_is_silent_the_card_speaks_by_the_size(self):
        self.imported(five_skus.write(self, fee_preview=False), codes=(0, 3))
        silent = self.table("fees/fee_preview.txt", [fee_preview_row("JJ-GARLIC-01", price="17.99", fulfilment="", sides=("9", "6", "2"), weight="0.8")], delimiter="\t")
        self.imported(silent, codes=(0, 3))
        plan = self.plan()
        self.assertIn("JJ-GARLIC-01", [line["sku"] for line in plan["lines"]])
        self.assertEqual(len(plan["not_in_totals"]), 3)

    def test_an_oversize_unit_leaves_at_its_own_fee_or_not_at_all(self):
        rows = [planning_row("BIG-1", "2026-11-28", 300, t7=0, t30=2, price="89.99", ages=[0, 100, 100, 100, 0], storage_type="Oversize", item_volume="4.2")]
        self.table("big/fba_inventory.csv", rows)
        self.table("big/all_orders.txt", order_rows("BIG-1", "2026-08-01", "2026-11-27", lambda day: 1 if day.day == 10 else 0, price="89.99"), delimiter="\t")
        self.table("big/fee_preview_2026-11-28.txt", [fee_preview_row("BIG-1", price="89.99", fulfilment="29.10", sides=("30", "22", "16"), weight="40", tier="UsLargeBulky")], delimiter="\t")
        self.imported(self.folder + "/big", codes=(0, 3))
        exits = {one["channel"]: one for one in self.destock("explain", "--sku", "BIG-1", "--format", "json").json()["exits"]}
        # 40 lb, oversize: 14.32 + 1.06 for each of the 30 lb above ten; liquidation 7.5 % of 89.99 less 15 %, less 1.90 + 30 · 0.20.
        self.assertAlmostEqual(-amount(exits["removal"]["per_unit"]), 14.32 + 30 * 1.06, places=2)
        self.assertAlmostEqual(amount(exits["liquidation"]["per_unit"]), 89.99 * 0.075 * 0.85 - (1.90 + 30 * 0.20), places=1)

    def test_nothing_is_liquidated_on_a_fee_that_is_assumed_to_be_nothing(self):
        # In the United Kingdom two levels of processing fee are published: the exit is named with both, and not proposed.
        rows = [planning_row("UK-1", "2026-11-28", 500, marketplace="UK", currency="GBP", t30=0, t90=1, ages=[0, 0, 0, 0, 500], price="19.99")]
        self.table("uk/fba_inventory.csv", rows)
        self.table("uk/fee_preview_2026-11-28.txt", [fee_preview_row("UK-1", currency="GBP", store="Amazon.co.uk", price="19.99", fulfilment="3.30")], delimiter="\t")
        self.imported(self.folder + "/uk", codes=(0, 3))
        plan = self.plan()
        line = line_of(plan, "UK-1")
        self.assertIsNotNone(line, plan)
        self.assertEqual([a for a in line["actions"] if a["units_out"] > 0], [])
        self.assertIn("FBA Liquidations was not considered: its processing fee is not known: sources differ, GBP 0.80 / 0.60", " ".join(line["assumptions"]))


@needs_clock
class Rates(Case):
    now = "2026-11-29 09:00:00"

    def test_a_shipped_rate_serves_and_is_marked_until_the_own_one_is_given(self):
        self.imported(five_skus.write(self), codes=(0, 3))
        health = self.destock("health", "--format", "json").json()
        self.assertEqual(health["summary"]["missing_rates"], [])
        self.assertEqual([(rate["from"], rate["to"]) for rate in health["summary"]["shipped_rates"]], [("CNY", "USD")])
        self.assertEqual(health["summary"]["valued_at_price_skus"], 0)
        self.assertIn("shipped with the program", " ".join(health["warnings"]))
        self.assertEqual(self.destock("rate", "set", "USD", "CNY", "7.10").code, 0)
        health = self.destock("health", "--format", "json").json()
        self.assertEqual(health["summary"]["shipped_rates"], [])
        # 2,840 · 27 + 620 · 61.55 + 1,950 · 43 + 430 · 85 + 150 · 32 yuan at 7.10
        self.assertAlmostEqual(amount(health["summary"]["stock_value"]), (2840 * 27 + 620 * 61.55 + 1950 * 43 + 430 * 85 + 150 * 32) / 7.10, delta=1)

    def test_a_currency_without_any_rate_is_asked_for_and_is_no_missing_cost(self):
        folder = five_skus.write(self)
        self.write("own/成本表.csv", "SKU,unit cost,currency\nJJ-GARLIC-01,18.00,KZT\n")
        self.imported(folder, codes=(0, 3))
        health = self.destock("health", "--format", "json").json()
        self.assertEqual(health["summary"]["missing_rates"], ["KZT→USD"])
        server = self.serve()
        overview = server.get("/accounts/1/overview", server.owner())
        self.assertEqual(overview["missing"]["rates"], ["KZT→USD"])


@needs_clock
class ThePlanStarts(Case):
    now = "2026-12-03 09:00:00"  # a Thursday

    def test_on_the_next_monday_never_in_the_past(self):
        self.imported(five_skus.write(self, rate=True), codes=(0, 3))
        plan = self.plan()
        self.assertEqual((plan["as_of"], plan["first_day"]), ("2026-11-28", "2026-12-07"))
        for line in plan["lines"]:
            for action in line["actions"]:
                self.assertGreaterEqual(action["start"], "2026-12-07")
        # What sells in the nine days before is not there to be planned with.
        self.assertLess(line_of(plan, "JJ-GARLIC-01")["units"], 2840 - 60)
        server = self.serve()
        owner = server.owner()
        self.assertEqual(server.make_plan(owner, 1)["first_day"], "2026-12-07")
        self.clock("2026-12-09 09:00:00")
        self.assertEqual(server.make_plan(owner, 1)["first_day"], "2026-12-14")

    def test_of_a_day_that_is_asked_for_on_its_own_monday(self):
        self.imported(five_skus.write(self, rate=True), codes=(0, 3))
        self.assertEqual(self.plan("--as-of", "2026-11-28")["first_day"], "2026-11-30")


@needs_clock
class WhatThePlanBrings(Case):
    now = "2026-11-29 09:00:00"

    def setUp(self):
        super().setUp()
        self.imported(five_skus.write(self, rate=True), codes=(0, 3))

    def test_the_headline_is_over_doing_nothing_by_a_day_and_the_rest_is_apart(self):
        plan = self.plan()
        over = plan["over_holding"]
        end = over["horizon_end"]
        self.assertEqual(over["by"], end)
        # The cash of the weeks of all lines, less storage, is what comes by the horizon.
        weeks = sum(amount(week["cash"]) - amount(week["storage"] or {"amount": 0}) for line in plan["lines"] for week in line["weeks"])
        self.assertAlmostEqual(amount(over["cash"]), weeks, delta=0.5)
        self.assertAlmostEqual(amount(over["more_than_holding"]), amount(over["cash"]) - amount(over["cash_if_held"]), delta=0.02)
        own, held = over["after_horizon"]["optimal"], over["after_horizon"]["hold"]
        # Worth in all = weeks at present value + what is left: the weeks as they come are worth a little more than at present value.
        self.assertLessEqual(amount(own["value_after"]) + amount(own["within_horizon"]) - amount(plan["expected_net_recovery"]), amount(own["within_horizon"]) * 0.06)
        self.assertGreaterEqual(amount(own["value_after"]) + amount(own["within_horizon"]), amount(plan["expected_net_recovery"]) - 1)
        self.assertGreaterEqual(held["units_left"], own["units_left"])
        terminal = self.destock("plan", "--dry-run").out
        self.assertIn("More than doing nothing by " + end, terminal)
        self.assertIn("left then, units", terminal)

    def test_the_same_on_chart_tile_and_plan_by_a_day_of_choice(self):
        server = self.serve()
        owner = server.owner()
        server.make_plan(owner, 1)
        stored = server.get("/accounts/1/plans/latest?lines=none", owner)["over_holding"]
        self.assertEqual(server.get("/accounts/1/overview", owner)["plan"]["over_holding"], stored)
        soon = server.get("/accounts/1/plans/latest?lines=none&by=2027-01-31", owner)["over_holding"]
        self.assertEqual(soon["by"], "2027-01-31")
        self.assertLess(amount(soon["cash"]), amount(stored["cash"]))
        curves = server.get("/accounts/1/overview", owner)["plan"]["curves"]
        self.assertAlmostEqual(amount(curves["optimal"][-1]["cash_so_far"]), amount(stored["cash"]), delta=0.02)

    def test_doing_nothing_and_liquidation_bring_in_plans_of_their_own_what_is_shown_beside_the_best(self):
        of = {policy: self.plan("--policy", policy) for policy in ("optimal", "hold", "liquidate")}
        lines = {policy: {(line["marketplace"], line["sku"]): line for line in plan["lines"]} for policy, plan in of.items()}
        self.assertEqual(set(lines["hold"]), set(lines["optimal"]))
        for key, best in lines["optimal"].items():
            for policy in ("hold", "liquidate"):
                for figure in ("hold_net_recovery", "playbook_net_recovery"):
                    self.assertEqual(lines[policy][key][figure], best[figure], (policy, key))
            self.assertEqual(lines["hold"][key]["net_recovery"], best["hold_net_recovery"])
            self.assertEqual(lines["hold"][key]["actions"], [])
        beside = of["optimal"]["over_holding"]["after_horizon"]
        for policy in ("hold", "liquidate"):
            own = of[policy]["over_holding"]["after_horizon"][policy]
            self.assertEqual(own["within_horizon"], beside[policy]["within_horizon"])
            self.assertAlmostEqual(own["units_left"], beside[policy]["units_left"], delta=0.2)
        gone = [line for line in lines["liquidate"].values() if line["actions"]]
        self.assertGreater(len(gone), 0)
        for line in gone:
            self.assertAlmostEqual(sum(action["units_out"] for action in line["actions"]), line["units"], delta=0.5)
            self.assertAlmostEqual(sum(amount(action["expected_cash"]) for action in line["actions"]), amount(line["net_recovery"]), delta=0.05)

    def test_what_has_no_figure_is_a_note_and_never_a_line(self):
        plan = self.plan()
        for line in plan["lines"]:
            for action in line["actions"]:
                self.assertIsNotNone(action["expected_cash"], action)
        notes = {note["channel"]: note for note in plan["notes"]}
        self.assertIn("mcf", notes)
        self.assertGreaterEqual(notes["mcf"]["skus"], 1)
        self.assertLessEqual(len(notes["mcf"]["try_on"]), 5)

    def test_small_gains_are_left_alone(self):
        self.assertEqual(self.destock("settings", "set", "plan.min_gain=100000").code, 0)
        plan = self.plan()
        for line in plan["lines"]:
            self.assertTrue(line["leave_alone"], line["sku"])
            self.assertEqual(amount(line["gain"]), 0)
            self.assertIn("Leave alone", line["why"])
        self.assertEqual(self.destock("settings", "set", "plan.min_gain=0").code, 0)
        self.assertTrue(any(not line["leave_alone"] for line in self.plan()["lines"]))

    def test_what_amazon_must_offer_is_beside_the_line_until_it_does(self):
        plan = self.plan()
        channels = {action["channel"] for line in plan["lines"] for action in line["actions"]}
        self.assertTrue(channels.isdisjoint({"outlet", "lightning", "best_deal", "woot"}), channels)
        offered = self.plan("--offered", "outlet")
        self.assertGreaterEqual(amount(offered["expected_net_recovery"]) + 0.01, amount(plan["expected_net_recovery"]))
        for line in plan["lines"]:
            if line["if_offered"]:
                # Beside the line: its money is that of the plan without.
                self.assertGreater(amount(line["if_offered"]["net_recovery"]), amount(line["net_recovery"]))
        # Amazon's own word in its planning report does the same as the seller's.
        rows = [planning_row(sku, five_skus.SNAPSHOT, stock, price=price, t7=round(pace * 7), t30=round(pace * 30), ages=ages, recommended_action="Create Outlet deal")
                for sku, (stock, pace, price, fulfilment, ages) in five_skus.SKUS.items()]
        self.imported(self.table("again/fba_inventory.csv", rows))
        asked = self.plan()
        for sku in ("JJ-GARLIC-01", "JJ-LADDER-02"):
            self.assertEqual(line_of(asked, sku)["net_recovery"], line_of(offered, sku)["net_recovery"], sku)
        self.assertEqual(self.destock("plan", "--offered", "coupon").code, 2)

    def test_a_deal_has_its_units_after_the_exit_of_the_same_day(self):
        plan = self.plan("--offered", "outlet", "--offered", "lightning", "--offered", "best_deal")
        for line in plan["lines"]:
            for action in line["actions"]:
                if action["channel"] not in ("outlet", "lightning"):
                    continue
                out = sum(a["units_out"] for a in line["actions"] if a["start"] <= action["start"])
                self.assertGreaterEqual(line["units"] - out, 11, line["sku"])

    def test_this_week_is_by_gain(self):
        server = self.serve()
        owner = server.owner()
        server.make_plan(owner, 1)
        first = server.get("/accounts/1/overview", owner)["plan"]["this_week"]
        gains = [amount(action["gain"]) for action in first]
        self.assertEqual(gains, sorted(gains, reverse=True))


@needs_clock
class GoodsOfASeason(Case):
    now = "2026-11-29 09:00:00"

    def setUp(self):
        super().setUp()
        self.imported(five_skus.write(self, rate=True), codes=(0, 3))

    def test_demand_falls_after_the_event(self):
        weeks = self.destock("forecast", "--sku", "JJ-XMAS-03", "--format", "json").json()["skus"][0]["weeks"]
        before = [week["mean"] for week in weeks if week["start"] < "2026-12-19"]
        after = [week["mean"] for week in weeks if "2026-12-26" <= week["start"] < "2027-06-01"]
        self.assertGreater(min(before), 80)
        self.assertLess(max(after), 0.15 * min(before), after)

    def test_what_will_be_left_is_a_flag_and_a_reason_and_is_cleared_before(self):
        sku = next(one for one in self.destock("health", "--format", "json").json()["skus"] if one["sku"] == "JJ-XMAS-03")
        self.assertIn("season_ends", sku["flags"])
        self.assertIn("stock above what sells until Christmas (2026-12-25): 1390", " ".join(sku["notes"]))
        line = line_of(self.plan(), "JJ-XMAS-03")
        self.assertIn("Christmas ends on 25 December", line["why"])
        cuts = [action for action in line["actions"] if action["start"] < "2026-12-25" and (action["discount"] or action["units_out"])]
        self.assertTrue(cuts, line["actions"])
        self.assertGreater(amount(line["gain"]), 500)
        restock = next(one for one in self.destock("restock", "--format", "json").json()["skus"] if one["sku"] == "JJ-XMAS-03")
        self.assertEqual(restock["advice"], "stop")
        self.assertEqual(restock["season"]["clear_from"], "2026-12-11")

    def test_a_name_that_says_so_is_a_guess_and_said_as_one(self):
        rows = [planning_row("GARLAND-XMAS", "2026-11-28", 1000, t7=70, t30=300), planning_row("MUG-GIFT", "2026-11-28", 1000, t7=70, t30=300)]
        rows[1]["product-name"] = "Mug, Christmas gift for her"
        self.table("named/fba_inventory.csv", rows)
        self.table("named/orders.txt", order_rows("GARLAND-XMAS", "2026-08-08", "2026-11-27", 10) + order_rows("MUG-GIFT", "2026-08-08", "2026-11-27", 10), delimiter="\t")
        self.assertIn(self.destock("import", self.folder + "/named", "--account", "named").code, (0, 3))
        skus = {one["sku"]: one for one in self.destock("health", "--account", "named", "--format", "json").json()["skus"]}
        self.assertIn("the season is a guess by its name", " ".join(skus["GARLAND-XMAS"]["notes"]))
        self.assertNotIn("season_ends", skus["MUG-GIFT"]["flags"])

    def test_until_its_own_history_says_otherwise(self):
        # Sold alike before and after last Christmas, whatever the cost sheet says.
        self.table("all/fba_inventory.csv", [planning_row("TREE-1", "2026-11-28", 2000, t7=70, t30=300)])
        self.table("all/orders.txt", order_rows("TREE-1", "2025-09-01", "2026-11-27", 10), delimiter="\t")
        self.write("all/costs.csv", "SKU,unit cost,currency,season\nTREE-1,3.00,USD,Christmas\n")
        self.assertIn(self.destock("import", self.folder + "/all", "--account", "all").code, (0, 3))
        weeks = self.destock("forecast", "--account", "all", "--sku", "TREE-1", "--format", "json").json()["skus"][0]["weeks"]
        before = [week["mean"] for week in weeks if week["start"] < "2026-12-19"]
        after = [week["mean"] for week in weeks if "2026-12-26" <= week["start"] < "2027-04-01"]
        self.assertGreater(sum(after) / len(after), 0.5 * sum(before) / len(before))


@needs_clock
class Restock(Case):
    now = "2026-11-29 09:00:00"

    def restock(self, rows, orders, costs, ledger=None):
        self.table("r/fba_inventory.csv", rows)
        self.table("r/orders.txt", orders, delimiter="\t")
        self.write("r/costs.csv", costs)
        if ledger:
            self.table("r/ledger.csv", ledger)
        self.imported(self.folder + "/r", codes=(0, 3))
        return {one["sku"]: one for one in self.destock("restock", "--format", "json").json()["skus"]}

    def test_days_without_stock_are_not_days_without_demand(self):
        orders = order_rows("OUT-1", "2026-06-01", "2026-10-31", 8) + order_rows("OUT-1", "2026-11-27", "2026-11-27", 1)
        ledger = [{"Date": "2026-11-%02d" % day, "FNSKU": "X0OUT1", "ASIN": "B0OUT1", "MSKU": "OUT-1", "Title": "t", "Disposition": "SELLABLE", "Starting Warehouse Balance": 0,
                   "In Transit Between Warehouses": 0, "Receipts": 0, "Customer Shipments": 0, "Customer Returns": 0, "Vendor Returns": 0, "Warehouse Transfer In/Out": 0, "Found": 0, "Lost": 0,
                   "Damaged": 0, "Disposed": 0, "Other Events": 0, "Ending Warehouse Balance": 0, "Unknown Events": 0, "Location": "US"} for day in range(1, 27)]
        line = self.restock([planning_row("OUT-1", "2026-11-28", 20, t30=1)], orders, "SKU,unit cost,currency,lead time\nOUT-1,3.00,USD,30\n", ledger)["OUT-1"]
        self.assertEqual(line["advice"], "stockout_risk")
        self.assertGreater(line["expected_per_day"], 3)
        self.assertGreater(line["order_now"], 200)

    def test_a_minimum_of_years_is_talked_about_and_not_ordered(self):
        line = self.restock([planning_row("SLOW-1", "2026-11-28", 5, t30=6, t7=1)], order_rows("SLOW-1", "2026-05-01", "2026-11-27", lambda day: 1 if day.day % 5 == 0 else 0),
                            "SKU,unit cost,currency,lead time,MOQ\nSLOW-1,3.00,USD,60,800\n")["SLOW-1"]
        self.assertEqual((line["advice"], line["order_now"]), ("talk_to_factory", 0))
        self.assertIn("talk to the factory", line["reason"])

    def test_what_arrives_after_its_season_is_stopped_and_factories_stand_still(self):
        lines = self.restock([planning_row("WINTER-1", "2026-11-28", 30, t30=150, t7=35), planning_row("ALWAYS-1", "2026-11-28", 100, t30=150, t7=35)],
                             order_rows("WINTER-1", "2026-08-01", "2026-11-27", 5) + order_rows("ALWAYS-1", "2026-08-01", "2026-11-27", 5),
                             "SKU,unit cost,currency,lead time,season\nWINTER-1,3.00,USD,80,winter\nALWAYS-1,3.00,USD,80,\n")
        self.assertEqual((lines["WINTER-1"]["advice"], lines["WINTER-1"]["order_now"]), ("stop", 0))
        self.assertGreater(lines["ALWAYS-1"]["factory_closed_days"], 5)
        self.assertGreater(lines["ALWAYS-1"]["arrives"], "2027-02-20")
        self.assertIn("factories stand still", lines["ALWAYS-1"]["reason"])

    def test_excess_is_never_enough(self):
        self.imported(five_skus.write(self, rate=True), codes=(0, 3))
        lines = {one["sku"]: one for one in self.destock("restock", "--format", "json").json()["skus"]}
        for sku in ("JJ-GARLIC-01", "JJ-LADDER-02", "JJ-XMAS-03", "JJ-DEAD-04"):
            self.assertEqual(lines[sku]["advice"], "stop", sku)
        self.assertEqual(lines["JJ-HOT-05"]["advice"], "stockout_risk")


@needs_clock
class OneAge(Case):
    now = "2026-11-29 09:00:00"

    def test_a_surcharge_date_is_told_once(self):
        # The report knows a band, the ledger the day: 500 units received on 20 August are 181 days old on 17 February.
        self.table("a/fba_inventory.csv", [planning_row("AGE-1", "2026-11-28", 500, t30=30, t7=7, ages=[0, 500, 0, 0, 0])])
        self.table("a/orders.txt", order_rows("AGE-1", "2026-08-21", "2026-11-27", 1), delimiter="\t")
        rows, balance = [], 0
        self.table("a/fee_preview_2026-11-28.txt", [fee_preview_row("AGE-1")], delimiter="\t")
        for month, days in ((8, range(20, 32)), (9, range(1, 31)), (10, range(1, 32)), (11, range(1, 29))):
            for day in days:
                got = 600 if (month, day) == (8, 20) else 0
                balance += got - (1 if balance > 500 else 0)
                rows.append({"Date": "2026-%02d-%02d" % (month, day), "FNSKU": "X0AGE1", "ASIN": "B0AGE1", "MSKU": "AGE-1", "Title": "t", "Disposition": "SELLABLE",
                             "Starting Warehouse Balance": 0, "In Transit Between Warehouses": 0, "Receipts": got, "Customer Shipments": 0, "Customer Returns": 0, "Vendor Returns": 0,
                             "Warehouse Transfer In/Out": 0, "Found": 0, "Lost": 0, "Damaged": 0, "Disposed": 0, "Other Events": 0, "Ending Warehouse Balance": balance or got,
                             "Unknown Events": 0, "Location": "US"})
        self.table("a/ledger.csv", rows)
        self.imported(self.folder + "/a", codes=(0, 3))
        sku = next(one for one in self.destock("health", "--format", "json").json()["skus"] if one["sku"] == "AGE-1")
        self.assertEqual((sku["next_181"]["earliest"], sku["next_181"]["latest"]), ("2027-02-17", "2027-02-17"))
        line = line_of(self.plan(), "AGE-1")
        # The 15th of February is before that day: the first surcharge falls on 15 March, by every voice.
        self.assertIn("181 days by 15 March", line["why"])


@needs_clock
class FoundByFreshEyes(Case):
    now = "2026-11-29 09:00:00"

    def test_ages_that_are_not_known_are_said_wherever_money_is(self):
        folder = five_skus.write(self, rate=True)
        os.remove(folder + "/fba_inventory.csv")
        self.imported(folder, codes=(0, 3))
        said = "without inventory age: the aged inventory surcharge is unknown"
        self.assertIn(said, " ".join(self.destock("health", "--format", "json").json()["warnings"]))
        self.assertIn(said, " ".join(self.plan()["warnings"]))
        ran = self.destock("plan", "--dry-run", "--lang", "zh")
        self.assertIn("库龄未提供：超龄附加费未提供", ran.out + ran.err)

    def test_a_fee_of_nought_is_unknown_and_one_below_is_refused(self):
        folder = five_skus.write(self, fee_preview=False, rate=True)
        self.table("own/fee_preview.txt", [fee_preview_row("JJ-GARLIC-01", price="17.99", fulfilment="0.00", sides=("", "", ""), weight=""),
                                           fee_preview_row("JJ-DEAD-04", fulfilment="-3.90")], delimiter="\t")
        read = self.imported(folder, codes=(0, 3))
        refused = next(file for file in read["files"] if file["report"] == "fee_preview")
        self.assertEqual(refused["rows_refused"], 1)
        reasons = {one["sku"]: one["reason"] for one in self.plan()["not_in_totals"]}
        self.assertEqual(reasons.get("JJ-GARLIC-01"), "fulfilment_unknown")
        self.assertEqual(reasons.get("JJ-DEAD-04"), "fulfilment_unknown")

    def test_an_exit_without_its_fee_has_no_figure(self):
        self.imported(five_skus.write(self, fee_preview=False, rate=True), codes=(0, 3))
        lines = [line for line in self.destock("explain", "--sku", "JJ-DEAD-04").out.splitlines() if "a unit by removal" in line or "a unit by liquidation" in line]
        self.assertTrue(lines)
        for line in lines:
            self.assertNotIn("USD", line)

    def test_a_lowest_price_is_in_what_the_skus_sell_in(self):
        self.imported(five_skus.write(self, rate=True), codes=(0, 3))
        for price in ("100CNY", "15EUR", "99999KZT"):
            ran = self.destock("plan", "--dry-run", "--min-price", price)
            self.assertEqual(ran.code, 2, ran)
            self.assertIn("USD", ran.err)
        self.assertEqual(self.destock("plan", "--dry-run", "--min-price", "14.94USD").code, 0)

    def test_a_sku_that_is_not_there_is_said(self):
        self.imported(five_skus.write(self, rate=True), codes=(0, 3))
        ran = self.destock("plan", "--sku", "NOPE")
        self.assertNotEqual(ran.code, 0)
        self.assertIn("no such SKU: NOPE", ran.err)

    def test_a_rate_the_other_way_round_or_of_tomorrow_is_asked_about(self):
        self.imported(five_skus.write(self), codes=(0, 3))
        ran = self.destock("rate", "set", "CNY", "USD", "7.1")
        self.assertEqual(ran.code, 2, ran)
        self.assertIn("USD→CNY", ran.err)
        self.assertEqual(self.destock("rate", "set", "USD", "CNY", "7.1", "--date", "2030-01-01").code, 2)
        self.assertEqual(self.destock("rate", "set", "USD", "CNY", "7.1").code, 0)
        server = self.serve()
        status, body, _ = server.call("POST", "/accounts/1/rates", {"from": "CNY", "to": "USD", "rate": 7.1}, server.owner())
        self.assertEqual(status, 400, body)

    def test_a_slip_in_the_account_makes_no_account(self):
        self.imported(five_skus.write(self), codes=(0, 3))
        for command in (("settings", "set", "woot=off"), ("rate", "set", "USD", "CNY", "7.1")):
            ran = self.destock(*command, "--account", "wrong")
            self.assertNotEqual(ran.code, 0, ran)
            self.assertIn("no account is called wrong", ran.err)
        self.assertNotIn("wrong", [name for (name,) in self.sql("SELECT name FROM account")])

    def test_seasons_are_read_as_people_write_them_and_others_are_said(self):
        folder = five_skus.write(self, rate=True)
        for season, known in (("Xmas", True), ("聖誕", True), ("foo", False)):
            self.table("own/成本表.csv", [{"SKU": "JJ-XMAS-03", "unit cost": "5", "currency": "USD", "season": season}])
            self.imported(folder, codes=(0, 3))
            warnings = " ".join(self.destock("health", "--format", "json").json()["warnings"])
            self.assertEqual("no event of the calendar" not in warnings, known, season)

    def test_orders_cut_short_are_set_aside(self):
        folder = five_skus.write(self, rate=True)
        self.imported(folder, codes=(0, 3))
        with open(folder + "/all_orders.txt", "rb") as orders:
            whole = orders.read()
        lines = whole.rstrip(b"\r\n").split(b"\n")
        half = b"\n".join(lines[: len(lines) * 9 // 10])
        cut = half[: half.rindex(b"\t")]
        read = self.destock("import", self.write("cut/all_orders.txt", cut), "--format", "json").json()
        self.assertEqual(read["files"][0]["status"], "set_aside", read)
        self.assertIn("cut short", " ".join(read["files"][0]["notes"]))

    def test_a_change_that_is_not_understood_is_refused(self):
        self.imported(five_skus.write(self, rate=True), codes=(0, 3))
        server = self.serve()
        owner = server.owner()
        server.make_plan(owner, 1)
        key = {"marketplace": "US", "sku": "JJ-XMAS-03"}
        for change in ({"locked": True}, {"aproved": True}, {}):
            status, body, _ = server.call("PATCH", "/accounts/1/plans/latest/lines", {"lines": [key], "change": change}, owner)
            self.assertEqual(status, 400, (change, body))

    def test_what_people_left_out_is_counted(self):
        self.imported(five_skus.write(self, rate=True), codes=(0, 3))
        server = self.serve()
        owner = server.owner()
        server.make_plan(owner, 1)
        key = {"marketplace": "US", "sku": "JJ-XMAS-03"}
        server.call("PATCH", "/accounts/1/plans/latest/lines", {"lines": [key], "change": {"pinned": "excluded"}}, owner)
        ran = self.destock("plan", "--dry-run")
        self.assertIn("1 SKU is left out by decision", ran.out + ran.err)

    def test_old_stock_is_said_before_anything_irreversible(self):
        self.imported(five_skus.write(self, rate=True), codes=(0, 3))
        self.clock("2027-01-08 09:00:00")
        self.assertIn("what has sold since is not taken off", " ".join(self.plan()["warnings"]))


if __name__ == "__main__":
    main()
