"""Claims: a sale pays its closing fee; a category's most specific name decides; a break-even price breaks even; storage is learned from its base alone; what is
written in another currency is refused; a card's slips are found."""
import os
import re

from product import ROOT, Case, fee_preview_row, main, needs_clock, order_rows, planning_row, storage_row


class Quotes(Case):
    def fees(self, marketplace, category="", price="20", date="2026-08-01", dims="20x15x3cm", weight="300g", **more):
        ran = self.run_command("fees", "--marketplace", marketplace, "--dims", dims, "--weight", weight, "--price", price, "--category", category, "--date", date,
                               "--format", "json", *more.get("options", ()))
        self.assertEqual(ran.code, 0, ran)
        return ran.json()

    def amount(self, fee):
        return fee and fee["amount"]

    def test_media_pay_a_closing_fee_beside_the_referral_fee(self):
        for store, category, closing in (("US", "Books", "1.80"), ("US", "Music", "1.80"), ("US", "Software", "1.80"), ("US", "Video Game Consoles", "1.80"),
                                         ("UK", "Books", "0.50"), ("UK", "Video Games", "0.50"), ("DE", "Books", "1.01"), ("DE", "DVD", "0.81"),
                                         ("FR", "Books", "0.61"), ("JP", "Music", "140"), ("US", "Musical Instruments", None), ("US", "Toys", None)):
            with self.subTest((store, category)):
                self.assertEqual(self.amount(self.fees(store, category)["closing"]), closing)
        book = self.fees("US", "Books", "20")
        self.assertEqual((book["referral"]["amount"], book["closing"]["amount"]), ("3.00", "1.80"))
        self.assertEqual(self.fees("UK", "Books", "12")["referral"]["amount"], "1.80")

    def test_a_closing_fee_without_a_source_is_unknown_and_said(self):
        for store in ("CA", "MX", "NL", "PL"):
            got = self.fees(store, "Books", "200")
            self.assertIsNone(got["closing"])
            self.assertIn("closing fee of media not known: in no figure", got["unknown"])
        self.assertNotIn("closing fee", str(self.fees("CA", "Toys", "200")["unknown"]))
        self.assertEqual((self.fees("JP", "Books", "2000")["closing"]["amount"], self.fees("JP", "Books", "2000")["conflicts"]), ("140", []))  # 80 until April 2025

    def test_the_most_specific_name_of_a_category_decides(self):
        for store, category, price, referral in (("UK", "Computers", "50", "3.50"), ("UK", "Computer Accessories", "50", "7.50"),
                                                 ("UK", "Computer Accessories", "200", "23.00"), ("UK", "Electronics Accessories", "50", "7.50"),
                                                 ("UK", "电脑配件", "50", "7.50"), ("DE", "Computerzubehör", "50", "7.50"), ("FR", "Computer Accessories", "50", "7.50"),
                                                 ("UK", "Home Linen and Rugs", "15", "2.25"), ("UK", "Home Products", "15", "1.20"),
                                                 ("JP", "Computer Accessories", "2000", "208"), ("JP", "Computers", "2000", "168"),
                                                 ("JP", "Electronics Accessories", "700", "35"), ("US", "Electronics Accessories", "200", "23.00")):
            with self.subTest((store, category, price)):
                self.assertEqual(self.amount(self.fees(store, category, price)["referral"]), referral)

    def test_a_category_that_names_two_is_neither(self):
        got = self.fees("UK", "Computers & Accessories", "50")
        self.assertIsNone(got["referral"])
        self.assertEqual([f["amount"] for c in got["conflicts"] if c["fee"] == "referral" for f in c["figures"]], ["3.50", "7.50"])
        other = self.fees("UK", "Full-Size Appliances", "50")
        self.assertEqual(other["referral"]["amount"], "3.50")

    def test_heavy_oversize_pays_a_least_referral_fee(self):
        for store in ("UK", "DE", "FR", "IT", "ES"):
            heavy = self.fees(store, price="100", dims="160x30x30cm", weight="30kg")
            self.assertEqual((heavy["size_tier"], heavy["referral"]["amount"]), ("heavy_oversize", "20.00"), store)
            self.assertEqual(self.fees(store, price="200", dims="160x30x30cm", weight="30kg")["referral"]["amount"], "30.00")
        special = self.fees("UK", price="100", dims="180x60x60cm", weight="25kg")
        self.assertIn("least referral fee that is not known", " ".join(special["unknown"]))
        self.assertNotIn("least referral", " ".join(self.fees("UK", price="100")["unknown"]))

    def test_clothing_in_the_peak_is_at_least_the_ordinary_fee(self):
        for store in ("UK", "DE"):
            ordinary, peak = (self.fees(store, "Clothing", "30", date, "30x20x8cm", "350g") for date in ("2026-10-14", "2026-10-15"))
            self.assertEqual(ordinary["fulfilment"], peak["fulfilment"])
            self.assertTrue(peak["peak_unknown"])
            self.assertFalse(self.fees(store, "Toys", "30", "2026-10-15", "30x20x8cm", "350g")["peak_unknown"])

    def test_a_price_in_another_currency_is_refused(self):
        for price in ("20EUR", "€20", "20%", "EUR 20", "20 元"):
            ran = self.run_command("fees", "--marketplace", "US", "--dims", "10x6x3in", "--weight", "1lb", "--price", price)
            self.assertEqual(ran.code, 2, (price, ran))
            self.assertIn("USD", ran.err)
        for price in ("20", "20USD", "$20", "USD 20", "20.00"):
            self.assertEqual(self.fees("US", price=price)["referral"]["amount"], "3.00")
        self.assertEqual(self.fees("UK", price="£20")["referral"]["amount"], "3.00")

    def test_sides_and_weight_in_chinese_units(self):
        one = self.fees("UK", dims="30x20x8cm", weight="350g")
        for dims, weight in (("30×20×8厘米", "350克"), ("300*200*80毫米", "0.35公斤"), ("30 x 20 x 8 cm", "0.35千克")):
            self.assertEqual(self.fees("UK", dims=dims, weight=weight)["fulfilment"], one["fulfilment"])
        self.assertEqual(self.fees("US", dims="10×6×3英寸", weight="1磅")["fulfilment"], self.fees("US", dims="10x6x3in", weight="16盎司")["fulfilment"])

    def test_nought_is_said_to_be_nought(self):
        for option, value in (("--dims", "0x6x3in"), ("--dims", "-1x6x3in"), ("--weight", "0lb"), ("--price", "0")):
            given = {"--dims": "10x6x3in", "--weight": "1lb", "--price": "20"}
            given[option] = value
            ran = self.run_command("fees", *[word for pair in given.items() for word in ("%s=%s" % pair,)])
            self.assertEqual(ran.code, 2, ran)
            self.assertIn("must be above 0", ran.err)


class Lint(Case):
    def lint(self, change, store="uk"):
        with open(os.path.join(ROOT, "data", "ratecards", store + ".toml"), encoding="utf-8") as file:
            text = file.read()
        changed = change(text)
        self.assertNotEqual(text, changed)
        return self.run_command("facts", "lint", self.write(store + ".toml", changed))

    def refused(self, change, said, store="uk"):
        ran = self.lint(change, store)
        self.assertNotEqual(ran.code, 0, ran)
        self.assertIn(said, ran.err)

    def test_money_is_digits_and_a_point(self):
        for figure in ("0.76 USD", "1,510", "0,76", "$0.76", "0.76%", ""):
            self.refused(lambda text: text.replace('jan_sep = "0.76"', 'jan_sep = "%s"' % figure), "must be a decimal in quotes")

    def test_a_surcharge_twice_is_found(self):
        def twice(text):
            first = re.search(r"\[\[surcharge\]\].*?(?=\n\[)", text, re.S).group(0)
            return text + "\n" + first + "\n"
        self.refused(twice, "rows overlap")

    def test_a_weight_beyond_the_tier_is_found(self):
        self.refused(lambda text: text.replace('id = "small_parcel"\nunit = "g"', 'id = "small_parcel"\nunit = "kg"', 1), "is its unit right?")

    def test_a_tier_that_is_none_is_found_in_every_table(self):
        self.refused(lambda text: re.sub(r'(\[\[programme_fee\]\].*?id = ")small_bulky"', r'\1smal_bulky"', text, count=1, flags=re.S), "no size tier has the id", "us")
        self.refused(lambda text: text.replace('minimum_of_tier = [["heavy_oversize"', 'minimum_of_tier = [["heavy"'), "no size tier has the id")

    def test_no_such_file(self):
        ran = self.run_command("facts", "lint", self.folder + "/none.toml")
        self.assertIn("there is no such file", ran.err)

    def test_shipped_cards_are_right(self):
        folder = os.path.join(ROOT, "data", "ratecards")
        for name in sorted(os.listdir(folder)):
            ran = self.run_command("facts", "lint", os.path.join(folder, name))
            self.assertEqual(ran.code, 0, ran)


@needs_clock
class Accounts(Case):
    now = "2026-11-30 09:00:00"

    def shop(self, *, price="20.00", category="Books", closing="1.80", fulfilment="5.06", referral=None, cost="3", **more):
        self.table("in/fba_inventory.csv", [planning_row("S-1", "2026-11-29", 200, price=price, t7=2, t30=9, ages=[40, 60, 100, 0, 0], product_group=category, **more)])
        fees = fee_preview_row("S-1", price=price, fulfilment=fulfilment, referral=referral)
        fees["estimated-variable-closing-fee"] = closing
        fees["product-group"] = category
        self.table("in/fee_preview_2026-11-29.txt", [fees], delimiter="\t")
        self.table("in/all_orders.txt", order_rows("S-1", "2026-08-01", "2026-11-28", lambda at: at.toordinal() % 3 == 0, price=price), delimiter="\t")
        self.table("in/costs.csv", [{"SKU": "S-1", "unit cost": cost, "currency": "USD"}])
        self.imported(self.folder + "/in", codes=(0, 3))

    def explained(self, *more):
        ran = self.destock("explain", "--sku", "S-1", "--format", "json", *more)
        self.assertEqual(ran.code, 0, ran)
        return ran.json()

    def part(self, explained, name):
        return {part["id"]: part["amount"] and part["amount"]["amount"] for part in explained["sale"]}.get(name)

    def test_the_closing_fee_of_fee_preview_is_in_the_net(self):
        self.shop()
        got = self.explained()
        self.assertEqual(self.part(got, "closing"), "-1.80")
        self.assertEqual(got["net_of_sale"]["amount"], "10.14")  # 20.00 - 3.00 - 1.80 - 5.06
        self.assertEqual(got["profit_now"]["amount"], "7.14")

    def test_a_previewed_nought_is_none_and_a_blank_is_the_cards(self):
        self.shop(closing="0.00")
        self.assertIsNone(self.part(self.explained(), "closing"))
        self.db = os.path.join(self.folder, "blank.db")
        self.shop(closing="")
        self.assertEqual(self.part(self.explained(), "closing"), "-1.80")

    def break_even(self, **shop):
        """The price, and what a unit brings at it and one ending below."""
        self.shop(**shop)
        return self.explained()["break_even_price"]["amount"]

    def test_a_unit_sold_at_the_break_even_price_loses_nothing(self):
        for start, cost in (("20.00", "3"), ("9.00", "3"), ("30.00", "0.60"), ("25.00", "14.37")):
            # No fee is previewed: the card speaks at every price.
            with self.subTest((start, cost)):
                self.db = os.path.join(self.folder, "%s-%s.db" % (start, cost))
                price = self.break_even(price=start, cost=cost, fulfilment="", referral="0.00", closing="", category="Toys")
                profits = []
                for step, at in enumerate((float(price), float(price) - 0.10)):
                    self.db = os.path.join(self.folder, "%s-%s-%d.db" % (start, cost, step))
                    self.shop(price="%.2f" % at, cost=cost, fulfilment="", referral="0.00", closing="", category="Toys")
                    profits.append(float(self.explained()["profit_now"]["amount"]))
                self.assertGreaterEqual(profits[0], 0)
                self.assertLess(profits[1], 0)

    def storage(self, months, **parts):
        header = ["base_rate", "utilization_surcharge_rate", "est_base_msf", "est_sus", "storage_utilization_ratio", "storage_utilization_ratio_units", "total_incentive_fee_amount"]
        for month, fee in months:
            row = storage_row("X0S01", month, fee, country="US", currency="USD")
            row.update({key: parts.get(key, "") for key in header} if parts else {})
            self.table("in/storage_%s.csv" % month, [row])

    def checked(self):
        ran = self.destock("facts", "--check", "--format", "json")
        self.assertEqual(ran.code, 0, ran)
        return ran.json()

    def test_a_surcharge_is_no_rate_of_storage(self):
        self.storage([("2026-09", "77.00")], base_rate="0.78", utilization_surcharge_rate="0.76", est_base_msf="39.00", est_sus="38.00",
                     storage_utilization_ratio="30", storage_utilization_ratio_units="weeks", total_incentive_fee_amount="0")
        self.shop(item_volume="0.5")
        own = {rate["fee"]: rate for rate in self.checked()["own_rates"]}
        self.assertEqual((own["storage"]["rate"]["amount"], own["storage"]["used"], own["storage"]["a_year"]["amount"]), ("0.78", False, "0.00"))
        self.assertEqual((own["utilisation"]["rate"]["amount"], own["utilisation"]["used"]), ("0.76", False))
        self.assertIsNotNone(own["utilisation"]["card"])

    def test_a_discount_is_no_rate_of_storage(self):
        self.storage([("2026-09", "19.50")], base_rate="0.78", utilization_surcharge_rate="0", est_base_msf="39.00", est_sus="0",
                     storage_utilization_ratio="10", storage_utilization_ratio_units="weeks", total_incentive_fee_amount="19.50")
        self.shop(item_volume="0.5")
        self.assertEqual([(rate["rate"]["amount"], rate["used"]) for rate in self.checked()["own_rates"] if rate["fee"] == "storage"], [("0.78", False)])

    def test_a_years_storage_is_nine_months_and_three(self):
        # 50 ft³: 0.78 and 2.40 by the card; charged 0.10 more in September, 0.20 more in October
        self.storage([("2026-09", "44.00"), ("2026-10", "130.00")])
        self.shop(item_volume="0.5")
        got = self.checked()
        rows = [row for row in got["disagree"]["differences"] if row["what"] == "storage"]
        self.assertEqual([(row["card"], row["a_year"]["amount"]) for row in rows], [("2026-10", "75.00")])  # 5.00 x 9 + 10.00 x 3
        upper = sum(float(rate["a_year"]["amount"]) for rate in got["own_rates"] if rate["fee"] == "storage")
        self.assertEqual(upper, 75.00)

    def test_chinese_sentences_hold_no_ids(self):
        self.shop()
        for command in (("facts",), ("facts", "--check")):
            ran = self.destock(*command, "--lang", "zh")
            self.assertEqual(ran.code, 0, ran)
            self.assertNotRegex(ran.out + ran.err, r"费用暂无数据（[^）]*[a-z]+_[a-z]+")
            self.assertNotIn("仓储利用率附加费", ran.out)


if __name__ == "__main__":
    main()
