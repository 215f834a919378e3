"""What people decided of a SKU outlasts every way in which a plan is made, and nothing but their own word changes it."""
import json
import threading

import shop
from product import main


class Decisions(shop.ShopCase):
    def setUp(self):
        super().setUp()
        self.path = "/accounts/%d/plans" % self.account
        self.plan_now()
        self.keys = shop.keys(self.latest()["lines"])
        self.assertGreaterEqual(len(self.keys), 8)
        self.decide(self.keys[0:2], {"approved": True, "pinned": "locked"})
        self.decide(self.keys[2:4], {"pinned": "excluded"})
        self.decide(self.keys[4:6], {"wishes": {"floor_share": 0.9}})
        self.decide(self.keys[6:7], {"approved": True})

    def plan_now(self, **options):
        return self.server.make_plan(self.owner, self.account, **options)

    def latest(self, query=""):
        return self.server.get(self.path + "/latest" + query, self.owner)

    def decide(self, lines, change, plan="latest", who=None):
        status, body, _ = self.server.call("PATCH", "%s/%s/lines" % (self.path, plan), {"lines": lines, "change": change}, who or self.owner)
        self.assertEqual(status, 200, body)
        return body

    def counts(self):
        plan = self.latest()
        return {**{name: plan["counts"][name] for name in ("approved", "locked", "excluded", "to_look_at")}, "wishes": sum(1 for c in plan["choices"] if c["wishes"])}

    ALL = {"approved": 3, "locked": 2, "excluded": 2, "to_look_at": 0, "wishes": 2}

    def newer_report(self, date="2026-11-29", skus=shop.SKUS, units=900):
        job = self.server.import_files(self.owner, self.account, {"inventory_%s.csv" % date: shop.inventory(date, skus, units)})
        self.assertEqual(job["state"], "done", job)

    def test_planning_again_keeps_all(self):
        self.assertEqual(self.counts(), self.ALL)
        self.plan_now()
        self.assertEqual(self.counts(), self.ALL)
        lines = shop.keys(self.latest()["lines"])
        for key in self.keys[2:4]:
            self.assertNotIn(key, lines, "what is left out is not planned")

    def test_a_viewers_workbook_stores_nothing(self):
        viewer = self.server.invite(self.owner, "viewer", [self.account], "viewer")
        self.newer_report()
        before = self.server.get(self.path, self.owner)["plans"]
        status, book, _ = self.server.call("GET", "/accounts/%d/workbook" % self.account, None, viewer)
        self.assertEqual((status, book[:2]), (200, b"PK"))
        self.assertEqual(self.server.get(self.path, self.owner)["plans"], before)
        self.plan_now()
        self.assertEqual(self.latest()["counts"]["excluded"], 2)
        self.assertEqual(self.counts()["wishes"], 2)

    def test_the_command_lines_plan_goes_by_the_same_decisions(self):
        before = self.latest()["plan_id"]
        plan = self.plan_of_command()
        lines = [(line["marketplace"], line["sku"]) for line in plan["lines"]]
        for key in self.keys[2:4]:
            self.assertNotIn((key["marketplace"], key["sku"]), lines)
        self.assertEqual(self.latest()["plan_id"], plan["plan_id"])
        self.assertGreater(plan["plan_id"], before)
        self.assertEqual(self.counts(), self.ALL)

    def plan_of_command(self, *options):
        return self.plan("--account", "shop", *options)

    def test_trials_of_the_command_line_are_never_the_accounts_plan(self):
        before = self.latest()["plan_id"]
        for options in (["--sku", "SH-05"], ["--policy", "hold"], ["--policy", "playbook"], ["--as-of", "2026-11-20"]):
            self.plan_of_command(*options)
            self.assertEqual(self.latest()["plan_id"], before, options)
            self.assertEqual(self.counts(), self.ALL, options)
        trials = [plan for plan in self.server.get(self.path, self.owner)["plans"] if plan["purpose"] == "trial"]
        self.assertEqual(len(trials), 4)
        ran = self.destock("why", "SH-05", "--account", "shop")
        self.assertEqual(ran.code, 0, ran)

    def test_another_policy_by_the_dashboard_is_a_trial_too(self):
        before = self.latest()["plan_id"]
        status, body, _ = self.server.call("POST", self.path, {"policy": "liquidate"}, self.owner)
        self.assertEqual(self.server.job(self.owner, self.account, body["job"])["state"], "done")
        self.assertEqual(self.latest()["plan_id"], before)

    def test_what_the_whole_plan_was_asked_stays_until_it_is_taken_back(self):
        self.plan_now(wishes={"without": ["outlet"], "floor_share": 0.7})
        self.assertEqual(self.plan_now()["wishes"], {"without": ["outlet"], "floor_share": 0.7})
        self.plan_of_command()
        self.assertEqual(self.latest()["wishes"], {"without": ["outlet"], "floor_share": 0.7})
        self.plan_of_command("--min-price", "12.50USD")
        self.assertEqual(self.latest()["wishes"], {"floor_price": "12.5000", "floor_currency": "USD"})
        self.plan_of_command("--anew")
        self.assertIsNone(self.latest()["wishes"])

    def test_why_there_is_no_line_is_said(self):
        self.plan_now()
        sku = self.keys[2]["sku"]
        ran = self.destock("why", sku, "--account", "shop")
        self.assertEqual(ran.code, 1, ran)
        self.assertIn("left out by owner", ran.err)
        self.assertIn("将其排除", self.destock("why", sku, "--account", "shop", "--lang", "zh").err)
        self.assertIn("nothing to clear", self.destock("why", "NOBODY", "--account", "shop").err)

    def test_a_wish_with_a_slip_in_its_name_is_refused(self):
        line = self.keys[4]
        for method, path, body, key in (("POST", self.path, {"wishes": {"flor_share": 0.7}}, "flor_share"), ("POST", self.path, {"horizon": 4}, "horizon"),
                                        ("PATCH", self.path + "/latest/lines", {"lines": [line], "change": {"wishes": {"floor": "9"}}}, "floor"),
                                        ("PATCH", "/accounts/%d/settings" % self.account, {"rule": {"plan.min_gain": 5}}, "rule")):
            status, answer, _ = self.server.call(method, path, body, self.owner)
            self.assertEqual((status, answer["code"]), (400, "bad_usage"), answer)
            self.assertIn(key, json.dumps(answer))

    def test_what_is_decided_while_a_plan_is_made_is_in_it(self):
        for _ in range(3):
            status, body, _ = self.server.call("POST", self.path, {}, self.owner)
            self.assertEqual(status, 202)
            self.decide(self.keys[7:8], {"pinned": "excluded"})
            self.decide(self.keys[4:5], {"wishes": {"floor_share": 0.8}})
            self.decide(self.keys[6:7], {"pinned": "locked"})
            self.assertEqual(self.server.job(self.owner, self.account, body["job"])["state"], "done")
            plan = self.latest()
            self.assertIn(self.keys[7]["sku"], [choice["sku"] for choice in plan["left_out"]])
            choices = {choice["sku"]: choice for choice in plan["choices"]}
            self.assertEqual(choices[self.keys[4]["sku"]]["wishes"], {"floor_share": 0.8})
            self.assertEqual(choices[self.keys[6]["sku"]]["pinned"], "locked")
            self.decide(self.keys[7:8], {"pinned": "no"})

    def test_two_people_at_one_line_at_once(self):
        others = [self.server.invite(self.owner, "operator", [self.account], "op%d" % i) for i in range(2)]
        for key in self.keys[7:] * 8:
            self.decide([key], {"approved": False, "pinned": "no"})
            threads = [threading.Thread(target=self.server.call, args=("PATCH", self.path + "/latest/lines", {"lines": [key], "change": change}, who))
                       for change, who in (({"approved": True}, others[0]), ({"pinned": "locked"}, others[1]))]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            choice = next(c for c in self.latest()["choices"] if c["sku"] == key["sku"])
            self.assertEqual((choice["approved"], choice["pinned"]), (True, "locked"))

    def test_a_locked_line_that_became_another_is_said(self):
        self.newer_report(units=1700)
        self.plan_now()
        plan = self.latest()
        self.assertEqual(plan["as_of"], "2026-11-29")
        lines = {line["sku"]: line for line in plan["lines"]}
        choices = {choice["sku"]: choice for choice in plan["choices"]}
        for key in self.keys[0:2]:
            self.assertEqual(choices[key["sku"]]["pinned"], "locked", "the lock is kept")
            self.assertIn(key["sku"], lines)
        changed = [choice["sku"] for choice in plan["to_look_at"]]
        self.assertTrue(changed)
        self.assertEqual(sorted(changed), sorted(sku for sku, choice in choices.items() if choice["needs_look"]))
        for key in self.keys[0:1] + self.keys[6:7]:
            self.assertEqual(choices[key["sku"]]["approved"], key["sku"] not in changed, "an approval is of the line as it was")
        # Looked at again, it stands again.
        for choice in plan["to_look_at"]:
            self.decide(shop.keys([choice]), {"approved": True, "pinned": choice["pinned"]})
        self.assertEqual(self.counts()["to_look_at"], 0)

    def test_a_locked_line_of_a_sku_that_left_excess_does_not_vanish(self):
        gone = self.keys[0]["sku"]
        self.newer_report(skus=[sku for sku in shop.SKUS if sku != gone])
        self.plan_now()
        plan = self.latest()
        self.assertNotIn(gone, [line["sku"] for line in plan["lines"]])
        choice = next(c for c in plan["to_look_at"] if c["sku"] == gone)
        self.assertEqual((choice["pinned"], choice["in_plan"], choice["needs_look"]), ("locked", False, True))
        self.decide([self.keys[0]], {"pinned": "no"})
        self.assertNotIn(gone, [c["sku"] for c in self.latest()["to_look_at"]])

    def test_decisions_outlast_the_server(self):
        self.server.kill()
        self.server = self.serve()
        self.owner = self.server.sign_in("owner")
        self.assertEqual(self.counts(), self.ALL)

    def test_actions_approved_one_by_one_or_with_their_sku_are_counted_with_the_plan(self):
        path = "/accounts/%d/todo" % self.account
        todo = self.server.get(path + "?every=1", self.owner)
        approved = sum(number for state, number in todo["states"].items() if state == "approved")
        self.assertEqual(self.latest()["counts"]["actions_approved"], approved)
        one = next(action["id"] for action in todo["actions"] if action["state"] == "proposed")
        status, body, _ = self.server.call("POST", path, {"ids": [one], "decision": "approved"}, self.owner)
        self.assertEqual(status, 200, body)
        self.assertEqual(self.latest()["counts"]["actions_approved"], approved + 1)
        status, body, _ = self.server.call("POST", path, {"ids": [one], "decision": "withdrawn"}, self.owner)
        self.assertEqual(status, 200, body)
        self.assertEqual(self.latest()["counts"]["actions_approved"], approved)

    def test_the_log_names_the_skus(self):
        entry = next(e for e in self.server.get("/audit", self.owner)["entries"] if e["action"] == "changeLines")
        self.assertIn(self.keys[6]["sku"], entry["detail"])


if __name__ == "__main__":
    main()
