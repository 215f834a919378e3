"""Claims of docs/facts.md: a slip in a file of facts is named with its line and what was meant; no file of one's own is passed over, or takes another's place,
without a word; categories are known in the languages of the stores."""
import os

from product import ROOT, Case, main

# what is changed in de.toml, what must be said
SLIPS = [
    ("[[surcharge]]", "[[surchage]]", "surchage: is no key or table that is read here, did you mean surcharge?"),
    ("[[peak]]", "[[peaks]]", "did you mean peak?"),
    ("[[storage]]", "[[storrage]]", "did you mean storage?"),
    ("[[aged_surcharge]]", "[[aged_surcharges]]", "did you mean aged_surcharge?"),
    ("rate = 0.015", "rate = 1.5", "must be a share of 1"),
    ("default_rate = 0.15", "default_rate = 15", "must be a share of 1"),
    ('jan_sep = "27.54"', 'jan_sep = "-27.54"', "must not be below nothing"),
    ('categories = ["dangerous goods"', 'catagories = ["dangerous goods"', "did you mean categories?"),
    ("special_categories = ", "spezial_categories = ", "did you mean special_categories?"),
    ("dimensional_cm3_per_kg = 5000", "dimensional_cm_per_kg = 5000", "did you mean dimensional_cm3_per_kg?"),
    ("dimensional_cm3_per_kg = 5000", "dimensional_cm3_per_kg = 500", "must be between"),
    ("bulky = true", "bulkey = true", "did you mean bulky?"),
    ('size_class = "standard"\njan_sep', 'size_class = "standart"\njan_sep', "must be one of standard, oversize, any"),
    ('per_volume = "47.99"', 'per_volume = "0"', "must be above nothing"),
    ('[[fulfilment.tier]]\nid = "small_parcel"', '[[fulfilment.tier]]\nid = "smal_parcel"', "no size tier has the id"),
    ('marketplace = "DE"', 'marketplace = "D"', "there is no such store: D"),
    ('marketplace = "DE"', 'marketplace = "FR"', "the file is named as that of DE"),
    ("effective_from = 2026-02-01", "effective_from = 01.02.2026", "write days as 2027-03-01"),
]


# of those, what is wrong with a value, and keeps nothing else from being looked at
VALUES = ("must be a share of 1", "must not be below nothing", "must be between", "must be one of standard, oversize, any", "must be above nothing")


class Files(Case):
    def card(self, *changes, name="de.toml", of="de.toml"):
        with open(os.path.join(ROOT, "data", "ratecards", of), encoding="utf-8") as file:
            text = file.read()
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new, 1)
        os.makedirs(os.path.join(self.folder, os.path.dirname(name)), exist_ok=True)
        return self.write(name, text)

    def test_every_shipped_file_passes(self):
        for folder in ("ratecards", "channels", "calendars", "marketplaces"):
            for name in sorted(os.listdir(os.path.join(ROOT, "data", folder))):
                ran = self.run_command("facts", "lint", os.path.join(ROOT, "data", folder, name), "--format", "json")
                self.assertEqual((name, ran.code), (name, 0), ran)
                self.assertEqual((name, ran.json()["warnings"]), (name, []))

    def test_a_slip_is_named(self):
        for old, new, said in SLIPS:
            with self.subTest(new):
                ran = self.run_command("facts", "lint", self.card((old, new)))
                self.assertEqual(ran.code, 1, ran)
                self.assertIn(said, ran.err)
                self.assertRegex(ran.err, r"de\.toml:\d+")

    def test_all_unknown_keys_are_said_at_once_and_in_chinese(self):
        ran = self.run_command("facts", "lint", self.card(("[[peak]]", "[[peaks]]"), ("bulky = true", "bulkey = true")), "--lang", "zh")
        self.assertEqual(ran.code, 1, ran)
        self.assertIn("是否指 peak？", ran.err)
        self.assertIn("是否指 bulky？", ran.err)
        self.assertNotIn("did you mean", ran.err)

    def test_all_wrong_values_are_said_at_once(self):
        slips = [slip for slip in SLIPS if slip[2] in VALUES]
        self.assertGreater(len(slips), 2)
        ran = self.run_command("facts", "lint", self.card(*[(old, new) for old, new, _ in slips]))
        for _, new, said in slips:
            self.assertIn(said, ran.err, new)

    def test_why_a_file_is_no_toml_in_the_readers_language(self):
        for slip, en, zh in ((('confidence = "', 'confidence = '), "a text needs quotes", "文字须加引号"), (("[[peak]]", "[[peak"), "bracket", "括号")):
            with self.subTest(slip):
                self.assertIn(en, self.run_command("facts", "lint", self.card(slip)).err)
                ran = self.run_command("facts", "lint", self.card(slip), "--lang", "zh")
                self.assertIn(zh, ran.err)
                self.assertNotRegex(ran.err, "expected|saw|while")

    def test_a_tier_that_stands_twice_or_not_at_all(self):
        tier = '[[fulfilment.tier]]\nid = "large_envelope"\nunit = "g"\n'
        ran = self.run_command("facts", "lint", self.card((tier, '[[fulfilment.tier]]\nid = "large_envelope"\nunit = "g"\nband = [[960, "9.99"]]\n' + tier)))
        self.assertIn("stands twice", ran.err)
        with open(os.path.join(ROOT, "data", "ratecards", "de.toml"), encoding="utf-8") as file:
            text = file.read()
        at = text.index(tier)
        end = text.index("[[fulfilment.tier]]", at + 5)
        ran = self.run_command("facts", "lint", self.card((text[at:end], "")))
        self.assertEqual(ran.code, 0, ran)
        self.assertIn("fulfilment of large_envelope (standard): the shipped card has it, here it is unknown", ran.err)

    def storage(self, marketplace="DE", folder="k"):
        ran = self.run_command("fees", "--facts", os.path.join(self.folder, folder), "--marketplace", marketplace, "--dims", "30x20x8cm", "--weight", "350g", "--price", "24.99",
                               "--date", "2026-03-01", "--category", "", "--format", "json")
        return ran.json()["storage_per_month_jan_sep"]["amount"] if ran.code == 0 else ran.err

    def test_a_card_of_ones_own_counts_whatever_its_name(self):
        dearer = ('jan_sep = "27.54"', 'jan_sep = "47.54"')
        for name in ("de_2027.toml", "a_de.toml", "DE.toml"):
            path = self.card(dearer, name="k/ratecards/" + name)
            self.assertEqual(self.storage(), "0.23", name)
            os.remove(path)

    def test_two_of_one_store_and_a_file_in_the_wrong_place_are_said(self):
        first = self.card(name="k/ratecards/de.toml")
        second = self.card(name="k/ratecards/de (copy).toml")
        self.assertIn("a second file of your own is of DE", self.storage())
        os.remove(first), os.remove(second)
        self.card(("marketplace = \"DE\"", "marketplace = \"FR\""), name="k/ratecards/de.toml")
        self.assertIn("the file's name is that of another: it is of FR", self.storage())
        os.remove(os.path.join(self.folder, "k/ratecards/de.toml"))
        lost = self.card(name="k/de.toml")
        self.assertIn("nothing reads this file of your own facts", self.storage())
        os.remove(lost)

    def fees(self, store, category, price, *more):
        ran = self.run_command("fees", "--marketplace", store, "--dims", "30x20x8cm", "--weight", "350g", "--price", price, "--category", category, "--date", "2026-05-02",
                               "--format", "json", *more)
        self.assertEqual(ran.code, 0, ran)
        return ran.json()

    def test_categories_in_the_words_of_sellers_and_stores(self):
        for store, price, english, others in (
                ("US", "24.99", "Clothing", ("服装", "服饰", "Apparel")), ("US", "24.99", "Watches", ("Watch", "手表")), ("US", "24.99", "Jewelry", ("Jewellery", "珠宝")),
                ("DE", "14.99", "Clothing", ("Bekleidung", "服装")), ("DE", "14.99", "Furniture", ("Möbel", "Moebel", "家具")), ("DE", "8.00", "Grocery", ("Lebensmittel", "食品")),
                ("DE", "30.00", "Jewellery", ("Schmuck", "首饰")), ("FR", "14.99", "Clothing", ("Vêtements", "Vetements")), ("FR", "30.00", "Jewellery", ("Bijoux",)),
                ("DE", "15.00", "Kitchen", ("Küche", "Kueche", "厨房")), ("JP", "3500", "Clothing", ("ファッション", "服装")), ("JP", "1200", "Drugstore", ("ドラッグストア",))):
            wanted = self.fees(store, english, price)
            for other in others:
                got = self.fees(store, other, price)
                with self.subTest((store, english, other)):
                    self.assertEqual([got[fee] and got[fee]["amount"] for fee in ("referral", "fulfilment", "removal")],
                                     [wanted[fee] and wanted[fee]["amount"] for fee in ("referral", "fulfilment", "removal")])
                    self.assertEqual(len(got["aged_surcharge_per_month"]), len(wanted["aged_surcharge_per_month"]))

    def test_the_german_name_of_home_and_kitchen_has_no_low_price_fee(self):
        self.assertFalse(self.fees("DE", "Küche, Haushalt & Wohnen", "15.00")["low_price"])

    def test_goods_made_in_japan_are_no_books(self):
        self.assertEqual(self.fees("JP", "本", "3500")["referral"]["amount"], "539")
        self.assertEqual(self.fees("JP", "日本製文具", "700")["referral"]["amount"], "35")  # stationery, 5 %

    def test_a_default_rate_is_said(self):
        self.assertIn("the card has no referral rate for \"Clothing\"", " ".join(self.fees("CA", "Clothing", "24.99")["notes"]))
        self.assertNotIn("no referral rate", " ".join(self.fees("US", "Clothing", "24.99")["notes"]))

    def test_the_irish_selected_parcels(self):
        ran = self.run_command("fees", "--marketplace", "IE", "--dims", "30x20x8cm", "--weight", "350g", "--price", "24.99", "--category", "Clothing", "--date", "2026-03-01",
                               "--format", "json")
        self.assertEqual(ran.json()["fulfilment"]["amount"], "1.85")  # 1.76 + 3 x 0.03

    def test_units_are_not_guessed(self):
        for dims, weight in (("30x20x8", "350g"), ("30x20x8cm", "350")):
            ran = self.run_command("fees", "--marketplace", "UK", "--dims", dims, "--weight", weight, "--price", "20")
            self.assertEqual(ran.code, 2, ran)
            self.assertIn("unit", ran.err)

    def test_a_store_and_a_programme_however_they_are_written(self):
        for store in ("uk", "GB"):
            self.assertEqual(self.fees(store, "", "24.99")["marketplace"], "UK")
        self.assertEqual(self.fees("de", "", "24.99", "--programme", "CEP")["programmes"], ["cep"])

    def test_figures_that_come_to_the_same_are_no_conflict(self):
        self.assertEqual(self.fees("UK", "Clothing", "40.01")["referral"]["amount"], "6.00")


if __name__ == "__main__":
    main()
