"""Several accounts: made, renamed, and seen together in one currency, by the command line and over HTTP."""
import datetime

from product import Case, fee_preview_row, main, order_rows, planning_row, table_text

DAY = "2026-11-27"


def shop(marketplace, currency, channel, price):
    last = datetime.date.fromisoformat(DAY) - datetime.timedelta(days=1)
    return {
        "fba_inventory_%s_%s.csv" % (marketplace, DAY): table_text([planning_row("A-1", DAY, 1000, marketplace=marketplace, price=price, t30=30, t90=90, currency=currency)]),
        "all_orders_%s.txt" % marketplace: table_text(order_rows("A-1", (last - datetime.timedelta(days=89)).isoformat(), last.isoformat(), 1, price=price, channel=channel, currency=currency), "\t"),
        "fee_preview_%s_%s.txt" % (marketplace, DAY): table_text([fee_preview_row("A-1", price=price, currency=currency, store=channel)], "\t"),
    }


class Accounts(Case):
    def setUp(self):
        super().setUp()
        for account, of in (("us", ("US", "USD", "Amazon.com", "29.99")), ("mx", ("MX", "MXN", "Amazon.com.mx", "499.00"))):
            paths = [self.write("%s/%s" % (account, name), data) for name, data in shop(*of).items()]
            self.imported(*paths, account=account)

    def together(self, *options):
        return self.destock("accounts", *options, "--format", "json").json()

    def test_money_of_two_currencies_is_summed_only_by_a_rate(self):
        self.destock("rate", "set", "MXN", "USD", "0.05", "--account", "mx")
        seen = self.together("--currency", "USD")
        us, mx = seen["accounts"]
        self.assertEqual((us["name"], us["units"], us["stock_value"]), ("us", 1000, {"amount": "29990.00", "currency": "USD"}))
        self.assertEqual(mx["stock_value"], {"amount": "24950.00", "currency": "USD"})
        self.assertEqual(seen["together"]["stock_value"], {"amount": "54940.00", "currency": "USD"})
        self.assertEqual(seen["counted"]["stock_value"], 2)
        self.assertIsNone(seen["together"]["expected_net_recovery"], "there is no plan yet")
        self.assertEqual(self.together("--currency", "MXN")["together"]["stock_value"]["currency"], "MXN")
        # No rate brings these there: named, counted and left out, not zero.
        other = self.together("--currency", "SAR")
        self.assertIsNone(other["accounts"][1]["stock_value"])
        self.assertIn("mx", " ".join(other["notes"]))
        self.assertLess(other["counted"]["stock_value"], 2)

    def test_what_has_nothing_is_in_no_sum_and_says_so(self):
        self.assertEqual(self.destock("accounts", "add", "新店").code, 0)
        seen = self.together()
        self.assertEqual([a["name"] for a in seen["accounts"]], ["us", "mx", "新店"])
        self.assertIsNone(seen["accounts"][2]["units"])
        self.assertIn("新店: nothing is imported yet; in no sum", seen["notes"])
        shown = self.destock("accounts", "--lang", "zh")
        self.assertIn("合计", shown.out)
        self.assertIn("新店：尚未导入报告，未计入合计", shown.err)

    def test_a_name_changes_and_everything_stays_with_it(self):
        self.assertEqual(self.destock("accounts", "rename", "us", "US shop").code, 0)
        self.assertEqual(self.destock("health", "--account", "US shop", "--format", "json").json()["summary"]["units"], 1000)
        for old, new, says in (("us", "x", "no account is called us"), ("mx", "US shop", "US shop"), ("mx", "a/b", "without /"), ("mx", " ", "a name is needed")):
            ran = self.destock("accounts", "rename", old, new)
            self.assertNotEqual(ran.code, 0, (old, new))
            self.assertIn(says, ran.err)

    def test_the_dashboard_shows_those_one_may_see(self):
        self.destock("plan", "--account", "us")
        server = self.serve()
        owner = server.owner()
        numbers = {a["name"]: a["id"] for a in server.get("/accounts", owner)["accounts"]}
        seen = server.get("/accounts/together?currency=USD", owner)
        self.assertEqual([a["name"] for a in seen["accounts"]], ["us", "mx"])
        self.assertEqual(seen["accounts"], self.together("--currency", "USD")["accounts"])
        self.assertEqual(seen["together"]["expected_net_recovery"], seen["accounts"][0]["expected_net_recovery"])
        self.assertEqual(seen["counted"]["expected_net_recovery"], 1)
        viewer = server.invite(owner, "viewer", [numbers["mx"]], "viewer")
        self.assertEqual([a["name"] for a in server.get("/accounts/together", viewer)["accounts"]], ["mx"])
        self.assertEqual(server.call("GET", "/accounts/together?currency=pounds", None, owner)[0], 400)
        self.assertEqual(server.call("GET", "/accounts/together", None, None)[0], 401)


if __name__ == "__main__":
    main()
