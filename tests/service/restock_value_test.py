"""What an order brings: the advice done again by brute force over demand, purchase orders as they come in, what is better cancelled."""
import math

import keeping_test
from product import Case, fee_preview_row, main, needs_clock, order_rows, planning_row

COSTS = "SKU,unit cost,freight,currency,lead time,MOQ,units per carton\n"


def chances(mean, dispersion, most):
    """Negative binomial by its recursion: P(D = 0 … most)."""
    if mean <= 0:
        return [1.0] + [0.0] * most
    if dispersion <= 1e-9:
        out = [math.exp(-mean)]
        for k in range(most):
            out.append(out[-1] * mean / (k + 1))
        return out
    r = 1 / dispersion
    p = r / (r + mean)
    out = [p ** r]
    for k in range(most):
        out.append(out[-1] * (1 - p) * (r + k) / (k + 1))
    return out


class ByBruteForce:
    """The order of a problem as --inputs gives it, unit by unit: nothing of the engine's grid, rows or recursions."""

    def __init__(self, problem):
        self.p = problem
        self.most = int(problem["on_hand"] + sum(problem["inbound"]) + self.highest())

    def highest(self):
        weeks = self.p["week"] + max(lead["weeks"] for lead in self.p["lead"]) + self.p["cover_weeks"]
        most = 0
        for way in range(len(self.p["ways"])):
            means = [self.mean(way, week) for week in range(self.p["week"], weeks)]
            most = max(most, sum(means) + 4 * math.sqrt(sum(m + self.p["dispersion"] * m * m for m in means)))
        return max(most, self.p["moq"]) + 2 * self.p["carton"]

    def mean(self, way, week):
        factor = self.p["ways"][way]["factor"]
        return self.p["mean_units"][week] * factor[min(week, len(factor) - 1)]

    def arriving(self, week):
        return self.p["inbound"][week] if 0 < week < len(self.p["inbound"]) else 0

    def left(self, way, week):
        """W of every stock: as it clears, or filled up by the next order."""
        points = self.p["left"][way][str(week)]
        beta, again = self.p["discount_a_week"], self.p["landed"] * self.p["discount_a_week"] ** (self.p["week"] + self.p["cover_weeks"])

        def value(units):
            for (x0, v0), (x1, v1) in zip(points, points[1:]):
                if units <= x1:
                    return v0 + (units - x0) / (x1 - x0) * (v1 - v0)
            (x0, v0), (x1, v1) = points[-2:]
            return v1 + (units - x1) / (x1 - x0) * (v1 - v0)

        out = [beta ** week * value(units) for units in range(self.most + 1)]
        carton = max(1, self.p["carton"])
        least = -(-max(1, self.p["moq"]) // carton) * carton  # the next order is no smaller either
        filled = [max(out[y] - again * y for y in range(units, self.most + 1)) for units in range(self.most + 1)]
        return [max(here, filled[units + least] + again * units) if units + least <= self.most else here for units, here in enumerate(out)]

    def at_arrival(self, way, arrives):
        """Expected money of every stock from its arrival on."""
        until, beta = arrives + self.p["cover_weeks"], self.p["discount_a_week"]
        worth = self.left(way, until)
        for week in range(until - 1, arrives - 1, -1):
            demand = chances(self.mean(way, week), self.p["dispersion"], self.most)
            sums, now = 0.0, []
            net, held = beta ** week * self.p["net_of_sale"][week], beta ** week * self.p["storage"][week]
            for stock in range(self.most + 1):
                total, sold, seen = 0.0, 0.0, 0.0
                short = stock * 7 < self.p["low_inventory_below_days"] * self.mean(way, week)
                for units in range(stock):
                    chance = demand[units]
                    seen += chance
                    sold += chance * units
                    total += chance * worth[stock - units]
                sold += (1 - seen) * stock
                total += (1 - seen) * worth[0]
                now.append(total + (net - (beta ** week * self.p["low_inventory_fee"] if short else 0)) * sold - held * (stock - sold / 2))
            more = self.arriving(week) if week > arrives else 0
            worth = [now[min(stock + more, self.most)] for stock in range(self.most + 1)]
        return worth

    def worth_by_units(self):
        """What an order of every size brings, less its cost."""
        last = self.p["week"] + max(lead["weeks"] for lead in self.p["lead"])
        total = [0.0] * (self.most + 1)
        for way, of in enumerate(self.p["ways"]):
            stock = [0.0] * (self.most + 1)
            stock[self.p["on_hand"]] = 1.0
            for week in range(last + 1):
                if self.arriving(week):
                    stock = [0.0] * self.arriving(week) + stock[:-self.arriving(week)]
                for lead in self.p["lead"]:
                    if self.p["week"] + lead["weeks"] == week:
                        worth = self.at_arrival(way, week)
                        for units in range(self.most + 1):
                            total[units] += of["weight"] * lead["weight"] * sum(
                                chance * worth[min(held + units, self.most)] for held, chance in enumerate(stock) if chance > 0)
                demand = chances(self.mean(way, week), self.p["dispersion"], self.most)
                after = [0.0] * (self.most + 1)
                for held, chance in enumerate(stock):
                    if chance > 1e-15:
                        seen = 0.0
                        for units in range(held):
                            after[held - units] += chance * demand[units]
                            seen += demand[units]
                        after[0] += chance * (1 - seen)
                stock = after
        cost = self.p["landed"] * self.p["discount_a_week"] ** self.p["week"]
        return [value - cost * units for units, value in enumerate(total)]

    def best(self):
        worth = self.worth_by_units()
        carton, moq = max(1, self.p["carton"]), self.p["moq"]
        sizes = [0] + [units for units in range(carton, len(worth) - carton, carton) if units >= moq]
        best = max(sizes, key=lambda units: worth[units])
        return best, worth


class Brought(Case):
    now = "2026-11-29 09:00:00"

    def bring(self, skus, costs, orders=None):
        """skus: name → (stock, units a day, price)."""
        rows, sold, fees = [], [], []
        for sku, (stock, a_day, price) in skus.items():
            rows.append(planning_row(sku, "2026-11-28", stock, t30=round(30 * sum(map(a_day, range(7))) / 7), t7=sum(map(a_day, range(7))), price=price))
            sold += order_rows(sku, "2026-05-01", "2026-11-27", lambda at, a_day=a_day: a_day(at.toordinal() % 7), price=price)
            fees.append(fee_preview_row(sku, price=price, fulfilment="4.10"))
        self.table("r/fba_inventory.csv", rows)
        self.table("r/orders.txt", sold, delimiter="\t")
        self.table("r/fee_preview.csv", fees)
        self.write("r/costs.csv", costs)
        if orders:
            self.write("r/purchase_orders.csv", orders)
        self.imported(self.folder + "/r", codes=(0, 3))
        return self.lines()

    def lines(self):
        return {one["sku"]: one for one in self.destock("restock", "--format", "json").json()["skus"]}


@needs_clock
class Restocking(Brought):
    def test_three_advices_by_brute_force(self):
        # A lead time that varies, one with cartons, and a dear unit that is bought in small numbers.
        self.bring({"SPAN-1": (20, lambda day: 1 if day < 4 else 0, "29.99"),
                    "BOX-1": (16, lambda day: 1 if day < 5 else 0, "24.99"),
                    "DEAR-1": (6, lambda day: 1 if day < 2 else 0, "59.99")},
                   COSTS + "SPAN-1,6.00,1.50,USD,25-45,,\nBOX-1,5.00,1.00,USD,30,,6\nDEAR-1,24.00,4.00,USD,40,10,\n")
        for sku in ("SPAN-1", "BOX-1", "DEAR-1"):
            one = self.destock("restock", "--inputs", sku).json()["skus"][0]
            advice, problem = one["advice"], one["problem"]
            self.assertTrue(advice["known"], advice["missing"])
            best, worth = ByBruteForce(problem).best()
            units = advice["units"]
            self.assertIsNotNone(units, (sku, advice["why"]))
            # The best by the engine is the best by hand, or brings as much to a cent in a thousand.
            self.assertLess(worth[best] - worth[units], 1e-3 * abs(worth[best] - worth[0]) + 0.02, (sku, best, units))
            self.assertAlmostEqual(float(advice["gain"]["amount"]), worth[units] - worth[0], delta=0.01 * abs(worth[units] - worth[0]) + 0.05)
            self.assertGreaterEqual(units, problem["moq"])
            self.assertEqual(units % problem["carton"], 0)

    def test_what_is_missing_is_named_and_the_rule_stands_beside_it(self):
        line = self.bring({"BARE-1": (30, lambda day: 2, "29.99")}, "SKU,unit cost,currency,lead time\nBARE-1,3.00,USD,30\n")["BARE-1"]
        self.assertFalse(line["economic"]["known"])
        self.assertIn("freight", line["economic"]["why"])
        self.assertIsNone(line["economic"]["order_now"])
        self.assertEqual(line["advice"], "stockout_risk")
        self.assertGreater(line["order_now"], 0)

    def test_a_unit_that_costs_what_it_brings_is_not_ordered(self):
        line = self.bring({"THIN-1": (30, lambda day: 2, "29.99")}, COSTS + "THIN-1,22.00,3.00,USD,30,,\n")["THIN-1"]
        self.assertTrue(line["economic"]["known"])
        self.assertEqual(line["economic"]["order_now"], 0)
        self.assertIn("order nothing", line["economic"]["why"])

    def test_both_sides_have_their_cost(self):
        economic = self.bring({"TWO-1": (30, lambda day: 3, "29.99")}, COSTS + "TWO-1,6.00,1.50,USD,30,,\n")["TWO-1"]["economic"]
        self.assertGreater(economic["order_now"], 0)
        self.assertGreater(float(economic["too_few"]["amount"]), float(economic["too_many"]["amount"]))
        self.assertGreater(float(economic["too_many"]["amount"]), 0)
        self.assertGreater(economic["service_level"], 0.8)
        for key in ("gain", "loss_if_double", "loss_if_half"):
            self.assertGreaterEqual(float(economic[key]["amount"]), 0, key)

    def test_void_and_finished_orders_do_not_come(self):
        self.bring({"WAY-1": (30, lambda day: 3, "29.99")}, COSTS + "WAY-1,6.00,1.50,USD,30,,\n")
        for status, coming in (("已作废", 0), ("已完成", 0), ("Received", 0), ("Closed", 0), ("已取消", 0), ("待到货", 200), ("部分到货", 200), ("", 200)):
            for name in ("状态", "单据状态"):
                with self.subTest(status + name):
                    self.write("r2/po.csv", "采购单号,SKU,采购数量,下单日期,预计到货日期,%s\nPO-1,WAY-1,200,2026-11-10,2026-12-12,%s\n" % (name, status))
                    self.imported(self.folder + "/r2", codes=(0, 3))
                    self.assertEqual(self.lines()["WAY-1"]["on_order"], coming)

    def test_orders_on_their_way_are_not_ordered_again(self):
        skus, costs = {"WAY-1": (30, lambda day: 3, "29.99")}, COSTS + "WAY-1,6.00,1.50,USD,30,,\n"
        without = self.bring(skus, costs)["WAY-1"]
        self.write("r2/po.csv", "PO number,SKU,Units,Ordered on,Expected on,Supplier\nPO-1,WAY-1,200,2026-11-10,2026-12-12,Dawn\n")
        self.imported(self.folder + "/r2", codes=(0, 3))
        line = self.lines()["WAY-1"]
        self.assertEqual((line["on_order"], line["stock"]), (200, without["stock"] + 200))
        self.assertLess(line["economic"]["order_now"], without["economic"]["order_now"])
        # A newer sheet that says it has come: nothing is on order any more.
        self.write("r3/po.csv", "PO number,SKU,Units,Ordered on,Expected on,Received on,Supplier\nPO-1,WAY-1,200,2026-11-10,2026-12-12,2026-11-26,Dawn\n")
        self.imported(self.folder + "/r3", codes=(0, 3))
        self.assertEqual(self.lines()["WAY-1"]["on_order"], 0)

    def test_receipts_tell_how_long_it_takes(self):
        orders = "采购单号,SKU,采购数量,下单日期,到货日期,供应商\n" + "".join("PO-%d,LEAD-1,100,%s,%s,晨光\n" % row for row in (
            (1, "2026-01-05", "2026-02-14"), (2, "2026-03-05", "2026-04-24"), (3, "2026-06-05", "2026-08-04")))
        line = self.bring({"LEAD-1": (30, lambda day: 3, "29.99")}, COSTS + "LEAD-1,6.00,1.50,USD,30,,\n", orders)["LEAD-1"]
        lead = line["economic"]["lead_time"]
        self.assertEqual([round(point["days"]) for point in lead["points"]], [60, 50, 40])
        self.assertTrue(lead["spread_known"])
        self.assertIn("3 of its purchase orders received", lead["basis"])

    def test_an_order_that_is_worth_less_than_it_still_costs_is_cancelled_first(self):
        orders = ("PO number,SKU,Units,Ordered on,Expected on,Supplier,Unit cost,Currency,Deposit,Cancelling cost\n"
                  "PO-7,FULL-1,900,2026-11-01,2027-01-10,Dawn,6.00,USD,540.00,\nPO-8,NEED-1,60,2026-11-01,2026-12-20,Dawn,6.00,USD,,\n")
        ran = self.bring({"FULL-1": (900, lambda day: 1, "29.99"), "NEED-1": (20, lambda day: 2, "29.99")},
                         COSTS + "FULL-1,6.00,1.50,USD,30,,\nNEED-1,6.00,1.50,USD,30,,\n", orders)
        surplus = ran["FULL-1"]["economic"]["surplus_orders"]
        self.assertEqual([one["number"] for one in surplus], ["PO-7"])
        self.assertGreater(surplus[0]["cancel"], 450)
        saves, before, cost = (float(surplus[0][key]["amount"]) for key in ("saves", "saves_before_cancelling", "cancelling_cost"))
        self.assertAlmostEqual(before - cost, saves, delta=0.02)
        self.assertAlmostEqual(cost, 0.60 * surplus[0]["cancel"], delta=0.02)
        self.assertEqual(ran["NEED-1"]["economic"]["surplus_orders"], [])
        text = self.destock("restock").out
        self.assertIn("PO-7", text)
        self.assertLess(text.index("PO-7"), text.index("NEED-1"))
        self.assertEqual(next(iter(ran)), "FULL-1")  # the cheapest clearance is what does not come

    def test_what_cancelling_costs_is_not_made_up(self):
        orders = "PO number,SKU,Units,Ordered on,Expected on,Supplier\nPO-7,FULL-1,900,2026-11-01,2027-01-10,Dawn\n"
        one = self.bring({"FULL-1": (900, lambda day: 1, "29.99")}, COSTS + "FULL-1,6.00,1.50,USD,30,,\n", orders)["FULL-1"]["economic"]["surplus_orders"][0]
        self.assertIsNone(one["saves"])
        self.assertGreater(float(one["saves_before_cancelling"]["amount"]), 0)
        self.assertIn("what cancelling costs is not known", one["why"])

    def test_an_order_of_no_listing_is_named(self):
        self.bring({"WAY-1": (30, lambda day: 3, "29.99")}, COSTS + "WAY-1,6.00,1.50,USD,30,,\n",
                   "PO number,SKU,Units,Ordered on\nPO-9,NOBODY-1,200,2026-11-10\n")
        warnings = self.destock("restock", "--format", "json").json()["warnings"]
        self.assertTrue(any("PO-9 NOBODY-1" in text for text in warnings), warnings)

    def test_what_lies_elsewhere_is_moved_before_anything_is_bought(self):
        costs = "SKU,unit cost,freight,currency,lead time,units elsewhere\n"
        line = self.bring({"ELSE-1": (30, lambda day: 3, "29.99")}, costs + "ELSE-1,6.00,1.50,USD,30,50\n")["ELSE-1"]["economic"]
        self.assertEqual((line["transfer"], line["order_now"]), (50, line["units"] - 50))
        self.assertIn("transfer", line["why"])
        line = self.bring({"ELSE-1": (30, lambda day: 3, "29.99")}, costs + "ELSE-1,6.00,1.50,USD,30,5000\n")["ELSE-1"]["economic"]
        self.assertEqual((line["transfer"], line["order_now"]), (line["units"], 0))

    def test_an_order_below_the_suppliers_least_is_filled_up_or_waits(self):
        costs = "SKU,unit cost,freight,currency,lead time,units per carton,carton volume m3,supplier,supplier minimum\n"
        skus = {"ONE-1": (30, lambda day: 3, "29.99"), "TWO-1": (20, lambda day: 2, "29.99")}
        def joint(minimum):
            self.bring(skus, costs + "".join("%s,6.00,1.50,USD,30,12,0.05,Dawn,%s\n" % (sku, minimum) for sku in skus))
            return self.destock("restock", "--format", "json").json()["joint_orders"][0]
        small = joint("100")
        self.assertEqual((small["added"], small["reached"]), ([], True))
        due = float(small["due"]["amount"])
        self.assertGreater(small["volume_m3"], 0)
        more = joint("%.2f" % (due + 300))
        self.assertTrue(more["reached"] and more["worth_it"], more)
        self.assertGreaterEqual(float(more["total"]["amount"]), due + 300)
        self.assertLess(float(more["total"]["amount"]), due + 300 + 72)
        self.assertGreater(float(more["loss"]["amount"]), 0)
        far = joint("90000")
        self.assertFalse(far["worth_it"])
        self.assertIn("wait", far["why"])

    def tree(self, stock, lead):
        """Sold from October to Christmas, last year and this one, beside a SKU that sells all year."""
        rows = [planning_row("TREE-1", "2026-11-28", stock, t30=300, t7=70), planning_row("ALL-1", "2026-11-28", 200, t30=60, t7=14)]
        sold = order_rows("TREE-1", "2025-10-01", "2025-12-24", 10) + order_rows("TREE-1", "2026-10-01", "2026-11-27", 10) + order_rows("ALL-1", "2025-06-01", "2026-11-27", 2)
        self.table("t/fba_inventory.csv", rows)
        self.table("t/orders.txt", sold, delimiter="\t")
        self.table("t/fee_preview.csv", [fee_preview_row(sku, fulfilment="4.10") for sku in ("TREE-1", "ALL-1")])
        self.write("t/costs.csv", "SKU,unit cost,freight,currency,lead time,season\nTREE-1,6.00,1.50,USD,%d,Christmas\nALL-1,6.00,1.50,USD,30,\n" % lead)
        self.imported(self.folder + "/t", codes=(0, 3))
        return self.lines()["TREE-1"]

    def test_a_season_ends_by_its_own_value(self):
        line = self.tree(200, 10)
        economic = line["economic"]
        # What is left after Christmas is left for a year: a unit too many is dear, and it is not ordered for every chance.
        self.assertGreater(float(economic["too_many"]["amount"]), 3)
        self.assertLess(economic["service_level"], 0.85)
        self.assertEqual(line["season"]["clear_from"], "2026-12-11")
        self.assertTrue("2026-12-05" <= economic["last_order_day"] <= "2026-12-19", economic)
        # Ordered now it would come after Christmas: nothing, by the calendar and by its value; what there is is cut after it.
        late = self.tree(900, 40)
        self.assertEqual((late["advice"], late["economic"]["last_order_day"]), ("stop", None))
        self.assertEqual(late["economic"]["order_now"], 0)
        self.assertEqual(late["economic"]["first_cut"], "2026-12-26")


@needs_clock
class Older(Brought):
    """A database from before purchase orders were kept takes them."""
    scripts, old_database = keeping_test.Keeping.scripts, keeping_test.Keeping.old_database

    def test_a_database_of_schema_11_takes_purchase_orders(self):
        self.old_database(11)
        line = self.bring({"WAY-1": (30, lambda day: 3, "29.99")}, COSTS + "WAY-1,6.00,1.50,USD,25-35,,\n",
                          "PO number,SKU,Units,Ordered on,Expected on\nPO-1,WAY-1,200,2026-11-10,2026-12-12\n")["WAY-1"]
        self.assertEqual(line["on_order"], 200)
        self.assertEqual(self.sql("SELECT lead_time_from, lead_time_to FROM cost"), [(25, 35)])
        self.assertEqual(self.sql("SELECT number, units, received_on FROM purchase_order"), [("PO-1", 200, None)])


class Orders(Case):
    def test_a_year_of_orders_is_ahead_of_both_rules(self):
        ran = self.destock("simulate", "--restock", "--random", "6", "--runs", "3", "--format", "json").json()
        self.assertEqual(len(ran["worlds"]), 7)
        for world in ran["worlds"]:
            self.assertEqual([one["policy"] for one in world["policies"]], ["playbook", "service_95", "joint"])
            for one in world["policies"][:2]:
                self.assertGreater(float(one["joint_ahead"]["amount"]), 0, (world["world"], one["policy"]))


if __name__ == "__main__":
    main()
