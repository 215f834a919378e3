"""This week, decisions and files at the door: what is approved, taken back, held back, written and seen, with other processes, kills and
newer reports in between."""
import hashlib
import json
import os
import signal
import subprocess
import threading
import time

import product
import shop
from product import Case, Token, main, needs_clock, order_rows, planning_row, table_text

PRICES = ["coupon=off", "ped=off", "wholesale=off", "outlet=off", "best_deal=off", "lightning=off", "removal=off"]


class Desk(Case):
    now = "2026-11-30 09:00:00"
    settings = PRICES + ["liquidation=off"]

    def setUp(self):
        super().setUp()
        shop.open_shop(self)
        self.assertEqual(self.on("settings", "set", *self.settings).code, 0)
        self.assertEqual(self.on("plan").code, 0)

    def on(self, command, *arguments, **more):
        return self.destock(command, *arguments, "--account", "shop", **more)

    def todo(self, *options):
        ran = self.on("todo", "--format", "json", *options)
        self.assertEqual(ran.code, 0, ran)
        return ran.json()

    def state(self, action):
        return next(a for a in self.todo("--every")["actions"] if a["id"] == action)

    def carry_out(self, folder="week", *options, codes=(0, 3)):
        ran = self.on("carry-out", folder, "--format", "json", *options)
        self.assertIn(ran.code, codes, ran)
        return ran.json()

    def sums(self, folder):
        found = {}
        for where, _, names in os.walk(os.path.join(self.folder, folder)):
            for name in names:
                with open(os.path.join(where, name), "rb") as file:
                    found[name] = hashlib.sha256(file.read()).hexdigest()
        return found

    def newer(self, date="2026-12-01", skus=shop.SKUS, units=900, price="29.99"):
        return self.imported(self.write("inv_%s_%s.csv" % (date, price), table_text([
            planning_row(sku, date, units, t7=5, t30=20, price=price, ages=[units // 3, units // 3, units - 2 * (units // 3), 0, 0]) for sku in skus])), account="shop")


@needs_clock
class Decisions(Desk):
    def test_a_decision_is_a_row_and_so_is_taking_it_back(self):
        first = self.todo()["actions"][0]["id"]
        self.assertEqual(self.on("approve", first, "--by", "wang", "--why", "go", "--review-on", "2026-12-14").code, 0)
        self.assertEqual(self.state(first)["state"], "approved")
        self.assertEqual(self.on("put-off", first, "--until", "2026-12-07", "--why", "photos", "--by", "li").code, 0)
        self.assertEqual(self.state(first)["state"], "put_off")
        ran = self.on("undo", "--by", "wang")
        self.assertEqual((ran.code, "after it" in ran.err), (1, True), "what another decided since stands in the way")
        self.assertEqual(self.on("undo", "--by", "li").code, 0)
        self.assertEqual(self.state(first)["state"], "approved")
        self.assertEqual(self.on("undo", "--by", "wang").code, 0)
        self.assertEqual(self.state(first)["state"], "proposed")
        log = self.on("decisions", "--format", "json").json()["decisions"]
        self.assertEqual([row["kind"] for row in log], ["undone", "undone", "put_off", "approved"])
        self.assertEqual((log[3]["why"], log[3]["review_on"], log[3]["expected"] is not None), ("go", "2026-12-14", True))

    def test_one_stroke_is_taken_back_whole(self):
        self.on("approve", "--all", "--by", "wang")
        self.assertEqual(set(self.todo()["states"]), {"approved"})
        self.assertEqual(self.on("undo", "--by", "wang").code, 0)
        self.assertEqual(set(self.todo()["states"]), {"proposed"})

    def test_what_is_put_off_comes_up_on_its_day(self):
        first = self.todo()["actions"][0]["id"]
        self.assertEqual(self.on("put-off", first, "--until", "2026-12-09", "--why", "waiting").code, 0)
        self.assertNotIn(first, [a["id"] for a in self.todo()["actions"]])
        self.clock("2026-12-09 09:00:00")
        self.assertIn(first, [a["id"] for a in self.todo()["actions"]])
        self.assertEqual(self.on("put-off", first, "--until", "2026-12-10").code, 2, "a reason is asked for")

    def test_skus_are_decided_like_on_the_dashboard(self):
        sku = self.todo()["actions"][0]["sku"]
        self.assertEqual(self.on("exclude", sku, "--why", "bundle", "--by", "wang").code, 0)
        self.assertNotIn(sku, [a["sku"] for a in self.todo()["actions"]], "at once, not at the next plan")
        self.on("plan")
        self.assertNotIn(sku, [a["sku"] for a in self.todo("--every")["actions"] if a["in_plan"]])
        self.assertEqual(self.on("undo", "--by", "wang").code, 0)
        self.on("plan")
        self.assertIn(sku, [a["sku"] for a in self.todo()["actions"]])
        self.assertEqual(self.on("floor", sku, "27.00USD").code, 0)
        self.on("plan")
        prices = [float(a["price"]["amount"]) for a in self.todo("--every")["actions"] if a["sku"] == sku and a["in_plan"] and a["price"]]
        self.assertTrue(all(price >= 27 for price in prices), prices)
        self.assertEqual(self.on("floor", "NOT-THERE", "5USD").code, 1)
        self.assertEqual(self.on("note", sku, "ask the factory").code, 0)
        self.assertEqual(self.on("decisions", "--sku", sku, "--format", "json").json()["decisions"][0]["why"], "ask the factory")

    def test_two_people_at_once_lose_nothing(self):
        ids = [a["id"] for a in self.todo()["actions"]]
        half = len(ids) // 2
        work = [lambda: self.on("approve", *ids[:half], "--by", "wang"), lambda: self.on("approve", *ids[half:], "--by", "li"), lambda: self.on("approve", *ids, "--by", "zhao")]
        ran = [None] * len(work)
        threads = [threading.Thread(target=lambda i=i: ran.__setitem__(i, work[i]())) for i in range(len(work))]
        [t.start() for t in threads], [t.join() for t in threads]
        self.assertEqual([r.code for r in ran], [0, 0, 0], ran)
        self.assertEqual(self.todo()["states"], {"approved": len(ids)})
        approved = [row["action"] for row in self.on("decisions", "--format", "json").json()["decisions"] if row["kind"] == "approved"]
        self.assertEqual(sorted(approved), sorted(ids), "nobody approved what was approved")

    def test_what_is_out_is_found_to_be_taken_in(self):
        count = len(self.todo()["actions"])
        self.assertEqual(self.on("leave-out", "--all", "--by", "boss", "--why", "no").code, 0)
        self.assertEqual(self.todo()["actions"], [])
        self.assertEqual(len(self.on("take-in", "--all", "--format", "json").json()["done"]), count)
        self.assertEqual(len(self.todo()["actions"]), count)

    def test_nobody_approves_over_what_another_left_out(self):
        first = self.todo()["actions"][0]["id"]
        self.on("leave-out", first, "--by", "boss")
        ran = self.on("approve", first, "--by", "wang")
        self.assertEqual((ran.code, "boss" in ran.err), (1, True), ran)

    def test_the_days_go_on_without_a_new_plan(self):
        self.clock("2026-12-21 09:00:00")
        list_ = self.todo()
        self.assertEqual((list_["today"], list_["week"]), ("2026-12-21", "2026-12-21"))
        self.assertTrue(any("21 days ago" in note for note in list_["notes"]), list_["notes"])

    def test_usage_is_told(self):
        first = self.todo()["actions"][0]["id"]
        self.assertEqual(self.on("put-off", first, "--until", "2026-11-01", "--why", "x").code, 2)
        self.assertEqual(self.on("check", first, "--check", "0").code, 2)
        self.assertEqual(self.on("approve", "--all", "--channel", "outlett").code, 2)
        self.assertEqual(self.on("todo", "--marketplace", "XX").code, 2)
        self.assertEqual(self.on("todo", "--marketplace", "us").code, 0)
        self.assertEqual(self.on("confirm", first).code, 1, "there is nothing to confirm")
        self.assertEqual(self.on("approve").code, 2)
        self.assertEqual(self.on("approve", "DSK-1999W01-0001").code, 1)
        self.assertEqual(self.on("todo", "--week", "soon").code, 2)
        self.assertEqual(self.on("undo", "x").code, 2)
        self.assertEqual(self.on("undo", "--by", "nobody").code, 1)


@needs_clock
class Files(Desk):
    def test_the_same_week_is_the_same_bytes(self):
        self.on("approve", "--all", "--by", "wang")
        planned = self.carry_out("dry", "--dry-run")
        self.assertFalse(os.path.exists(os.path.join(self.folder, "dry")))
        self.assertEqual(set(self.todo()["states"]), {"approved"}, "looking marks nothing")
        wrote = self.carry_out("one")
        self.assertEqual([f["sha256"] for f in planned["files"]], [f["sha256"] for f in wrote["files"]])
        self.assertEqual({f["name"]: f["sha256"] for f in wrote["files"]}, self.sums("one"))
        self.clock("2026-12-01 15:00:00")
        self.carry_out("two")
        self.assertEqual(self.sums("one"), self.sums("two"))
        stored = self.sql("SELECT count(*) FROM written_file WHERE kind = 'prices'")
        self.assertEqual(stored, [(1,)])

    def test_what_is_approved_later_gets_a_file_of_its_own(self):
        ids = [a["id"] for a in self.todo()["actions"]]
        self.on("approve", *ids[:3])
        self.carry_out("week")
        self.on("approve", *ids[3:])
        files = {f["name"]: f["actions"] for f in self.carry_out("week")["files"] if f["kind"] == "prices"}
        self.assertEqual(sorted(files), ["prices_US_2026-11-30.txt", "prices_US_2026-11-30_2.txt"])
        self.assertEqual(sorted(files["prices_US_2026-11-30.txt"]), sorted(ids[:3]))
        self.assertEqual(sorted(files["prices_US_2026-11-30_2.txt"]), sorted(ids[3:]))

    def test_what_drifted_is_held_back(self):
        self.on("approve", "--all")
        self.newer(price="24.99")
        done = self.carry_out()
        self.assertEqual([f for f in done["files"] if f["kind"] == "prices"], [])
        self.assertTrue(all("29.99" in one["why"] and "24.99" in one["why"] for one in done["held_back"]), done["held_back"])
        self.assertEqual(len(done["held_back"]), len(self.todo()["actions"]))
        # Approved anew it is another price that was seen, and goes out.
        self.assertEqual(self.on("approve", self.todo()["actions"][0]["id"]).code, 0)
        self.assertEqual([len(f["actions"]) for f in self.carry_out()["files"] if f["kind"] == "prices"], [1])

    def test_stock_that_is_gone_is_held_back(self):
        self.on("approve", "--all")
        self.newer(units=300)
        self.assertTrue(all("900" in one["why"] and "300" in one["why"] for one in self.carry_out()["held_back"]))

    def test_a_plan_that_asks_for_something_else(self):
        self.on("approve", "--all")
        before = {a["id"] for a in self.todo()["actions"]}
        self.newer(units=60)
        self.on("plan")
        list_ = self.todo()
        self.assertFalse(before & {a["id"] for a in list_["actions"] if a["in_plan"]})
        self.assertTrue(any("does not ask for" in note for note in list_["notes"]), list_["notes"])
        self.assertEqual([f for f in self.carry_out()["files"] if f["kind"] == "prices"], [])

    def test_what_was_taken_back_is_in_no_file_again(self):
        ids = [a["id"] for a in self.todo()["actions"]][:4]
        self.on("approve", *ids)
        self.carry_out("one")
        for decision in (["withdraw"], ["leave-out", "--why", "stop"]):
            self.assertEqual(self.on("not-done", ids[1]).code, 0)
            self.assertEqual(self.on(*decision[:1], ids[1], *decision[1:]).code, 0)
            done = self.carry_out("two")
            self.assertEqual([f for f in done["files"] if f["kind"] == "prices"], [])
            self.assertTrue(any("prices_US_2026-11-30.txt" in note and ids[1] in note for note in done["notes"]), done["notes"])
            self.on("take-in", ids[1])
            self.on("approve", ids[1])
            self.on("done", ids[1])

    def test_a_floor_set_since_holds_back(self):
        first = self.todo()["actions"][0]
        self.on("approve", "--all")
        self.assertEqual(self.on("floor", first["sku"], "28.00USD").code, 0)
        held = {one["id"]: one["why"] for one in self.carry_out()["held_back"]}
        self.assertIn("28.00", held[first["id"]])

    def test_a_sku_that_the_newest_report_does_not_know(self):
        first = self.todo()["actions"][0]
        self.on("approve", "--all")
        self.newer(skus=[sku for sku in shop.SKUS if sku != first["sku"]])
        held = {one["id"]: one["why"] for one in self.carry_out()["held_back"]}
        self.assertEqual(list(held), [first["id"]])

    def test_the_feed_can_be_had_later(self):
        self.on("approve", "--all")
        self.carry_out("one")
        names = [f["name"] for f in self.carry_out("two", "--seller", "A1SELLER")["files"]]
        self.assertIn("listings_feed_US_2026-11-30.json", names)
        self.assertIn("prices_US_2026-11-30.txt", names)

    def test_a_folder_that_cannot_be_written_marks_nothing(self):
        self.on("approve", "--all")
        path = self.write("taken", "a file, not a folder")
        self.assertEqual(self.on("carry-out", path).code, 1)
        self.assertEqual(set(self.todo()["states"]), {"approved"})

    def test_killed_in_the_middle_it_is_written_again(self):
        self.on("approve", "--all")
        for wait in (0.01, 0.03, 0.05, 0.08):
            process = subprocess.Popen([product.PROGRAM, "carry-out", "week", "--account", "shop", "--db", self.db], cwd=self.folder, env=self.environment(),
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            process.wait()
        files = [f for f in self.carry_out()["files"] if f["kind"] == "prices"]
        self.assertEqual(len(files), 1)
        self.assertEqual(len(files[0]["actions"]), len(shop.SKUS))
        self.assertEqual(self.sums("week")[files[0]["name"]], files[0]["sha256"])
        self.assertEqual(set(self.todo()["states"]), {"written"})

    def test_the_feed_and_the_price_file_say_the_same(self):
        self.on("approve", "--all")
        self.carry_out("week", "--seller", "A1SELLER")
        with open(os.path.join(self.folder, "week", "listings_feed_US_2026-11-30.json")) as file:
            feed = json.load(file)
        self.assertEqual(feed["header"]["sellerId"], "A1SELLER")
        prices = {}
        with open(os.path.join(self.folder, "week", "prices_US_2026-11-30.txt"), newline="") as file:
            for line in file.read().split("\r\n")[1:-1]:
                cells = line.split("\t")
                prices[cells[0]] = (cells[1], cells[2])
        for message in feed["messages"]:
            self.assertEqual((message["operationType"], message["patches"][0]["op"]), ("PATCH", "merge"))
            offer = message["patches"][0]["value"][0]
            self.assertEqual((offer["marketplace_id"], offer["currency"], offer["audience"]), ("ATVPDKIKX0DER", "USD", "ALL"))
            value = offer["our_price"][0]["schedule"][0]["value_with_tax"]
            self.assertIsInstance(value, float, "a quoted number is an internal error at Amazon")
            self.assertEqual("%.2f" % value, prices[message["sku"]][0])

    def test_a_processing_report_is_read_in_either_form(self):
        self.on("approve", "--all")
        self.carry_out()
        sku = shop.SKUS[0]
        report = self.write("feed.json", json.dumps({"header": {}, "issues": [{"messageId": 1, "sku": sku, "code": "90220", "severity": "ERROR", "message": "no"},
                                                                               {"messageId": 2, "sku": shop.SKUS[1], "code": "1", "severity": "WARNING", "message": "hm"}]}))
        answer = self.on("refused", report, "--format", "json").json()
        self.assertEqual((len(answer["refused"]), answer["warnings"]), (1, 1))
        self.assertEqual(self.todo()["states"], {"written": len(shop.SKUS) - 1, "refused": 1})
        # Dropped in with the week's reports it goes to its actions too.
        other = self.write("drop/report.txt", "original-record-number\tsku\terror-code\terror-type\terror-message\n1\t%s\t8541\tError\ttoo high\n" % shop.SKUS[2])
        dropped = self.imported(other, account="shop")
        self.assertEqual((dropped["files"], len(dropped["answers"])), ([], 1))
        self.assertEqual(self.todo()["states"], {"written": len(shop.SKUS) - 2, "refused": 2})
        for name, data in (("empty", b""), ("junk", os.urandom(5000)), ("half.json", b'{"issues": ['), ("other.txt", b"sku\tprice\n1\t2\n")):
            ran = self.on("refused", self.write(name, data))
            self.assertEqual((ran.code, "internal" in ran.err), (1, False), (name, ran))
        # It is not handed over again unasked; approved anew it is in a file of its own, and the old file is named.
        self.assertEqual([f for f in self.carry_out("again")["files"] if f["kind"] == "prices"], [])
        refused = next(a["id"] for a in self.todo()["actions"] if a["state"] == "refused" and a["sku"] == sku)
        self.assertEqual(self.on("approve", refused).code, 0)
        names = [f["name"] for f in self.carry_out("again")["files"] if f["kind"] == "prices"]
        self.assertIn("prices_US_2026-11-30_2.txt", names)


@needs_clock
class Promotions(Desk):
    settings = ["ped=off", "wholesale=off", "outlet=off", "best_deal=off", "lightning=off", "removal=off", "liquidation=off"]

    def coupons(self):
        return [a for a in self.todo()["actions"] if a["channel"] == "coupon"]

    def test_few_coupons_are_clicks_and_a_price_that_fell_by_hand_holds_them(self):
        coupons = self.coupons()
        self.assertEqual(len(coupons), len(shop.SKUS), "twelve: too few for a sheet")
        self.on("approve", "--all")
        files = {f["kind"]: f for f in self.carry_out("one", "--dry-run")["files"]}
        self.assertNotIn("coupons", files)
        self.assertEqual(len(files["clicks"]["actions"]), len(coupons))
        cut = coupons[0]
        self.imported(self.write("cut.csv", table_text([planning_row(sku, "2026-12-01", 900, t7=5, t30=20, ages=[300, 200, 150, 150, 100],
                                                                     price=cut["price"]["amount"] if sku == cut["sku"] else "29.99") for sku in shop.SKUS])), account="shop")
        held = {one["id"] for one in self.carry_out("two")["held_back"]}
        self.assertEqual(held, {cut["id"]}, "the percentage would come on top of a price that fell already")

    def test_many_coupons_are_one_sheet(self):
        skus = ["CP-%02d" % i for i in range(20)]
        for name, text in (("more.csv", shop.inventory("2026-11-28", skus)), ("morefees.txt", shop.fees(skus)), ("moreorders.txt", shop.orders("2026-09-01", "2026-11-28", skus))):
            self.imported(self.write(name, text), account="big")
        for command in (["settings", "set", *self.settings], ["plan"], ["approve", "--all"]):
            self.assertEqual(self.destock(*command, "--account", "big").code, 0)
        done = self.destock("carry-out", "week", "--account", "big", "--format", "json").json()
        sheets = [f for f in done["files"] if f["kind"] == "coupons"]
        self.assertEqual(len(sheets), 1)
        self.assertGreaterEqual(len(sheets[0]["actions"]), 15)
        import zipfile
        with zipfile.ZipFile(os.path.join(self.folder, "week", sheets[0]["name"])) as book:
            text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
        self.assertIn("ASIN list", text)
        self.assertRegex(text, r"B0[0-9A-Z]{8}(;B0[0-9A-Z]{8}){14,}")
        self.assertIn("2026-11-30", text)


@needs_clock
class Exits(Desk):
    settings = ["coupon=off", "ped=off", "outlet=off", "best_deal=off", "lightning=off", "markdown=on"]

    def exits(self):
        return [a for a in self.todo()["actions"] if a["leaves"]]

    def test_returns_need_an_address_and_what_cannot_be_undone_a_second_yes(self):
        exits = self.exits()
        self.assertTrue(exits)
        self.on("approve", "--all")
        held = self.carry_out()["held_back"]
        self.assertEqual({one["id"] for one in held} & {a["id"] for a in exits}, {a["id"] for a in exits})
        if exits[0]["irreversible"]:
            self.assertEqual(self.on("confirm", "--all").code, 0)
        else:
            self.assertIn("no address", held[0]["why"])
            self.assertEqual(self.on("settings", "set", "removal.name=House", "removal.line1=1 Road", "removal.city=Carson", "removal.country=US",
                                     "removal.postal_code=90745", "removal.phone=1").code, 0)
        files = self.carry_out()["files"]
        orders = next(f for f in files if f["kind"] == "removals")
        self.assertEqual(sorted(orders["actions"]), sorted(a["id"] for a in exits))
        with open(os.path.join(self.folder, "week", orders["name"]), newline="") as file:
            rows = [line.split("\t") for line in file.read().split("\r\n")[1:-1]]
        self.assertEqual({(row[0], row[12], int(row[13])) for row in rows}, {(a["id"], a["sku"], round(a["units"])) for a in exits})
        self.see(exits)

    def see(self, exits):
        """The orders as Amazon's report tells them three days on: the first carried out in part, the second cancelled, the rest not there."""
        self.clock("2026-12-07 09:00:00")
        head = ("request-date\torder-id\torder-source\torder-type\tservice-speed\torder-status\tlast-updated-date\tsku\tfnsku\tdisposition\trequested-quantity\t"
                "cancelled-quantity\tdisposed-quantity\tshipped-quantity\tin-process-quantity\tremoval-fee\tcurrency\n")
        row = "2026-12-01T10:00:00+00:00\t%s\tSeller\tReturn\tStandard\t%s\t2026-12-06T10:00:00+00:00\t%s\tX1\tSellable\t%d\t%d\t0\t%d\t0\t10.00\tUSD\n"
        first, second = exits[0], exits[1]
        units = [round(a["units"]) for a in (first, second)]
        self.imported(self.write("removals.txt", head + row % (first["id"], "Completed", first["sku"], units[0], 5, units[0] - 5) +
                                 row % (second["id"], "Cancelled", second["sku"], units[1], units[1], 0)), account="shop")
        self.newer("2026-12-06", units=700)
        states = {a["id"]: a for a in self.todo("--every")["actions"]}
        self.assertIn(states[first["id"]]["state"], ("live", "finished"))
        self.assertEqual(states[second["id"]]["state"], "ended_early")
        self.assertEqual(states[exits[2]["id"]]["state"], "never_seen", "its report is there, and does not know it")
        track = {a["id"]: a for a in self.on("track", "--format", "json").json()["actions"]}
        self.assertEqual(track[first["id"]]["actual"]["units"], units[0] - 5)
        planned = float(track[first["id"]]["planned"]["cash"]["amount"])
        self.assertAlmostEqual(float(track[first["id"]]["actual"]["cash"]["amount"]), planned * (units[0] - 5) / units[0], delta=0.01)
        self.assertEqual(float(track[exits[2]["id"]]["actual"]["cash"]["amount"]), 0)


@needs_clock
class OverHttp(Desk):
    def test_a_viewer_looks_and_decides_nothing(self):
        server = self.serve()
        owner = server.owner()
        account = server.get("/accounts", owner)["accounts"][0]["id"]
        viewer = server.invite(owner, "viewer", [account], "looker")
        path = "/accounts/%d" % account
        actions = server.get(path + "/todo", viewer)["actions"]
        for method, where, body in (("POST", "/todo", {"decision": "approved", "all": True}), ("POST", "/files", {}), ("DELETE", "/decisions/newest", None),
                                    ("POST", "/processing-reports", {"text": "x"})):
            self.assertEqual(server.call(method, path + where, body, viewer)[0], 403, where)
        status, body, _ = server.call("POST", path + "/todo", {"decision": "approved", "ids": [actions[0]["id"]], "why": "ok"}, owner)
        self.assertEqual((status, body["done"]), (200, [actions[0]["id"]]))
        # Decided on the dashboard, seen by the command line, and the other way round.
        self.assertEqual(self.state(actions[0]["id"])["decided_by"], "owner")
        self.assertEqual(self.on("approve", actions[1]["id"], "--by", "wang").code, 0)
        seen = {a["id"]: a["state"] for a in server.get(path + "/todo", owner)["actions"]}
        self.assertEqual(seen[actions[1]["id"]], "approved")
        status, body, _ = server.call("POST", path + "/files", {}, owner)
        file = next(f for f in body["files"] if f["kind"] == "prices")
        status, data, headers = server.call("GET", "%s/files/%d" % (path, file["id"]), None, owner)
        self.assertEqual((status, hashlib.sha256(data).hexdigest()), (200, file["sha256"]))
        self.assertIn("attachment", headers["content-disposition"])
        self.assertEqual(server.call("GET", "%s/files/%d" % (path, file["id"]), None, viewer)[0], 403)
        # A line that is approved on the Plan screen is approved at its price: another one holds it back.
        line = next(a for a in actions if a["id"] not in (actions[0]["id"], actions[1]["id"]))
        status, body, _ = server.call("PATCH", path + "/plans/latest/lines", {"lines": [{"marketplace": "US", "sku": line["sku"]}], "change": {"approved": True}}, owner)
        self.assertEqual(status, 200, body)
        self.assertEqual(self.state(line["id"])["state"], "approved")
        self.newer(price="24.99")
        self.assertEqual([one["id"] for one in self.carry_out()["held_back"]], [line["id"]])
        server.kill()
        again = self.serve()
        owner = again.sign_in("owner")
        self.assertEqual(again.get(path + "/todo", owner)["states"].get("written"), 2, "what was written outlasts a kill")


if __name__ == "__main__":
    main()
