"""Claims: the rows of data/ratecards are those of the gathered tables (DESTOCK_RATE_TABLES, default ../shared/domain/ratecards-more.toml), cell by
cell; and `destock fees` reckons with them as the tables' own rules say, by a calculator written here from the tables alone.

Without the tables the cases are skipped, and say so.
"""
import decimal
import os
import random
import tomllib
import unittest

from product import ROOT, Case, main

D = decimal.Decimal
TABLES = os.environ.get("DESTOCK_RATE_TABLES", os.path.join(ROOT, "..", "shared", "domain", "ratecards-more.toml"))
EUROPE = ("uk", "de", "fr", "it", "es", "nl", "be", "se", "pl")
NAMES = {"uk": "UK", "de": "DE", "fr": "FR", "it": "IT", "es": "ES", "nl": "NL", "be": "BE", "se": "SE", "pl": "PL"}


def read(path):
    with open(path, "rb") as file:
        return tomllib.load(file, parse_float=D)


def card(name):
    return read(os.path.join(ROOT, "data", "ratecards", name + ".toml"))


def rows(listed):
    """[[limit, "fee"], …] as decimals; the first column only of more."""
    return [(D(str(row[0])), D(row[1])) for row in listed]


def published(listed, column=1):
    return [(D(str(row[0])), D(str(row[column]))) for row in listed]


@unittest.skipUnless(os.path.exists(TABLES), "no gathered tables at " + TABLES + ": set DESTOCK_RATE_TABLES")
class TheRowsAreThose(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.tables = read(TABLES)

    def table(self, name, group, programme="", peak=False):
        found = [t for t in card(name)["fulfilment"] if t["group"] == group and t.get("programme", "") == programme and t.get("peak", False) == peak
                 and not t.get("rise", False)]
        found = [t for t in found if "effective_to" not in t or peak]
        self.assertEqual(len(found), 1, (name, group, programme, peak))
        return found[0], {tier["id"]: tier for tier in found[0]["tier"]}

    def bands(self, name, group, wanted, programme="", peak=False, column=1):
        _, tiers = self.table(name, group, programme, peak)
        for tier, listed in wanted.items():
            self.assertEqual(rows(tiers[tier]["band"]), published(listed, column), (name, group, tier))

    def european(self, name, wanted, programme="", peak=False):
        self.bands(name, "standard", wanted["standard_g"], programme, peak)
        _, tiers = self.table(name, "standard", programme, peak)
        for tier, (base, fee, a_kg) in wanted.get("oversize_base_kg_fee_per_kg", {}).items():
            above = tiers[tier]["above"]
            self.assertEqual((D(str(above["from"])), D(above["base"][0]), D(above["per_step"])), (D(str(base)), D(str(fee)), D(str(a_kg))), (name, tier))
            self.assertTrue(above["exact"])
        if "special_oversize_kg" in wanted:
            self.assertEqual(rows(tiers["special_oversize"]["band"]), published(wanted["special_oversize_kg"]), name)
            self.assertEqual(D(tiers["special_oversize"]["above"]["per_step"]), D(str(wanted["special_oversize_above_60_per_kg"])))
        if "low_price_g" in wanted:
            self.bands(name, "low_price", wanted["low_price_g"], programme)
        _, selected = self.table(name, "selected", programme, peak)
        for tier, (fee, a_step) in wanted["selected_parcel_base_per_100g"].items():
            above = selected[tier]["above"]
            self.assertEqual((above["from"], above["step"], D(above["base"][0]), D(above["per_step"])), (100, 100, D(str(fee)), D(str(a_step))), (name, tier))

    def test_fulfilment_of_nine_european_stores(self):
        for name in EUROPE:
            self.european(name, self.tables[name]["fulfilment"])
            low, _ = self.table(name, "low_price")
            self.assertEqual(D(low["up_to"]), D(str(self.tables["europe"]["low_price_limit_general"][NAMES[name]])))
            self.assertEqual(D(low["up_to_special"]), D(str(self.tables["europe"]["low_price_limit_special"][NAMES[name]])))

    def test_central_europe_programme_and_peak(self):
        self.european("de", self.tables["de"]["fulfilment_cep"], "cep")
        self.european("uk", self.tables["uk"]["fulfilment_peak"], peak=True)
        self.european("de", self.tables["de"]["fulfilment_peak"], peak=True)
        self.european("de", self.tables["de"]["fulfilment_cep_peak"], "cep", peak=True)
        for name, key in (("uk", "fulfilment_peak"), ("de", "fulfilment_peak")):
            season = card(name)["peak"][0]
            self.assertEqual((str(season["from"]), str(season["to"])), (self.tables[name][key]["from"], self.tables[name][key]["to"]))

    def test_size_tiers_of_europe(self):
        for name in EUROPE:
            tiers = {t["id"]: t for t in card(name)["size_tiers"][0]["tier"]}
            for tier, wanted in self.tables["europe"]["size_tiers"].items():
                if not isinstance(wanted, dict):
                    continue
                got = tiers[tier]
                self.assertEqual(D(str(got["max_unit_kg"])), D(str(wanted["kg"])), (name, tier))
                if "dim" in wanted:
                    self.assertEqual(D(str(got["max_dimensional_kg"])), D(str(wanted["dim"])), (name, tier))
                if "cm" in wanted:
                    self.assertEqual([D(str(side)) for side in got["sides_cm"]], [D(str(side)) for side in wanted["cm"]], (name, tier))

    def test_ireland_and_japan(self):
        ireland = self.tables["ie"]["fulfilment"]
        self.bands("ie", "standard", ireland["standard_g"])
        japan = self.tables["jp"]["fulfilment"]
        _, tiers = self.table("jp", "standard")
        wanted = {"small": japan["small"]["fee"], "standard_flat": japan["standard_flat"]["fee"]}
        for size in ("standard", "large", "special"):
            for total, _, over, under in japan[size + "_sum_of_sides_cm_kg"]:
                wanted["%s_%d" % (size, total)] = [over, under]
        for tier, (over, under) in wanted.items():
            band = tiers[tier]["band"][0]
            self.assertEqual((D(band[1]), D(band[2])), (D(under), D(over)), tier)

    def test_storage_and_aged_surcharge(self):
        for name, classes in (("uk", "dg clothing"), ("de", "dg clothing"), ("ca", ""), ("jp", "")):
            stored = card(name)["storage"]
            for size, wanted in self.tables[name]["storage"].items():
                if not isinstance(wanted, dict) or size == "clothing_shoes_bags":
                    continue
                size_class = {"clothing": "any", "dg_standard": "standard", "dg_oversize": "oversize"}.get(size, size)
                found = [r for r in stored if r["size_class"] == size_class and ("categories" in r) == (size not in ("standard", "oversize"))]
                self.assertEqual(len(found), 1, (name, size))
                self.assertEqual((D(found[0]["jan_sep"]), D(found[0]["oct_dec"])), (D(str(wanted["jan_sep"])), D(str(wanted["oct_dec"]))), (name, size))
        for name in ("uk", "de", "ca", "us"):
            got = [(b["from_day"], b.get("to_day", 9999), D(b["per_volume"])) + ((D(b["per_unit_minimum"]),) if "per_unit_minimum" in b else ())
                   for b in card(name)["aged_surcharge"][-1]["band"]]
            want = [tuple(b[:2]) + tuple(D(str(v)) for v in b[2:]) for b in self.tables[name]["aged_surcharge"]["bands_from_to_rate_min_unit"]]
            self.assertEqual(got, want, name)
        self.assertEqual(str(card("us")["aged_surcharge"][-1]["effective_from"]), self.tables["us"]["aged_surcharge"]["effective_from"])

    def weights(self, row, key, wanted, other=None):
        got = [(D(str(b[0])), D(b[1])) for b in row[key]]
        above = row["above"]
        self.assertEqual(got, published([w for w in wanted if w[0] != "above"]))
        _, base, over, a_step = [w for w in wanted if w[0] == "above"][0]
        self.assertEqual((D(str(above["from"])), D(above["base"]), D(above["per_step"])), (D(str(over)), D(str(base)), D(str(a_step))))

    def test_removal_and_liquidation(self):
        for name, removal, liquidation, big in (("us", "removal_or_disposal", "liquidation", "oversize_and_special"), ("ca", "removal_or_disposal", "liquidation", "oversize"),
                                                ("uk", "removal", "liquidation", "oversize"), ("de", "removal", "liquidation", "oversize")):
            for size, key in (("standard", "standard"), ("oversize", big)):
                row = [r for r in card(name)["removal"] if r["size_class"] == size and "effective_to" not in r][0]
                self.weights(row, "band", self.tables[name][removal][key])
                row = [r for r in card(name)["liquidation"] if r["size_class"] == size][0]
                self.weights(row, "processing", self.tables[name][liquidation][key])
        conflict = [r for r in card("ca")["removal"] if r["size_class"] == "oversize"][0]["band"][1]
        self.assertEqual(conflict, [D("0.5"), "1.21", "1.33"])
        for name in ("uk", "de"):  # two levels: every row has its other
            for row in card(name)["removal"]:
                self.assertTrue(all(len(band) == 3 for band in row["band"]), name)

    def referral(self, name, wanted):
        listed = [r for r in card(name)["referral"] if "effective_to" not in r][0]
        by_name = {word: c for c in listed["category"] for word in c["names"]}
        self.assertEqual(D(listed["minimum"]), D(str(wanted["minimum"])))
        words = {"home_products": "home products", "beauty_health_personal_care": "beauty", "vitamins_supplements": "vitamin", "pet_clothing_and_food": "pet food",
                 "reusable_work_gloves": "work gloves", "watches": "watch", "tyres": "tyre", "beer_wine_spirits": "beer", "tools_home_improvement": "tools",
                 "door_window_shower": "door", "adhesives_cable_ties": "adhesive", "full_size_appliances": "full-size appliances"}
        for kind, key in (("whole_price", "whole"), ("by_part", "parts")):
            for category, steps in wanted[kind].items():
                got = [(s[0], D(str(s[1])) * 100) for s in by_name[words.get(category, category.replace("_", " "))][key]]
                want = [("" if s[0] == "above" else "%.2f" % s[0], D(str(s[1]))) for s in steps]
                self.assertEqual(got, want, (name, category))
        for category, percent in wanted["flat"].items():
            got = by_name[words.get(category, category.replace("_", " "))]["whole"]
            self.assertEqual([["", D(str(percent)) / 100]], [[s[0], D(str(s[1]))] for s in got], (name, category))

    def test_referral(self):
        self.referral("uk", self.tables["uk"]["referral"])
        for name in ("de", "fr", "it", "es"):
            self.referral(name, self.tables["de"]["referral"])

    def test_peak_of_north_america(self):
        us = self.tables["us"]["fulfilment_peak"]
        _, tiers = self.table("us", "standard", peak=True)
        for tier in ("small_standard", "large_standard"):
            self.assertEqual([[D(str(b[0]))] + [D(v) for v in b[1:]] for b in tiers[tier]["band"]], [[D(str(v)) for v in row] for row in us[tier + "_oz"]], tier)
        for tier, key in (("small_bulky",) * 2, ("large_bulky",) * 2, ("extra_large_50", "xl_0_50"), ("extra_large_70", "xl_50_70"), ("extra_large_150", "xl_70_150"),
                          ("extra_large_over_150", "xl_150")):
            self.assertEqual([D(v) for v in tiers[tier]["above"]["base"]], [D(str(v)) for v in us[key]["base"]], tier)
        canada = self.tables["ca"]["fulfilment_peak"]
        self.bands("ca", "standard", {"envelope": canada["envelope_kg"], "standard": canada["standard_kg"]}, peak=True)


def european_fee(tables, name, programme, sides, grams, price, peak, category=""):
    """The fee of the table by its own words: tier, weight, price; nothing where the table has none or sources differ."""
    rules = tables["europe"]
    key = "fulfilment_cep" if programme == "cep" else "fulfilment"
    table = tables[name][key]
    top = tables[name].get(key + "_peak") if peak else None
    sides = sorted(sides, reverse=True)
    kg, dim = D(grams) / 1000, D(sides[0]) * D(sides[1]) * D(sides[2]) / 5000

    def inside(limits):
        return all(D(side) <= D(str(limit)) for side, limit in zip(sides, limits))

    tier = None
    for one, row in rules["size_tiers"].items():
        if not isinstance(row, dict) or kg > D(str(row["kg"])) or dim > D(str(row.get("dim", 1000))):
            continue
        if not inside(row["cm"] if "cm" in row else [175, 175, 175]) or ("cm" not in row and sides[0] + 2 * (sides[1] + sides[2]) > 360):
            continue
        tier = one
        break
    envelope = tier and tier.endswith("envelope")
    low = rules["low_price_limit_general"][NAMES[name]]
    if price <= low and tier in table["low_price_g"]:
        for limit, fee in table["low_price_g"][tier]:
            if grams <= limit:
                return D(str(fee))
    weight = grams if envelope else max(D(grams), dim * 1000)
    if tier in table["standard_g"]:
        for source in ([top] if top and tier in top["standard_g"] else [table]):
            for limit, fee in source["standard_g"][tier]:
                if weight <= limit:
                    return D(str(fee))
        return None
    if tier is None:
        if "special_oversize_kg" not in table:
            return None
        for limit, fee in table["special_oversize_kg"]:
            if kg <= limit:
                return D(str(fee))
        return D(str(table["special_oversize_kg"][-1][1])) + (kg - 60) * D(str(table["special_oversize_above_60_per_kg"]))
    base, fee, a_kg = (D(str(v)) for v in table["oversize_base_kg_fee_per_kg"][tier])
    if name == "uk" and tier == "small_oversize" and weight / 1000 > base:
        return None
    return fee + max(D(0), weight / 1000 - base) * a_kg


@unittest.skipUnless(os.path.exists(TABLES), "no gathered tables at " + TABLES + ": set DESTOCK_RATE_TABLES")
class TheProgramReckonsByThem(Case):
    def ask(self, name, sides, grams, price, date, programme=None, category=""):
        ran = self.run_command("fees", "--marketplace", NAMES[name], "--dims", "x".join(str(s) for s in sides) + "cm", "--weight", "%dg" % grams, "--price", price, "--date",
                               date, "--category", category, "--format", "json", *(["--programme", programme] if programme else []))
        self.assertEqual(ran.code, 0, ran)
        return ran.json()

    def test_three_hundred_boxes(self):
        tables = read(TABLES)
        random.seed(18)
        cent = D("0.01")
        known = 0
        for i in range(300):
            name = EUROPE[i % len(EUROPE)]
            programme = "cep" if name == "de" and i % 2 else None
            big = random.random() < 0.3
            sides = [random.randint(1, 150 if big else 46), random.randint(1, 70 if big else 34), random.randint(1, 60 if big else 26)]
            if random.random() < 0.3:
                sides = [random.randint(10, 33), random.randint(5, 23), random.choice([1, 2, 3, 4, 5, 6])]
            grams = random.choice([20, 21, 80, 100, 150, 210, 400, 460, 900, 960, 1760, 3900, 11900, 15000, 23000, 31500, random.randint(1, 40000)])
            price = random.choice([5, 9, 10, 15, 20, 21, 60])
            date = random.choice(["2026-03-10", "2026-05-01", "2026-11-20"])
            want = european_fee(tables, name, programme, sides, grams, price, date == "2026-11-20" and name in ("uk", "de"))
            got = self.ask(name, sides, grams, "%d" % price, date, programme)
            what = (name, programme, sides, grams, price, date, got["size_tier"])
            if want is None:
                self.assertIsNone(got["fulfilment"], what)
                continue
            if date >= "2026-04-17":
                want = (want * 10000).to_integral_value(decimal.ROUND_HALF_UP) / 10000 + (want * D("0.015") * 10000).to_integral_value(decimal.ROUND_HALF_UP) / 10000
            self.assertEqual(D(got["fulfilment"]["amount"]), want.quantize(cent, decimal.ROUND_HALF_UP), what)
            known += 1
        self.assertGreater(known, 200)


if __name__ == "__main__":
    main()
