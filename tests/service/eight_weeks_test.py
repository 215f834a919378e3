"""Eight weeks of a small shop, from the first plan to what came of it: a market answers the files that are written, makes next week's
reports in Amazon's formats, and does not always do as it is told. One file is never uploaded at first, one row is refused, one price is
changed by hand; the rest goes as planned. Every action ends in its true state, none stands in two files, and money adds up to the orders."""
import csv
import datetime
import glob
import os

from product import Case, day, fee_preview_row, main, needs_clock, order_rows, planning_row, table_text

FIRST = datetime.date(2026, 11, 30)  # a Monday
PRICE, FULFILMENT = 29.99, 5.87
OK, OTHER, NEVER, REFUSED, HAND = "MK-OK-1", "MK-OK-2", "MK-NEVER-3", "MK-REFUSED-4", "MK-HAND-5"
SKUS = [OK, OTHER, NEVER, REFUSED, HAND]
ELASTICITY = -3.0


class Market:
    """What sells at a price: a base a day times the price's own effect, in whole units that add up."""

    def __init__(self):
        self.price = {sku: PRICE for sku in SKUS}
        self.stock = {sku: 900 for sku in SKUS}
        self.sold = {sku: [] for sku in SKUS}  # (day, units, price)
        self.owed = {sku: 0.0 for sku in SKUS}
        at = FIRST - datetime.timedelta(days=91)
        while at < FIRST:
            self.day(at)
            at += datetime.timedelta(days=1)
        self.stock = {sku: 900 for sku in SKUS}

    def day(self, at):
        for sku in SKUS:
            self.owed[sku] += 0.9 * (self.price[sku] / PRICE) ** ELASTICITY
            units = min(int(self.owed[sku]), self.stock[sku])
            self.owed[sku] -= units
            self.stock[sku] -= units
            self.sold[sku].append((at, units, self.price[sku]))

    def units(self, sku, first, last):
        return sum(u for at, u, _ in self.sold[sku] if first <= at <= last)

    def reports(self, case, name, at):
        planning, orders, fees = [], [], []
        for sku in SKUS:
            stock = self.stock[sku]
            ages = [stock // 4, stock // 4, stock // 4, stock - 3 * (stock // 4), 0]
            planning.append(planning_row(sku, at.isoformat(), stock, price="%.2f" % self.price[sku], t7=self.units(sku, at - datetime.timedelta(days=6), at),
                                         t30=self.units(sku, at - datetime.timedelta(days=29), at), ages=ages))
            fees.append(fee_preview_row(sku, price="%.2f" % self.price[sku], fulfilment="%.2f" % FULFILMENT))
            for when, units, price in self.sold[sku]:
                if units:
                    orders += order_rows(sku, when.isoformat(), when.isoformat(), units, price="%.2f" % price)
        return [case.write("%s/fba_inventory.csv" % name, table_text(planning)), case.write("%s/orders.txt" % name, table_text(orders, "\t")),
                case.write("%s/fee_preview.txt" % name, table_text(fees, "\t")),
                case.write("%s/costs.csv" % name, table_text([{"sku": sku, "marketplace": "US", "unit-cost": "4.00", "currency": "USD"} for sku in SKUS]))]


@needs_clock
class EightWeeks(Case):
    now = FIRST.isoformat() + " 09:00:00"

    def rows_of(self, folder):
        """{sku: price} of the price files in a folder."""
        prices = {}
        for path in glob.glob(os.path.join(self.folder, folder, "prices_*.txt")):
            with open(path, newline="") as file:
                for row in csv.DictReader(file, delimiter="\t"):
                    self.assertNotIn(row["sku"], prices, "one SKU once a week")
                    self.assertEqual((row["quantity"], row["fulfillment-channel"]), ("", ""), "what does not change stays empty")
                    prices[row["sku"]] = float(row["price"])
        return prices

    def actions(self):
        return self.destock("todo", "--every", "--format", "json").json()["actions"]

    def test_the_plan_is_carried_out_and_compared(self):
        market = Market()
        for channel in ("coupon", "ped", "wholesale", "liquidation", "removal", "outlet", "best_deal", "lightning"):
            self.assertEqual(self.destock("settings", "set", channel + "=off").code, 0)
        written, meaning, first_sale = {}, {}, None
        for week in range(8):
            monday = FIRST + datetime.timedelta(days=7 * week)
            self.clock(monday.isoformat() + " 09:00:00")
            self.imported(*market.reports(self, "week%d" % week, monday - datetime.timedelta(days=1)))
            if week == 1:
                states = {a["sku"]: a for a in self.actions() if a["approved"]}
                self.assertEqual(states[NEVER]["state"], "never_seen", "a day after its window")
                self.assertEqual((states[REFUSED]["state"], "8541" in states[REFUSED]["refusal"]), ("refused", True))
                self.assertEqual((states[OK]["state"], states[OK]["seen_on"]), ("live", (monday - datetime.timedelta(days=1)).isoformat()))
                self.assertEqual(self.destock("track", "--format", "json").json()["actions"][0]["sku"], NEVER, "what was never seen comes first")
                self.assertEqual(self.destock("not-done", states[NEVER]["id"], "--by", "wang").code, 0)
            self.plan()
            for action in self.actions():
                now = (action["sku"], action["channel"], (action["price"] or {}).get("amount"))
                self.assertEqual(meaning.setdefault(action["id"], now), now, "an id means one thing")
            self.assertEqual(self.destock("approve", "--all", "--by", "wang").code, 0)
            folder = "carry%d" % week
            ran = self.destock("carry-out", folder, "--by", "wang", "--format", "json")
            self.assertIn(ran.code, (0, 3), ran)
            for file in ran.json()["files"]:
                if file["kind"] == "prices":
                    for action in file["actions"]:
                        self.assertEqual(written.setdefault(action, file["name"]), file["name"], "an action stands in one file")
            self.upload(market, week, folder)
            for i in range(7):
                if week == 1 and i == 3:
                    market.price[HAND] += 2.5  # somebody thought better of it
                market.day(monday + datetime.timedelta(days=i))
        self.clock((FIRST + datetime.timedelta(days=56)).isoformat() + " 09:00:00")
        self.imported(*market.reports(self, "last", FIRST + datetime.timedelta(days=55)))
        self.judge(market)

    def upload(self, market, week, folder):
        prices = self.rows_of(folder)
        if week == 0:
            self.assertEqual(sorted(prices), sorted(SKUS), "five SKUs far in excess are all cut")
            report = self.write("report.txt", "Feed Processing Summary:\n\tNumber of records processed\t5\n\n"
                                "original-record-number\tsku\terror-code\terror-type\terror-message\n4\t%s\t8541\tError\tThe price is above the limit\n"
                                "2\t%s\t90220\tWarning\tNot a refusal\n" % (REFUSED, OTHER))
            self.assertEqual(self.destock("refused", report, "--format", "json").json()["warnings"], 1)
            prices.pop(NEVER), prices.pop(REFUSED)
        market.price.update(prices)

    def judge(self, market):
        track = self.destock("track", "--weeks", "10", "--format", "json").json()
        states = {}
        for action in track["actions"]:
            states.setdefault(action["sku"], []).append(action["state"])
            if action["state"] not in ("live", "finished"):
                continue
            first, last = day(action["from"]), min(day(action["to"]), FIRST + datetime.timedelta(days=55))
            units = market.units(action["sku"], first, last)
            self.assertEqual(action["actual"]["units"], units, action)
            paid = [(u, p) for at, u, p in market.sold[action["sku"]] if first <= at <= last]
            mean = sum(u * p for u, p in paid) / units
            self.assertAlmostEqual(float(action["actual"]["cash"]["amount"]), units * (mean * 0.85 - FULFILMENT), delta=0.02 * units)
        self.assertIn("ended_early", states[HAND], "a price changed by hand is seen")
        self.assertIn(states[OK][-1], ("live", "finished"))
        self.assertTrue({"live", "finished"} & set(states[NEVER]), "uploaded in the second week")
        account = track["account"]
        total = sum(float(a["actual"]["cash"]["amount"]) for a in track["actions"] if a["actual"]["cash"])
        self.assertAlmostEqual(float(account["came"]["amount"]), total, delta=0.05)
        parts = sum(float(account[name]["amount"]) for name in ("not_carried_out", "price_differs", "stock_out", "demand"))
        self.assertAlmostEqual(float(account["planned"]["amount"]) - float(account["came"]["amount"]), parts, delta=0.05)
        # Nothing that was decided is lost.
        log = self.destock("decisions", "--format", "json").json()["decisions"]
        self.assertTrue(any(row["kind"] == "not_done" and row["person"] == "wang" for row in log))


if __name__ == "__main__":
    main()
