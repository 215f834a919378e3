"""After a peak: what the coming half year will sell, by a shop with one year of orders that rises in the fourth quarter, and by one whose goods die."""
import datetime

from product import Case, day, main, order_rows, table_text

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


if __name__ == "__main__":
    main()
