"""After a peak: what the coming half year will sell, by a shop with one year of orders that rises in the fourth quarter, and by one whose goods die."""
import datetime

from product import Case, day, fee_preview_row, main, order_rows, planning_row, table_text

TODAY = "2026-11-30"
START = day(TODAY) - datetime.timedelta(days=364)


def rising(at):
    """Four a day, eight from October on: the rise of a year with one peak in it."""
    return 8 if at >= day("2026-10-01") else 4


def dying(number):
    """Two in three of the goods stop for good, each on a day of its own; the others wander about their pace."""
    last = START + datetime.timedelta(days=200 + number) if number % 3 else day("2030-01-01")
    return lambda at: 0 if at > last else 3 + (at.toordinal() // 40 + number) % 3


class AfterThePeak(Case):
    def forecast(self, paces):
        yesterday = (day(TODAY) - datetime.timedelta(days=1)).isoformat()
        rows = [row for number, pace in enumerate(paces) for row in order_rows("PK-%03d" % number, START.isoformat(), yesterday, pace)]
        self.imported(self.write("orders.txt", table_text(rows, "\t")))
        return self.destock("forecast", "--as-of", TODAY, "--format", "json").json()["skus"]

    def test_one_peak_is_not_read_as_growth(self):
        for sku in self.forecast([rising] * 30):
            totals = {total["weeks"]: total for total in sku["totals"]}
            self.assertEqual(sorted(totals), [8, 13, 26, 52])
            self.assertLess(totals[26]["mean"], 0.85 * 8 * 182, "spring does not sell what November did")
            self.assertGreater(totals[26]["mean"], 0.7 * 4 * 182)
            for total in totals.values():
                self.assertLess(total["p10"], total["p50"])
                self.assertLess(total["p50"], total["p90"])
                self.assertAlmostEqual(total["mean"], sum(week["mean"] for week in sku["weeks"][:total["weeks"]]), delta=1)

    def test_a_shop_whose_goods_die_says_so(self):
        skus = {sku["sku"]: sku for sku in self.forecast([dying(number) for number in range(150)])}
        alive = [sku["totals"][2]["stops"] for name, sku in skus.items() if int(name[3:]) % 3 == 0]
        dead = [sku["totals"][2]["mean"] for name, sku in skus.items() if int(name[3:]) % 3 and int(name[3:]) < 60]
        self.assertTrue(all(stops > 0.06 for stops in alive), alive)
        self.assertTrue(all(mean < 0.5 * 4 * 182 for mean in dead), dead)
        words = self.destock("forecast", "--as-of", TODAY, "--sku", "PK-003")
        self.assertIn("that it all but stops", " ".join(words.out.split()))
        self.assertIn("几乎停销", self.destock("forecast", "--as-of", TODAY, "--sku", "PK-003", "--lang", "zh").out)


class TooMuchInJanuary(Case):
    """2,840 units of one SKU that sells 280 a month, on the first Monday of January: what to do now, why not more, what waiting costs, by when it is gone."""
    now = "2027-01-04"
    SKU = "CUSHION"

    def setUp(self):
        super().setUp()
        nine = lambda at: int(280 / 30 * (at.toordinal() + 1)) - int(280 / 30 * at.toordinal())
        self.imported(
            self.write("fba_inventory_2027-01-04.csv", table_text([planning_row(self.SKU, "2027-01-04", 2840, price="35.99", t7=65, t30=280, ages=[240, 1500, 1100, 0, 0], item_volume="0.2")])),
            self.write("fee_preview_2027-01-04.txt", table_text([fee_preview_row(self.SKU, price="35.99", fulfilment="9.11", weight="3.0")], "\t")),
            self.write("orders.txt", table_text(order_rows(self.SKU, "2026-01-05", "2027-01-03", nine, price="35.99"), "\t")),
            self.write("costs.csv", table_text([{"sku": self.SKU, "marketplace": "US", "unit-cost": "8.00", "currency": "USD"}])))

    def test_it_is_told_what_to_do_and_what_may_come(self):
        plan = self.plan()
        line = plan["lines"][0]
        value, held = float(line["net_recovery"]["amount"]), float(line["hold_net_recovery"]["amount"])
        first = line["actions"][0]
        self.assertEqual(first["start"], "2027-01-04")
        self.assertLess(float(first["price"]["amount"]), 35.99, "cut now, not at the surcharge")
        self.assertGreater(float(first["price"]["amount"]), 0.65 * 35.99, "and not to the bone")
        self.assertGreater(value, held + 1000)
        self.assertGreater(value, float(line["playbook_net_recovery"]["amount"]))
        low, high = float(line["net_recovery_p10"]["amount"]), float(line["net_recovery_p90"]["amount"])
        self.assertLess(low, 0.9 * value, "nobody knows the level")
        self.assertGreater(high, value)
        self.assertLess(high, float(line["upper_bound"]["amount"]) * 1.2)
        waits = [float(line["cost_of_delay"][weeks]["amount"]) for weeks in ("1", "2", "4", "8")]
        self.assertEqual(waits, sorted(waits))
        self.assertGreater(waits[3], 100)
        self.assertLess(line["out_by_end"], 0.5, "ten months of stock are not gone in six")
        left = line["weeks"][-1]["units_start"] - line["weeks"][-1]["units_sold"]
        self.assertGreater(left, 500)
        self.assertLess(left, 2000)

    def test_it_is_said_in_both_languages(self):
        self.plan()
        english = " ".join(self.destock("why", self.SKU, "--lang", "en").out.split())
        for words in ("more than holding", "Next best now", "price-sensitive", "expected to be left on"):
            self.assertIn(words, english)
        chinese = self.destock("why", self.SKU, "--lang", "zh").out
        for words in ("Prime 专享折扣", "弹性"):
            self.assertIn(words, chinese)


if __name__ == "__main__":
    main()
