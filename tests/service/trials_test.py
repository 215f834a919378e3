"""What no figure is known for, put in by a person: a business price with quantity tiers, in the file that Amazon takes."""
import os

import shop
from desk_test import Desk
from product import main, needs_clock

HEADER = ("sku price minimum-seller-allowed-price maximum-seller-allowed-price quantity handling-time fulfillment-channel "
          "business-price quantity-price-type").split() + [name % i for i in range(1, 6) for name in ("quantity-lower-bound%d", "quantity-price%d")]


@needs_clock
class Trials(Desk):
    def put_in(self, *options, codes=(0,)):
        ran = self.on("try", "business", *options, "--format", "json")
        self.assertIn(ran.code, codes, ran)
        return ran.json()

    def business_file(self, folder="week"):
        written = self.carry_out(folder)
        names = [f["name"] for f in written["files"] if f["name"].startswith("business_prices")]
        self.assertEqual(len(names), 1, written)
        with open(os.path.join(self.folder, folder, names[0]), "rb") as file:
            return [line.split("\t") for line in file.read().decode("ascii").split("\r\n")[:-1]]

    def test_a_business_price_gets_its_row_and_tiers(self):
        sku = shop.SKUS[0]
        made = self.put_in(sku, "--off", "3%", "--tiers", "3:5,10:8", "--by", "wang", "--why", "offices ask")
        self.assertEqual(len(made["put_in"]), 1)
        action = self.state(made["put_in"][0])
        self.assertEqual((action["state"], action["own"], action["gain"], action["units"]), ("approved", True, None, None), "nobody has a figure")
        self.assertEqual(action["tiers"], [{"from_units": 3, "off": 0.05}, {"from_units": 10, "off": 0.08}])
        now = float(action["price_now"]["amount"])
        self.assertEqual(action["price"]["amount"], "%.2f" % round(now * 0.97, 2))
        rows = self.business_file()
        self.assertEqual(rows[0], HEADER)
        self.assertEqual(rows[1], [sku, "", "", "", "", "", "", action["price"]["amount"], "percent", "3", "5", "10", "8"] + [""] * 6)
        self.assertEqual(len(rows), 2)
        self.assertEqual(self.state(action["id"])["state"], "written")

    def test_without_tiers_and_discount_it_is_todays_price(self):
        made = self.put_in(shop.SKUS[1], "--tiers", "none")
        action = self.state(made["put_in"][0])
        self.assertEqual(action["price"], action["price_now"])
        self.assertEqual(self.business_file()[1][8:], [""] * 11)

    def test_plans_leave_it_until_its_days_are_over(self):
        id_ = self.put_in(shop.SKUS[0], "--weeks", "2")["put_in"][0]
        self.assertEqual(self.on("plan").code, 0)
        self.assertTrue(self.state(id_)["in_plan"])
        self.clock("2026-12-21 09:00:00")
        self.newer("2026-12-21")
        self.assertEqual(self.on("plan").code, 0)
        self.assertFalse(self.state(id_)["in_plan"])
        self.assertEqual(self.state(id_)["state"], "approved", "what was decided of it is kept")

    def test_no_report_shows_a_business_price_so_it_is_never_called_unseen(self):
        id_ = self.put_in(shop.SKUS[0])["put_in"][0]
        self.carry_out()
        self.clock("2026-12-14 09:00:00")
        self.newer("2026-12-14")
        self.assertEqual(self.state(id_)["state"], "written")

    def test_a_price_that_fell_below_it_holds_it_back(self):
        sku = shop.SKUS[0]
        id_ = self.put_in(sku)["put_in"][0]
        self.newer("2026-12-01", price="19.99")
        self.clock("2026-12-01 09:00:00")
        self.assertEqual(self.on("approve", id_).code, 0)
        held = self.carry_out()["held_back"]
        self.assertIn("switches it off", [one["why"] for one in held if one["id"] == id_][0])

    def test_twice_in_the_same_days_is_said(self):
        self.put_in(shop.SKUS[0])
        again = self.put_in(shop.SKUS[0], shop.SKUS[1], codes=(1,))
        self.assertEqual((len(again["put_in"]), [one["sku"] for one in again["not_put_in"]]), (1, [shop.SKUS[0] + " US"]))
        id_ = again["put_in"][0]
        self.assertEqual(self.on("leave-out", id_).code, 0)
        self.assertEqual(len(self.put_in(shop.SKUS[1])["put_in"]), 1, "what was left out stands in nobody's way")

    def test_what_is_out_of_bounds_is_refused(self):
        for options, says in ((("--off", "90%"), "out of bounds"), (("--off", "5"), "5%"), (("--tiers", "10:5,3:8"), "rise"), (("--tiers", "3:8,10:5"), "rise"),
                              (("--tiers", "2:1,3:2,4:3,5:4,6:5,7:6"), "five"), (("--from", "2026-11-01"), "before today"), (("--weeks", "99"), "weeks")):
            ran = self.on("try", "business", shop.SKUS[0], *options)
            self.assertEqual((ran.code != 0, says in ran.err), (True, True), (options, ran))
        ran = self.on("try", "remote", shop.SKUS[0], "--off", "5%")
        self.assertIn("business price alone", ran.err)
        self.assertEqual(self.todo("--every", "--channel", "business")["actions"], [])

    def test_the_same_over_http(self):
        server = self.serve()
        owner = server.owner()
        account = server.get("/accounts", owner)["accounts"][0]["id"]
        status, body, _ = server.call("POST", "/accounts/%d/trials" % account, {"channel": "business", "skus": [shop.SKUS[0]], "off": 0.05, "tiers": [{"from_units": 3, "off": 0.04}]}, owner)
        self.assertEqual(status, 201, body)
        action = next(a for a in server.get("/accounts/%d/todo?every=1" % account, owner)["actions"] if a["id"] == body["put_in"][0])
        self.assertEqual(action["tiers"], [{"from_units": 3, "off": 0.04}])
        for wrong in ({"channel": "outlet"}, {"channel": "business", "skus": [shop.SKUS[0]], "tiers": [{"from_units": 1, "off": 0.5}]}):
            self.assertEqual(server.call("POST", "/accounts/%d/trials" % account, wrong, owner)[0], 400, wrong)


if __name__ == "__main__":
    main()
