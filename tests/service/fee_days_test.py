"""Claims: a fee is that of its day, its price and its ages; what is taken from another day, season or age says so, and what no report tells is named."""
from product import Case, aged_row, fee_preview_row, main, needs_clock, order_rows, planning_row, storage_row

SIDES, WEIGHT = ("11.81", "7.87", "3.14"), "0.77"  # 30 x 20 x 8 cm, 350 g: small parcel by 0.96 kg of dimension


@needs_clock
class FeesOfTheDay(Case):
    now = "2026-11-29 09:00:00"

    def stock(self, marketplace, currency, *, ages, price="29.99", volume="0.5", t30=7, t7=1, group="Toys"):
        self.table("in/fba_inventory.csv", [planning_row("S-1", "2026-11-28", sum(ages), marketplace=marketplace, currency=currency, price=price, t7=t7, t30=t30,
                                                         ages=ages, item_volume=volume, product_group=group)])

    def preview(self, name, store, currency, fulfilment, *, price="29.99", group="Toys"):
        row = fee_preview_row("S-1", currency=currency, store=store, price=price, fulfilment=fulfilment, sides=SIDES, weight=WEIGHT, tier="SmallParcel")
        row["product-group"] = group
        self.table("in/" + name, [row], delimiter="\t")

    def import_all(self):
        self.imported(self.folder + "/in", codes=(0, 3))

    def json(self, *command):
        ran = self.destock(*command, "--format", "json")
        self.assertIn(ran.code, (0, 3), ran)
        return ran.json()

    def part(self, name):
        return [part for part in self.json("explain", "--sku", "S-1")["sale"] if part["id"] == name][0]

    def assumptions(self):
        return " ".join(self.plan()["lines"][0]["assumptions"])

    def month(self, explained, of):
        return [month for month in explained["holding"] if month["from"].startswith(of)][0]

    # -- Fee Preview

    def test_a_preview_of_september_is_raised_by_what_the_peak_adds(self):
        self.stock("DE", "EUR", ages=[0, 0, 300, 0, 0], price="59.99")
        self.preview("fee_preview_DE_2026-09-20.txt", "Amazon.de", "EUR", "3.46", price="59.99")
        self.import_all()
        fulfilment = self.part("fulfilment")
        self.assertEqual(fulfilment["amount"]["amount"], "-3.68")  # 3.46 + (3.63 - 3.41) x 1.015
        self.assertIn("Fee Preview of 2026-09-20, and what the card has changed since", fulfilment["source"])
        self.assertIn("from 2027-01-15 what a sale pays to ship is EUR 0.22 less", self.assumptions())

    def test_a_preview_of_the_peak_is_a_peak_fee(self):
        self.stock("DE", "EUR", ages=[0, 0, 300, 0, 0], price="59.99")
        self.preview("fee_preview_DE_2026-11-28.txt", "Amazon.de", "EUR", "3.68", price="59.99")
        self.import_all()
        self.assertEqual(self.part("fulfilment")["amount"]["amount"], "-3.68")
        self.assertEqual(self.json("facts", "--check")["disagree"]["differences"], [])

    def test_a_preview_at_a_higher_price_is_lowered_to_the_low_price_fee(self):
        self.stock("DE", "EUR", ages=[0, 0, 300, 0, 0], price="14.99")
        self.preview("fee_preview_DE_2026-11-28.txt", "Amazon.de", "EUR", "3.68", price="59.99")
        self.import_all()
        self.assertEqual(self.part("fulfilment")["amount"]["amount"], "-3.29")  # 3.68 + (3.25 - 3.63) x 1.015: no peak

    # -- peak and low prices

    def test_a_low_price_does_not_fall_after_the_peak(self):
        self.stock("DE", "EUR", ages=[0, 0, 0, 0, 400], price="24.99", t30=4)
        self.preview("fee_preview_DE_2026-11-28.txt", "Amazon.de", "EUR", "3.68", price="24.99")
        self.import_all()
        self.plan()
        line = self.json("why", "S-1")["lines"][0]
        # The first week is still partly at today's price; all others are at a low one.
        each = [float(week["cash"]["amount"]) / week["units_sold"] for week in line["weeks"][1:] if week["units_sold"] > 1 and week["units_out"] == 0]
        self.assertGreater(len(each), 8)
        self.assertLess(max(each) - min(each), 0.05, line["weeks"])
        self.assertIn("EUR 0.22 less than its fulfilment fee at today's price", " ".join(line["assumptions"]))

    # -- the seller's own rates

    def test_one_season_does_not_speak_for_the_other_unsaid(self):
        self.stock("FR", "EUR", ages=[100, 100, 0, 0, 0])
        self.preview("fee_preview_FR_2026-11-28.txt", "Amazon.fr", "EUR", "5.96")
        self.table("in/storage_2026-09.csv", [storage_row("X0S01", "2026-09", "40.00")])  # 0.80 a cubic foot
        self.import_all()
        explained = self.json("explain", "--sku", "S-1")
        december = self.month(explained, "2026-12")
        self.assertEqual((december["storage"]["amount"], december["storage_bound"]), ("80.00", "at_least"))
        self.assertIsNone(self.month(explained, "2027-01")["storage_bound"])
        self.assertIn("storage of October to December was not seen", " ".join(explained["holding_unknown"]))
        self.assertIn("storage of October to December was not seen", self.assumptions())
        self.assertRegex(" ".join(self.json("facts")["unknown"]), r"FR: fees unknown \([^)]*storage")

    def test_october_does_not_speak_for_january_unsaid(self):
        self.stock("FR", "EUR", ages=[100, 100, 0, 0, 0])
        self.preview("fee_preview_FR_2026-11-28.txt", "Amazon.fr", "EUR", "5.96")
        self.table("in/storage_2026-10.csv", [storage_row("X0S01", "2026-10", "40.00")])
        self.import_all()
        explained = self.json("explain", "--sku", "S-1")
        self.assertIsNone(self.month(explained, "2026-12")["storage_bound"])
        self.assertEqual(self.month(explained, "2027-01")["storage_bound"], "at_most")
        self.assertIn("storage of January to September was not seen", self.assumptions())

    def test_one_age_does_not_speak_for_older_ones_unsaid(self):
        self.stock("FR", "EUR", ages=[0, 0, 0, 0, 200])
        self.preview("fee_preview_FR_2026-11-28.txt", "Amazon.fr", "EUR", "5.96")
        self.table("in/storage_2026-10.csv", [storage_row("X0S01", "2026-10", "40.00")])
        self.table("in/aged.csv", [aged_row("S-1", "2026-11-15", "241-270 days", "150.00", "100")])
        self.import_all()
        explained = self.json("explain", "--sku", "S-1")
        december = self.month(explained, "2026-12")
        self.assertEqual((december["surcharge"]["amount"], december["surcharge_at_least"]), ("300.00", True))
        self.assertIn("aged surcharge of some ages was not seen", self.assumptions())
        self.assertRegex(" ".join(self.json("facts")["unknown"]), r"FR: fees unknown \([^)]*aged_surcharge")
        self.assertEqual(self.json("health")["summary"]["surcharge_unknown_skus"], 1)

    def test_rates_of_two_years_have_no_mean(self):
        self.stock("DE", "EUR", ages=[100, 100, 0, 0, 0])
        self.table("in/storage_2025-12.csv", [storage_row("X0S01", "2025-12", "100.00", country="DE")])
        self.table("in/storage_2026-10.csv", [storage_row("X0S01", "2026-10", "50.00", country="DE")])
        self.table("in/aged_2025.csv", [aged_row("S-1", "2025-11-15", "271-300 days", "100.00", "100", country="FR")])
        self.import_all()
        own = [rate for rate in self.json("facts", "--check")["own_rates"] if rate["fee"] == "storage"]
        self.assertEqual([(rate["rows"], rate["from"]) for rate in own], [(1, "2026-10-01")])
        self.assertAlmostEqual(own[0]["rate_exact"], 35.3146667, places=2)
        self.assertEqual(self.month(self.json("explain", "--sku", "S-1"), "2026-12")["storage"]["amount"], "100.00")

    # -- what is not known

    def test_an_unknown_surcharge_is_not_nothing(self):
        self.stock("AU", "AUD", ages=[0, 0, 0, 0, 200])
        self.table("in/storage_2026-10.csv", [storage_row("X0S01", "2026-10", "40.00", country="AU", currency="AUD")])
        self.import_all()
        explained = self.json("explain", "--sku", "S-1")
        self.assertIsNone(self.month(explained, "2026-12")["surcharge"])
        self.assertIn("the aged surcharge of some months is unknown", " ".join(explained["holding_unknown"]))
        health = self.json("health")
        self.assertEqual(health["summary"]["surcharge_unknown_skus"], 1)
        self.assertIn("aged inventory surcharge is unknown", " ".join(health["warnings"]))

    def test_young_stock_pays_no_surcharge_whatever_the_card(self):
        self.stock("AU", "AUD", ages=[200, 0, 0, 0, 0])
        self.import_all()
        self.assertEqual(self.month(self.json("explain", "--sku", "S-1", "--until", "2026-12-31"), "2026-12")["surcharge"]["amount"], "0.00")
        self.assertEqual(self.json("health")["summary"]["surcharge_unknown_skus"], 0)

    # -- fees that hang on sales

    def test_the_utilisation_surcharge_is_reckoned_without_all_orders(self):
        # 300 x 0.5 ft³ held, 3 x 4 of 90 days sold: 37 weeks and more
        self.stock("US", "USD", ages=[0, 0, 0, 0, 300], t30=4)
        self.preview("fee_preview_US_2026-11-28.txt", "Amazon.com", "USD", "5.93")
        self.import_all()
        explained = self.json("explain", "--sku", "S-1")
        january = self.month(explained, "2027-01")
        self.assertEqual(january["utilisation"]["amount"], "282.00")  # 150 ft³ x 1.88: over 52 weeks
        self.assertIn("storage utilisation surcharge counted", self.assumptions())

    def test_the_low_inventory_fee_is_named_and_needs_no_all_orders(self):
        self.stock("US", "USD", ages=[60, 0, 0, 0, 0], t7=35, t30=150)
        self.table("in/fee_preview_2026-11-28.txt", [fee_preview_row("S-1")], delimiter="\t")
        self.import_all()
        self.assertEqual(self.part("low_inventory")["amount"]["amount"], "-0.97")

    def test_more_a_year_is_not_nothing_without_all_orders(self):
        self.stock("DE", "EUR", ages=[0, 0, 300, 0, 0], price="59.99", t30=4)
        self.preview("fee_preview_DE_2026-11-28.txt", "Amazon.de", "EUR", "3.94", price="59.99")
        self.import_all()
        difference = self.json("facts", "--check")["disagree"]["differences"][0]
        self.assertAlmostEqual(float(difference["a_year"]["amount"]), 0.26 * 12 / 90 * 365, delta=0.1)

    # -- a figure in conflict

    def test_a_cut_to_a_price_in_conflict_says_both_figures(self):
        self.stock("UK", "GBP", ages=[0, 0, 0, 0, 300], price="24.99", t30=4, group="Home & Kitchen")
        self.preview("fee_preview_UK_2026-11-28.txt", "Amazon.co.uk", "GBP", "3.21", price="24.99", group="Home & Kitchen")
        self.import_all()
        self.assertRegex(self.assumptions(), r"referral fee at GBP \d+\.\d\d and other lower prices: sources differ, GBP \d\.\d\d / \d\.\d\d; the dearer is counted")


if __name__ == "__main__":
    main()
