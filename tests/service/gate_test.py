"""Who gets in: guesses are slowed without keeping the owner out, tokens make nothing that outlives them, links tell no names, and what
people may ask for at once has a limit."""
import json
import os
import threading
import time

from product import PASSWORD, Case, Token, main, needs_clock, planning_row, table_text


class Gate(Case):
    options = ()

    def setUp(self):
        super().setUp()
        self.server = self.serve(*self.options)
        self.owner = self.server.owner()

    def guess(self, name="owner", password="wrong wrong wrong", headers=None):
        return self.server.call("POST", "/session", {"name": name, "password": password}, None, headers)

    def device(self):
        import http.client
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port)
        connection.request("POST", "/api/v1/session", json.dumps({"name": "owner", "password": PASSWORD}), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        cookies = [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        connection.close()
        return next(c.split(";")[0] for c in cookies if c.startswith("destock_device="))


class SignIn(Gate):
    def test_wrong_is_401_and_too_often_429(self):
        for _ in range(5):
            status, body, _ = self.guess()
            self.assertEqual((status, body["code"]), (401, "wrong_sign_in"))
        status, body, headers = self.guess()
        self.assertEqual((status, body["code"]), (429, "too_many"))
        self.assertGreater(int(headers["retry-after"]), 0)

    def test_guesses_at_once_are_no_more_than_in_a_row(self):
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(self.guess()[0])) for _ in range(40)]
        [t.start() for t in threads]
        [t.join() for t in threads]
        self.assertEqual(answers.count(401), 5, answers)
        self.assertEqual(answers.count(429), 35, answers)

    def test_a_known_device_passes(self):
        device = self.device()
        for _ in range(8):
            self.guess()
        self.assertEqual(self.guess(password=PASSWORD)[0], 429)
        self.assertEqual(self.guess(password=PASSWORD, headers={"Cookie": device})[0], 200)
        self.assertEqual(self.guess(password=PASSWORD, headers={"Cookie": device[:-4] + "0000"})[0], 429)

    def test_the_old_password_is_not_guessed_without_end(self):
        answers = [self.server.call("POST", "/password", {"old": "wrong %d" % i, "new": "another long one"}, self.owner)[0] for i in range(12)]
        self.assertEqual(answers, [409] * 5 + [429] * 7)

    def test_a_made_up_link_tells_no_names(self):
        answers = [self.server.call("POST", "/setup", {"token": "0" * 48, "name": name, "password": PASSWORD}) for name in ("owner", "nobody")]
        self.assertEqual(answers[0][:2], answers[1][:2])
        for _ in range(10):
            last = self.server.call("POST", "/setup", {"token": "0" * 48, "name": "x", "password": PASSWORD})
        self.assertEqual(last[0], 429)

    def test_forwarded_for_is_nobody_without_a_proxy(self):
        answers = [self.guess(headers={"X-Forwarded-For": "10.0.0.%d" % i})[0] for i in range(10)]
        self.assertEqual(answers.count(401), 5)

    def test_a_token_makes_and_ends_nothing(self):
        made = {role: Token(self.server.call("POST", "/tokens", {"name": role, "role": role}, self.owner)[1]["token"]) for role in ("viewer", "owner")}
        tokens = self.server.get("/tokens", self.owner)["tokens"]
        for who in made.values():
            for method, path, body in (("POST", "/tokens", {"name": "heir", "role": "viewer"}), ("DELETE", "/tokens/%d" % tokens[0]["id"], None),
                                       ("POST", "/password", {"old": PASSWORD, "new": "another long one"})):
                self.assertEqual(self.server.call(method, path, body, who)[0], 409, (method, path))
        status = self.server.call("POST", "/people", {"role": "owner", "accounts": []}, made["owner"])[0]
        self.assertEqual(status, 409)
        self.assertEqual(len(self.server.get("/tokens", self.owner)["tokens"]), 2)
        self.assertEqual(self.server.call("DELETE", "/tokens/%d" % tokens[0]["id"], None, self.owner)[0], 204)

    def test_names_are_short_and_visible(self):
        for name in ("", " ", "x" * 61, "a\u0000b", "a\nb", "\u202eevil", "\x1b[31m"):
            for path, body in (("/accounts", {"name": name}), ("/tokens", {"name": name, "role": "viewer"})):
                self.assertEqual(self.server.call("POST", path, body, self.owner)[0], 400, (path, name))
        self.assertEqual(self.server.call("POST", "/accounts", {"name": "灯笼 " + "店" * 57}, self.owner)[0], 201)
        self.assertEqual(self.server.call("POST", "/people", {"role": "viewer", "accounts": [999]}, self.owner)[0], 404)

    def test_strangers_are_told_no_path(self):
        """The database cannot be written: that is said, and where it lies is not."""
        import sqlite3
        holder = sqlite3.connect(self.db, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        status, body, _ = self.guess(password=PASSWORD)
        holder.execute("ROLLBACK")
        holder.close()
        self.assertEqual(status, 503, body)
        self.assertNotIn(os.path.basename(self.db), json.dumps(body))
        self.assertIn(self.db, self.server.text())


class BehindProxy(Gate):
    options = ("--behind-proxy",)

    def test_callers_are_told_apart_by_what_the_proxy_adds(self):
        for _ in range(6):
            self.guess(headers={"X-Forwarded-For": "10.0.0.1"})
        self.assertEqual(self.guess(password=PASSWORD, headers={"X-Forwarded-For": "10.0.0.1"})[0], 429)
        self.assertEqual(self.guess(password=PASSWORD, headers={"X-Forwarded-For": "10.0.0.2"})[0], 200)
        # What the caller himself wrote stands before it, and is not looked at.
        for i in range(6):
            self.guess(headers={"X-Forwarded-For": "10.9.9.%d, 10.0.0.3" % i})
        self.assertEqual(self.guess(password=PASSWORD, headers={"X-Forwarded-For": "10.9.9.99, 10.0.0.3"})[0], 429)


class BehindAnotherProxy(Gate):
    options = ("--behind-proxy", "10.1.2.3")

    def test_only_the_named_proxy_is_believed(self):
        answers = [self.guess(headers={"X-Forwarded-For": "10.0.0.%d" % i})[0] for i in range(10)]
        self.assertEqual(answers.count(401), 5)


class Work(Gate):
    def setUp(self):
        super().setUp()
        self.account = self.server.call("POST", "/accounts", {"name": "shop"}, self.owner)[1]["id"]

    def stock(self, skus=400):
        rows = [planning_row("SKU-%03d" % i, "2026-01-05", 400, t30=2, ages=[0, 0, 200, 200, 0]) for i in range(skus)]
        return {"fba_inventory_US_2026-01-05.csv": table_text(rows)}

    def folders(self):
        folder = os.path.join(self.db + ".uploads", str(self.account))
        return sorted(os.listdir(folder)) if os.path.isdir(folder) else []

    def wait_for(self, what, seconds=20):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if what():
                return True
            time.sleep(0.02)
        return False

    def test_jobs_of_a_person_have_a_limit_and_imports_go_first(self):
        self.server.import_files(self.owner, self.account, self.stock(3000))
        answers = [self.server.call("POST", "/accounts/%d/plans" % self.account, {}, self.owner) for _ in range(30)]
        self.assertEqual([a[0] for a in answers[:20]], [202] * 20)
        full = next(a for a in answers if a[0] != 202)
        self.assertEqual(full[0], 429)
        self.assertIn("retry-after", full[2])
        other = self.server.invite(self.owner, "operator", [self.account], "other")
        job = self.server.import_files(other, self.account, {"costs.csv": "sku,unit-cost,currency\nSKU-001,3,USD\n"})
        self.assertEqual(job["state"], "done")
        open_plans = [j for j in self.server.get("/accounts/%d/jobs" % self.account, self.owner)["jobs"] if j["kind"] == "plan" and j["state"] == "queued"]
        self.assertGreater(len(open_plans), 0, "the import went before plans that were asked for earlier")

    def test_a_plan_of_one_account_does_not_hold_up_anothers_import(self):
        self.server.import_files(self.owner, self.account, self.stock(9000))
        second = self.server.call("POST", "/accounts", {"name": "second"}, self.owner)[1]["id"]
        plan = self.server.call("POST", "/accounts/%d/plans" % self.account, {}, self.owner)[1]["job"]
        job = self.server.import_files(self.owner, second, {"costs.csv": "sku,unit-cost,currency\nSKU-001,3,USD\n"})
        self.assertEqual(job["state"], "done")
        planning = self.server.get("/accounts/%d/jobs/%d" % (self.account, plan), self.owner)
        self.assertTrue(planning["state"] in ("queued", "running") or planning["ended_at"] > job["ended_at"], "the plan was still at work when the import had ended: %s" % planning)

    def test_parts_at_once_are_written_once(self):
        part = b"x" * 200_000
        for _ in range(10):
            upload = self.server.upload(self.owner, self.account, "a.csv", b"")
            answers = []

            def send():
                answers.append(self.server.call("PUT", "/accounts/%d/uploads/%s?offset=0" % (self.account, upload), part, self.owner)[0])

            threads = [threading.Thread(target=send) for _ in range(4)]
            [t.start() for t in threads]
            [t.join() for t in threads]
            self.assertEqual(sorted(answers), [200, 409, 409, 409])
            path = os.path.join(self.db + ".uploads", str(self.account), upload, "a.csv")
            self.assertEqual(os.path.getsize(path), len(part))

    def test_uploads_go_with_their_job_whatever_comes_of_it(self):
        self.server.import_files(self.owner, self.account, self.stock(5))
        self.assertTrue(self.wait_for(lambda: self.folders() == []), self.folders())
        job = self.server.import_files(self.owner, self.account, {"nonsense.csv": "a,b\n1,2\n"})
        self.assertTrue(self.wait_for(lambda: self.folders() == []), (job, self.folders()))
        upload = self.server.upload(self.owner, self.account, "b.csv", self.stock(50)["fba_inventory_US_2026-01-05.csv"])
        status, body, _ = self.server.call("POST", "/accounts/%d/imports" % self.account, {"uploads": [upload]}, self.owner)
        self.server.call("DELETE", "/accounts/%d/jobs/%d" % (self.account, body["job"]), None, self.owner)
        self.assertTrue(self.wait_for(lambda: self.folders() == []), self.folders())

    def test_what_a_killed_server_read_stays_until_it_is_sent_again(self):
        files = self.stock(50)
        name, data = next(iter(files.items()))
        self.server.upload(self.owner, self.account, name, data)  # its server is killed before a job takes it
        self.server.kill()
        self.server = self.serve(*self.options)
        self.owner = self.server.sign_in("owner")
        self.assertEqual(len(self.folders()), 1)
        self.server.import_files(self.owner, self.account, {"other.csv": "a,b\n1,2\n"})
        self.assertTrue(self.wait_for(lambda: len(self.folders()) == 1), self.folders())
        self.server.import_files(self.owner, self.account, {name: data})
        self.assertTrue(self.wait_for(lambda: self.folders() == []), self.folders())

    def test_open_uploads_of_a_person_have_a_limit(self):
        answers = [self.server.call("POST", "/accounts/%d/uploads" % self.account, {"name": "a.csv"}, self.owner)[0] for _ in range(205)]
        self.assertEqual(answers, [201] * 200 + [429] * 5)

    def listening(self, who):
        import socket
        s = socket.create_connection(("127.0.0.1", self.server.port), timeout=60)
        s.sendall(b"GET /api/v1/accounts/%d/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n\r\n" % (self.account, who.cookie.encode()))
        return s

    def heard(self, s, until=None):
        """What comes until some bytes have come, or until the other side ends it."""
        got = b""
        while until is None or until not in got:
            piece = s.recv(65536)
            if not piece:
                self.assertIsNone(until, got)
                break
            got += piece
        return got

    def test_a_listener_who_may_not_see_any_more_hears_no_more(self):
        viewer = self.server.invite(self.owner, "viewer", [self.account], "viewer")
        self.server.import_files(self.owner, self.account, self.stock(3000))
        jobs = [self.server.call("POST", "/accounts/%d/plans" % self.account, {}, self.owner)[1]["job"] for _ in range(4)]
        s = self.listening(viewer)
        first = self.heard(s, b"event: progress")
        person = next(p["id"] for p in self.server.get("/people", self.owner)["people"] if p["name"] == "viewer")
        self.assertEqual(self.server.call("PATCH", "/people/%d" % person, {"active": False}, self.owner)[0], 204)
        for job in jobs:
            self.assertEqual(self.server.job(self.owner, self.account, job)["state"], "done")
        all_heard = first + self.heard(s)
        self.assertLess(all_heard.count(b"event: ended"), 4)
        self.assertNotIn(b"idle", all_heard)
        s.close()

    def test_one_stream_tells_of_every_job_of_the_account(self):
        self.server.import_files(self.owner, self.account, self.stock(1500))
        jobs = [self.server.call("POST", "/accounts/%d/plans" % self.account, {}, self.owner)[1]["job"] for _ in range(4)]
        s = self.listening(self.owner)
        heard = self.heard(s)
        self.assertIn(b"event: idle", heard)
        self.assertGreaterEqual(heard.count(b"event: ended"), 3, "one may have ended before")
        for job in jobs[1:]:
            self.assertIn(b'"id":%d,' % job, heard)
        s.close()
        s = self.listening(self.owner)
        self.assertIn(b"event: idle", self.heard(s))
        s.close()

    @needs_clock
    def test_what_nobody_imports_goes_after_a_day(self):
        kept = self.server.upload(self.owner, self.account, "a.csv", b"x")
        self.server.end()
        self.clock(time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 23 * 3600)))
        self.serve()
        self.assertEqual(self.folders(), [kept])
        self._servers[-1].end()
        self.clock(time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 25 * 3600)))
        self.serve()
        self.assertEqual(self.folders(), [])


class Depth(Gate):
    def test_json_nested_deep_is_refused_by_every_route(self):
        account = self.server.call("POST", "/accounts", {"name": "shop"}, self.owner)[1]["id"]
        rows = [planning_row("SKU-%03d" % i, "2026-01-05", 400, t30=2, ages=[0, 0, 200, 200, 0]) for i in range(5)]
        self.server.import_files(self.owner, account, {"fba_inventory_US_2026-01-05.csv": table_text(rows)})
        self.server.make_plan(self.owner, account)
        of = "/accounts/%d" % account
        for method, path, body in (("POST", of + "/plans", '{"policy":"hold","x":%s}'), ("PATCH", of + "/plans/latest/lines", '{"all":true,"change":{"wishes":{"x":%s}}}'),
                                   ("PATCH", of + "/settings", '{"rules":{},"x":%s}'), ("POST", of + "/imports", '{"uploads":[],"x":%s}'), ("POST", of + "/costs", '{"costs":[],"x":%s}'),
                                   ("POST", of + "/skus/US/SKU-001/what-if", '{"x":%s}'), ("POST", "/session", '{"x":%s}'), ("POST", of + "/views", '{"x":%s}')):
            for depth in (64, 20_000, 200_000, 1_500_000):
                text = (body % ("[" * depth + "]" * depth)).encode()
                status = self.server.call(method, path, text, None if path == "/session" else self.owner, {"Content-Type": "application/json"})[0]
                self.assertIn(status, (400, 413), (path, depth))
        self.assertTrue(self.server.alive())
        ran = self.run_command("decide", text='{"sku":"A","x":%s}\n' % ("[" * 200_000 + "]" * 200_000))
        self.assertGreaterEqual(ran.code, 0, ran)
        self.assertIn("JSON", ran.out)


if __name__ == "__main__":
    main()
