"""The product from outside, as its tests see it: the program in a folder of its own, the server over HTTP, a clock that a test
moves (libfaketime), and reports as Seller Central writes them.

Each test file is a program of unittest: `python3 tests/service/NAME_test.py` with DESTOCK_PROGRAM naming the program
(build/destock where it is not set). Nothing outside a temporary folder is written, and only processes started here are ended.
"""
import csv
import datetime
import glob
import http.client
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(os.environ.get("DESTOCK_PROGRAM", os.path.join(ROOT, "build", "destock")))
PASSWORD = "correct horse battery"
_FAKETIME = sorted(glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1"))


def sanitized():
    """Whether the program carries a sanitizer, under which another library cannot be loaded before all."""
    with open(PROGRAM, "rb") as program:
        return b"__asan_init" in program.read()


CLOCK_MOVES = bool(_FAKETIME) and not sanitized()
WHY_NOT = "no libfaketime, or a program with sanitizers: the clock cannot be moved"
needs_clock = unittest.skipUnless(CLOCK_MOVES, WHY_NOT)


def day(text):
    return datetime.date.fromisoformat(text)


class Ran:
    """What a command gave back."""

    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")

    def json(self):
        try:
            return json.loads(self.out)
        except ValueError:
            raise AssertionError("no JSON (exit %s): %s%s" % (self.code, self.out[:600], self.err[:600]))

    def __repr__(self):
        return "exit %s\n%s\n%s" % (self.code, self.out[:3000], self.err[:3000])


class Case(unittest.TestCase):
    """A folder of its own, with a clock that stands at `now` where a test moves it."""

    maxDiff = None
    now = None  # "2026-11-29 12:00:00": the clock of every command and server of this case

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="destock-service-")
        self.db = os.path.join(self.folder, "destock.db")
        self._clock = os.path.join(self.folder, ".clock")
        self._servers = []
        if self.now:
            self.clock(self.now)

    def tearDown(self):
        for server in self._servers:
            server.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- clock

    def clock(self, moment):
        """Moves the clock of all that runs and will run: "2026-12-01 09:30:00" (UTC). It goes on from there. Where it cannot be moved, the test is skipped."""
        if not CLOCK_MOVES:
            self.skipTest(WHY_NOT)
        if len(moment) == 10:
            moment += " 12:00:00"
        self.now = moment
        wanted = datetime.datetime.fromisoformat(moment + "+00:00")
        offset = round(wanted.timestamp() - time.time())
        with open(self._clock + ".new", "w") as file:
            file.write("%+d\n" % offset)
        os.replace(self._clock + ".new", self._clock)

    def environment(self, more=None):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("DESTOCK_")}
        environment.update(LC_ALL="C.UTF-8", TZ="UTC", **({"DESTOCK_DATA": os.environ["DESTOCK_DATA"]} if "DESTOCK_DATA" in os.environ else {}))
        if self.now:
            environment.update(LD_PRELOAD=_FAKETIME[0], FAKETIME_TIMESTAMP_FILE=self._clock, FAKETIME_NO_CACHE="1", FAKETIME_DONT_FAKE_MONOTONIC="1",
                               NO_FAKE_STAT="1", FAKETIME_DONT_RESET="1")
        environment.update(more or {})
        return environment

    # -- command line

    def run_command(self, *arguments, timeout=300, environment=None, text=None, cwd=None):
        done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=timeout, input=text.encode() if isinstance(text, str) else text,
                              env=self.environment(environment), cwd=cwd or self.folder)
        return Ran(done)

    def destock(self, command, *arguments, **more):
        """`destock COMMAND … --db THE_CASE'S_DATABASE`."""
        return self.run_command(command, *arguments, "--db", self.db, **more)

    def imported(self, *paths, account=None, codes=(0,), options=()):
        ran = self.destock("import", *paths, "--format", "json", *options, *(["--account", account] if account else []))
        self.assertIn(ran.code, codes, ran)
        return ran.json()

    def plan(self, *options):
        ran = self.destock("plan", "--format", "json", *options)
        self.assertEqual(ran.code, 0, ran)
        return ran.json()

    # -- server

    def serve(self, *options, **more):
        server = Server(self, *options, **more)
        self._servers.append(server)
        return server

    # -- database, read as another program would: through SQLite, never through the file

    def sql(self, query, *values):
        import sqlite3
        connection = sqlite3.connect("file:%s?mode=ro" % self.db, uri=True, timeout=10)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    # -- files

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())
        return path

    def table(self, name, rows, delimiter=","):
        """Rows as dicts: a report whose header is the first row's keys."""
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", newline="", encoding="utf-8") as file:
            out = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=delimiter)
            out.writeheader()
            out.writerows(rows)
        return path

    def aged(self, path, date):
        """Gives a file the time of noon (UTC) of a day."""
        moment = datetime.datetime.fromisoformat(date + "T12:00:00+00:00").timestamp()
        os.utime(path, (moment, moment))
        return path


class Server:
    def __init__(self, case, *options, environment=None, nofile=None, prefix=(), wait=60, port=0, db=None):
        import resource
        self.case = case
        self.log = os.path.join(case.folder, "serve%d.log" % len(case._servers))

        def limits():
            if nofile:
                resource.setrlimit(resource.RLIMIT_NOFILE, (nofile, nofile))

        with open(self.log, "wb") as out:
            self.process = subprocess.Popen([*prefix, PROGRAM, "serve", "--db", db or case.db, "--port", str(port), *options], stdout=out, stderr=subprocess.STDOUT,
                                            env=case.environment(environment), cwd=case.folder, preexec_fn=limits)
        until = time.monotonic() + wait
        while time.monotonic() < until:
            text = self.text()
            found = re.search(r"https?://([^\s/]+):(\d+)", text)
            if found and "Ctrl+C" in text:
                self.port = int(found.group(2))
                link = re.search(r"/setup#([0-9a-f]+)", text)
                self.link = link.group(1) if link else None
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.03)
        self.end()
        raise AssertionError("the server did not start: " + self.text()[-800:])

    def text(self):
        with open(self.log, errors="replace") as file:
            return file.read()

    def alive(self):
        return self.process.poll() is None

    def end(self, how=signal.SIGTERM):
        if self.alive():
            self.process.send_signal(how)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        return self.process.returncode

    def kill(self):
        return self.end(signal.SIGKILL)

    def memory_mb(self):
        with open("/proc/%d/status" % self.process.pid) as status:
            return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))

    def call(self, method, path, body=None, who=None, headers=None, timeout=120):
        """(status, parsed or bytes, headers in lower case)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = dict(who.headers(method)) if who else {}
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        try:
            connection.request(method, path if path.startswith("/api/") else "/api/v1" + path, body, sent)
            answer = connection.getresponse()
            data = answer.read()
            if data and "json" in (answer.getheader("content-type") or ""):
                data = json.loads(data)
            return answer.status, data, {name.lower(): value for name, value in answer.getheaders()}
        finally:
            connection.close()

    def get(self, path, who, status=200):
        got, body, _ = self.call("GET", path, None, who)
        self.case.assertEqual(got, status, "GET %s: %s" % (path, body))
        return body

    def raw(self, data, timeout=5):
        """Sends bytes, gives back what comes until the other side is silent or closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as s:
            got = b""
            try:
                s.sendall(data)
                while True:
                    piece = s.recv(65536)
                    if not piece:
                        break
                    got += piece
            except (socket.timeout, ConnectionError, BrokenPipeError):
                pass
            return got

    # -- people

    def owner(self, name="owner"):
        return self.accept(self.link, name)

    def accept(self, token, name):
        status, body, headers = self.call("POST", "/setup", {"token": token, "name": name, "password": PASSWORD})
        self.case.assertEqual(status, 200, body)
        return Person(body["csrf"], headers["set-cookie"].split(";")[0], name)

    def invite(self, owner, role, accounts, name):
        status, body, _ = self.call("POST", "/people", {"role": role, "accounts": accounts}, owner)
        self.case.assertIn(status, (200, 201), body)
        return self.accept(body["path"].split("#")[1], name)

    def sign_in(self, name, password=PASSWORD):
        status, body, headers = self.call("POST", "/session", {"name": name, "password": password})
        self.case.assertEqual(status, 200, body)
        return Person(body["csrf"], headers["set-cookie"].split(";")[0], name)

    # -- jobs

    def job(self, who, account, job, seconds=180):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            body = self.get("/accounts/%d/jobs/%d" % (account, job), who)
            if body["state"] not in ("queued", "running"):
                return body
            time.sleep(0.05)
        raise AssertionError("the job has not ended in %s s" % seconds)

    def upload(self, who, account, name, data, **more):
        if isinstance(data, str):
            data = data.encode()
        status, body, _ = self.call("POST", "/accounts/%d/uploads" % account, {"name": name, **more}, who)
        self.case.assertEqual(status, 201, body)
        for at in range(0, len(data), 8 << 20):
            status, answer, _ = self.call("PUT", "/accounts/%d/uploads/%s?offset=%d" % (account, body["upload"], at), data[at:at + (8 << 20)], who)
            self.case.assertEqual(status, 200, answer)
        return body["upload"]

    def import_files(self, who, account, files, **options):
        """files: {name: bytes or text}. The job when it has ended."""
        uploads = [self.upload(who, account, name, data) for name, data in files.items()]
        status, body, _ = self.call("POST", "/accounts/%d/imports" % account, {"uploads": uploads, **options}, who)
        self.case.assertEqual(status, 202, body)
        return self.job(who, account, body["job"])

    def make_plan(self, who, account, **options):
        status, body, _ = self.call("POST", "/accounts/%d/plans" % account, options, who)
        self.case.assertEqual(status, 202, body)
        job = self.job(who, account, body["job"])
        self.case.assertEqual(job["state"], "done", job)
        return self.get("/accounts/%d/plans/latest" % account, who)


class Person:
    def __init__(self, csrf, cookie, name):
        self.csrf, self.cookie, self.name = csrf, cookie, name

    def headers(self, method):
        return {"Cookie": self.cookie, **({"X-CSRF-Token": self.csrf} if method not in ("GET", "HEAD") else {})}


class Token:
    def __init__(self, secret):
        self.secret = secret

    def headers(self, method):
        return {"Authorization": "Bearer " + self.secret}


# -- reports, with the headers that Seller Central gives them

def planning_row(sku, date, available, *, marketplace="US", asin=None, price="29.99", t7=0, t30=0, t60=None, t90=None, ages=None, currency="USD", **more):
    """A row of FBA Inventory (Manage Inventory Health). ages: units of 0–90, 91–180, 181–270, 271–365 and above 365 days."""
    ages = ages or [available, 0, 0, 0, 0]
    row = {"snapshot-date": date, "sku": sku, "fnsku": "X0" + sku[-8:].replace("-", "0"), "asin": asin or "B0" + ("00000000" + re.sub("[^0-9A-Z]", "", sku.upper()))[-8:],
           "product-name": "Product " + sku, "condition": "New", "available": available, "pending-removal-quantity": 0,
           "inv-age-0-to-90-days": ages[0], "inv-age-91-to-180-days": ages[1], "inv-age-181-to-270-days": ages[2], "inv-age-271-to-365-days": ages[3],
           "inv-age-365-plus-days": ages[4], "currency": currency, "units-shipped-t7": t7, "units-shipped-t30": t30,
           "units-shipped-t60": t30 * 2 if t60 is None else t60, "units-shipped-t90": t30 * 3 if t90 is None else t90, "your-price": price, "sales-price": price,
           "recommended-action": "", "item-volume": "0.05", "volume-unit-measurement": "cubic feet", "storage-type": "Standard", "marketplace": marketplace,
           "inbound-quantity": 0, "inbound-working": 0, "inbound-shipped": 0, "inbound-received": 0, "Total Reserved Quantity": 0, "unfulfillable-quantity": 0,
           "product-group": "Home"}
    row.update({key.replace("_", "-"): value for key, value in more.items()})
    return row


def table_text(rows, delimiter=","):
    """Rows as dicts: the text of a report whose header is the first row's keys."""
    text = io.StringIO(newline="")
    out = csv.DictWriter(text, fieldnames=list(rows[0]), delimiter=delimiter)
    out.writeheader()
    out.writerows(rows)
    return text.getvalue()


def fee_preview_row(sku, *, price="29.99", fulfilment="5.87", referral=None, sides=("10", "6", "3"), weight="1.2", currency="USD", store="Amazon.com", tier="UsLargeStandardSize"):
    """A row of Fee Preview (estimated FBA fees)."""
    referral = referral or "%.2f" % (float(price) * 0.15)
    return {"sku": sku, "fnsku": "X0" + sku[-8:].replace("-", "0"), "asin": "B0" + ("00000000" + re.sub("[^0-9A-Z]", "", sku.upper()))[-8:], "amazon-store": store,
            "product-name": "Product " + sku, "product-group": "Home", "brand": "House", "fulfilled-by": "Amazon", "your-price": price, "sales-price": price,
            "longest-side": sides[0], "median-side": sides[1], "shortest-side": sides[2], "length-and-girth": "28", "unit-of-dimension": "inches",
            "item-package-weight": weight, "unit-of-weight": "pounds", "product-size-tier": tier, "currency": currency,
            "estimated-fee-total": "%.2f" % (float(referral) + float(fulfilment or 0)), "estimated-referral-fee-per-unit": referral,
            "estimated-variable-closing-fee": "0.00", "expected-domestic-fulfilment-fee-per-unit": fulfilment}


def order_rows(sku, first, last, per_day, *, price="29.99", channel="Amazon.com", currency="USD"):
    """Rows of All Orders: per_day(date) units of one SKU a day, one order a day."""
    rows, at, number = [], day(first), 0
    while at <= day(last):
        units = per_day(at) if callable(per_day) else per_day
        if units:
            number += 1
            rows.append({"amazon-order-id": "%03d-%07d-%07d" % (111 + sum(map(ord, sku)) % 800, int(at.strftime("%y%m%d")), number), "merchant-order-id": "",
                         "purchase-date": at.isoformat() + "T20:00:00+00:00", "last-updated-date": at.isoformat() + "T21:00:00+00:00", "order-status": "Shipped",
                         "fulfillment-channel": "Amazon", "sales-channel": channel, "ship-service-level": "Expedited", "product-name": "Product " + sku, "sku": sku,
                         "asin": "B0" + ("00000000" + re.sub("[^0-9A-Z]", "", sku.upper()))[-8:], "item-status": "Shipped", "quantity": units, "currency": currency,
                         "item-price": "%.2f" % (float(price) * units)})
        at += datetime.timedelta(days=1)
    return rows


def storage_row(fnsku, month, fee, *, country="FR", volume="0.5", units="100", currency="EUR", tier="Standard-Size"):
    """A row of Monthly Storage Fees."""
    return {"month-of-charge": month, "estimated-monthly-storage-fee": fee, "fnsku": fnsku, "asin": "B0" + fnsku, "country-code": country, "item-volume": volume,
            "volume-units": "cubic feet", "average-quantity-on-hand": units, "currency": currency, "product-size-tier": tier}


def aged_row(sku, date, tier, amount, units, *, country="FR", currency="EUR"):
    """A row of Aged Inventory Surcharge."""
    return {"snapshot-date": date, "sku": sku, "amount-charged": amount, "qty-charged": units, "surcharge-age-tier": tier, "country": country, "currency": currency}


def main():
    unittest.main(verbosity=2)
