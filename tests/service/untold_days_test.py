"""Days of which no report of sales tells, between days of which some do: a month that nobody downloaded, orders that go on as shipments. Their
sales are not known; they are never days without sales, and never counted twice."""
import datetime

from doubts_test import MANAGE, Doubts
from product import main, order_rows, table_text

def shipped(rows, after=2):
    """The same orders as Amazon Fulfilled Shipments tells them, so many days after they were bought."""
    out = []
    for row in rows:
        bought = datetime.datetime.fromisoformat(row["purchase-date"])
        out.append({"amazon-order-id": row["amazon-order-id"], "purchase-date": row["purchase-date"], "payments-date": row["purchase-date"],
                    "shipment-date": (bought + datetime.timedelta(days=after)).isoformat(), "sku": row["sku"], "product-name": "Toy", "quantity-shipped": row["quantity"],
                    "currency": "USD", "item-price": row["item-price"], "sales-channel": "Amazon.com"})
    return out


class Gaps(Doubts):
    def stock(self, date="2025-12-21", sku="TOY-7"):
        self.write("US/fba_%s.txt" % date, MANAGE + sku + "\tX\tB\tToy\tNew\t9.99\t90\n")
        self.imported(self.folder + "/US/fba_%s.txt" % date)

    def orders(self, name, first, last, units=4, sku="TOY-7"):
        return self.imported(self.write(name, table_text(order_rows(sku, first, last, units), "\t")))

    def health(self, as_of="2025-12-21"):
        ran = self.destock("health", "--format", "json", "--as-of", as_of)
        self.assertEqual(ran.code, 0, ran)
        return ran.json()

    def forecast(self, as_of="2025-12-21", lang="en"):
        ran = self.destock("forecast", "--sku", "TOY-7", "--format", "json", "--as-of", as_of, "--lang", lang)
        self.assertEqual(ran.code, 0, ran)
        return ran.json()["skus"][0]

    def next_weeks(self):
        return self.forecast()["totals"][0]["mean"]

    def test_a_month_that_nobody_downloaded_is_not_a_month_without_sales(self):
        self.orders("early.txt", "2025-06-01", "2025-08-31")
        said = self.orders("late.txt", "2025-10-21", "2025-12-20")
        self.assertIn("from 2025-09-01 to 2025-10-20 (50 days)", str(said["compared"]))
        self.assertIn("not as days without sales", str(said["compared"]))
        self.stock()
        self.assertIn("2025-09-01 to 2025-10-20", str(self.health()["warnings"]))
        holes = self.next_weeks()
        weeks = {week["start"]: week["sold"] for week in self.forecast()["history"]}
        within = [sold for start, sold in weeks.items() if "2025-09-05" <= start <= "2025-10-12"]
        self.assertEqual(set(within), {None}, weeks)
        self.orders("autumn.txt", "2025-09-01", "2025-10-20")
        self.assertNotIn("without sales", str(self.health()["warnings"]))
        whole = self.next_weeks()
        self.assertAlmostEqual(holes / whole, 1, delta=0.1)

    def test_a_shop_that_sells_seldom_has_days_without_sales(self):
        one = lambda day: int(day.day in (3, 20))
        self.orders("july.txt", "2025-07-01", "2025-07-31", one)
        said = self.orders("august.txt", "2025-08-01", "2025-12-20", one)
        self.assertNotIn("without sales", str(said))

    def test_months_that_follow_each_other_have_no_gap(self):
        for month, last in ((9, 30), (10, 31), (11, 30)):
            said = self.orders("m%d.txt" % month, "2025-%02d-01" % month, "2025-%02d-%d" % (month, last))
            self.assertNotIn("without sales", str(said))

    def test_a_gap_in_the_last_month_does_not_halve_what_a_sku_sells(self):
        self.orders("november.txt", "2025-10-01", "2025-11-28")
        self.orders("december.txt", "2025-12-11", "2025-12-20")
        self.stock()
        one = self.health()["skus"][0]
        self.assertEqual(one["velocity"]["basis"], "orders_partial")
        self.assertAlmostEqual(one["velocity"]["d30"], 4, delta=0.2)
        self.assertAlmostEqual(one["units_last_month"], 120, delta=6)

    def test_orders_that_end_early_speak_for_the_month_by_their_own_days(self):
        self.orders("orders.txt", "2025-10-01", "2025-12-05")
        self.stock()
        one = self.health()["skus"][0]
        self.assertAlmostEqual(one["velocity"]["d30"], 4, delta=0.2)
        self.assertAlmostEqual(one["units_last_month"], 120, delta=6)

    def test_orders_that_ended_a_month_ago_say_nothing_of_the_last(self):
        self.orders("orders.txt", "2025-08-01", "2025-11-24")
        self.stock()
        one = self.health()["skus"][0]
        self.assertEqual((one["velocity"]["basis"], one["units_last_month"]), ("unknown", None))

    def test_orders_that_go_on_as_shipments_count_once(self):
        rows = order_rows("TOY-7", "2025-10-01", "2025-12-20", 4)
        self.imported(self.write("orders.txt", table_text([r for r in rows if r["purchase-date"] < "2025-12-01"], "\t")))
        self.imported(self.write("shipments.txt", table_text([r for r in shipped(rows) if "2025-11-15" <= r["shipment-date"] < "2025-12-21"], "\t")))
        self.stock()
        found = self.health()
        # What was bought on the last days of orders ships on the two days after.
        self.assertRegex(str(found["warnings"]), r"from 2025-1\d-\d\d to 2025-12-0\d \(2 days\)")
        self.assertAlmostEqual(found["skus"][0]["velocity"]["d30"], 4, delta=0.2)
        sold = sum(week["sold"] or 0 for week in self.forecast()["history"])
        self.assertEqual(sold % 4, 0)
        self.assertLessEqual(sold, 4 * 81)

    def test_it_is_said_in_chinese(self):
        self.orders("early.txt", "2025-06-01", "2025-08-31")
        self.orders("late.txt", "2025-10-21", "2025-12-20")
        self.stock()
        ran = self.destock("health", "--lang", "zh", "--as-of", "2025-12-21")
        self.assertIn("2025-09-01 至 2025-10-20（50 天）没有任何销售报告", ran.out + ran.err)


if __name__ == "__main__":
    main()
