"""What an import is known by, what discarding does, and figures that are typed."""
import datetime

import shop
from product import main, planning_row, table_text


def reserved(units):
    return "sku\tfnsku\tasin\tproduct-name\treserved_qty\treserved_customerorders\treserved_fc-transfers\treserved_fc-processing\n" + "".join(
        "%s\tX0\tB0\tt\t%d\t%d\t0\t0\n" % (sku, units, units) for sku in shop.SKUS)


class Imports(shop.ShopCase):
    def setUp(self):
        super().setUp()
        self.path = "/accounts/%d" % self.account

    def rows(self, name):
        return self.server.get(self.path + "/tables/%s?limit=1000" % name, self.owner)["rows"]

    def type_cost(self, sku, cost):
        status, body, _ = self.server.call("POST", self.path + "/costs", {"costs": [{"sku": sku, "marketplace": "US", "unit_cost": cost, "currency": "USD"}]}, self.owner)
        self.assertEqual(status, 202, body)
        job = self.server.job(self.owner, self.account, body["job"])
        self.assertEqual((job["state"], job["result"]["files"][0]["status"]), ("done", "imported"), job)

    def cost_of(self, sku):
        return self.server.get(self.path + "/skus/US/" + sku, self.owner)["health"]["unit_value"]["amount"]

    def set_status(self, number, status, expected=204):
        got, body, _ = self.server.call("PATCH", self.path + "/imports/%d" % number, {"status": status}, self.owner)
        self.assertEqual(got, expected, body)

    def test_costs_typed_5_6_5_end_as_5(self):
        values = []
        for cost in ("5", "6", "5"):
            self.type_cost("SH-03", cost)
            values.append(float(self.cost_of("SH-03")))
        self.assertEqual(values, [5, 6, 5])

    def test_a_discarded_file_is_imported_again(self):
        file = {"inventory.csv": shop.inventory("2026-11-29")}
        first = self.server.import_files(self.owner, self.account, file)["result"]["files"][0]
        self.assertEqual(first["status"], "imported")
        self.assertEqual(self.server.import_files(self.owner, self.account, file)["result"]["files"][0]["status"], "already_imported")
        self.set_status(first["import_id"], "discarded")
        again = self.server.import_files(self.owner, self.account, file)["result"]["files"][0]
        self.assertEqual(again["status"], "imported")
        self.assertNotEqual(again["import_id"], first["import_id"])
        self.set_status(first["import_id"], "in_force", 409)

    def test_a_wrong_marketplace_and_day_are_put_right_by_the_command_line(self):
        file = self.aged(self.write("reserved.txt", reserved(3)), "2026-11-28")
        wrong = self.imported(file, account="shop", options=["--marketplace", "UK"])["files"][0]
        self.assertEqual(wrong["coverage"][0]["marketplace"], "UK")
        self.assertEqual(self.destock("imports", "discard", wrong["import_id"], "--account", "shop").code, 0)
        right = self.imported(file, account="shop", options=["--marketplace", "US", "--snapshot-date", "2026-11-27"])["files"][0]
        self.assertEqual((right["status"], right["coverage"][0]["marketplace"], right["coverage"][0]["last_day"]), ("imported", "US", "2026-11-27"))
        again = self.imported(file, account="shop", options=["--marketplace", "US", "--snapshot-date", "2026-11-27"])["files"][0]
        self.assertEqual(again["status"], "already_imported")

    def test_an_upload_says_what_its_head_does_not(self):
        upload = self.server.upload(self.owner, self.account, "reserved.txt", reserved(3))
        said = self.server.get(self.path + "/uploads/" + upload, self.owner)
        self.assertEqual((said["report"], said["needs_day"], said["needs_marketplace"]), ("reserved_inventory", True, True))
        upload = self.server.upload(self.owner, self.account, "inventory.csv", shop.inventory("2026-11-29"))
        said = self.server.get(self.path + "/uploads/" + upload, self.owner)
        self.assertEqual((said["report"], said["needs_day"], said["needs_marketplace"]), ("fba_inventory", False, False))
        upload = self.server.upload(self.owner, self.account, "letter.txt", "dear all,\nnothing here\n")
        self.assertIsNone(self.server.get(self.path + "/uploads/" + upload, self.owner)["report"])

    def begin(self, files):
        status, body, _ = self.server.call("POST", self.path + "/imports", {"files": files}, self.owner)
        self.assertEqual(status, 202, body)
        return self.server.job(self.owner, self.account, body["job"])["result"]["files"]

    def test_each_upload_has_a_marketplace_and_a_day_of_its_own(self):
        us = self.server.upload(self.owner, self.account, "reserved_a.txt", reserved(3))
        uk = self.server.upload(self.owner, self.account, "reserved_b.txt", reserved(4))
        files = self.begin([{"upload": us, "marketplace": "US", "snapshot_date": "2026-11-26"}, {"upload": uk, "marketplace": "UK", "snapshot_date": "2026-11-27"}])
        self.assertEqual([(f["status"], f["coverage"][0]["marketplace"], f["coverage"][0]["last_day"]) for f in files], [("imported", "US", "2026-11-26"), ("imported", "UK", "2026-11-27")])

    def test_what_carries_no_date_is_of_the_files_own_time_not_of_the_uploads(self):
        upload = self.server.upload(self.owner, self.account, "reserved.txt", reserved(5))
        modified = int(datetime.datetime.fromisoformat("2026-11-25T10:00:00+00:00").timestamp())
        file = self.begin([{"upload": upload, "modified": modified}])[0]
        self.assertEqual(file["coverage"][0]["last_day"], "2026-11-25", file)

    def test_discarding_what_was_set_aside_is_seen_at_once(self):
        rows = [planning_row(sku, "2026-11-30", 2, t30=1) for sku in shop.SKUS]
        many = [planning_row("MANY-%03d" % i, "2026-11-29", 900, t30=5) for i in range(150)] + [planning_row(sku, "2026-11-29", 900, t30=20) for sku in shop.SKUS]
        self.server.import_files(self.owner, self.account, {"many.csv": table_text(many)})
        few = self.server.import_files(self.owner, self.account, {"few.csv": table_text(rows)})["result"]["files"][0]
        self.assertEqual(few["status"], "set_aside", few)
        shown = lambda: next(r for r in self.rows("imports") if str(r["id"]) == str(few["import_id"]))["status"]
        before = shown()
        self.set_status(few["import_id"], "discarded")
        self.assertNotEqual(shown(), before)

    def test_rates_of_a_discarded_import_are_not_listed(self):
        job = self.server.import_files(self.owner, self.account, {"rates.csv": "date,from,to,rate\n2026-11-01,USD,CNY,7.77\n"})
        number = job["result"]["files"][0]["import_id"]
        rates = lambda: [r["rate"] for r in self.server.get(self.path + "/rates", self.owner)["rates"]]
        self.assertIn(7.77, rates())
        self.set_status(number, "discarded")
        self.assertNotIn(7.77, rates())

    def test_a_sku_of_no_listing_is_counted_once_for_all_sheets(self):
        for i in range(3):
            self.server.import_files(self.owner, self.account, {"costs%d.csv" % i: shop.costs(["NOT-THERE"], "%d.00" % (i + 1))})
        health = self.server.get(self.path + "/health", self.owner)
        said = [w for w in health["warnings"] if "cost sheet" in w or "NOT-THERE" in w]
        self.assertEqual(" ".join(said).count("NOT-THERE"), 1, said)


if __name__ == "__main__":
    main()
