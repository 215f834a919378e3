"""HTTP as strangers send it: what is malformed, too long or too large is answered and cut; the number of connections, of one caller and of
all, has a limit below the system's, and the server answers again when there is room."""
import re
import resource
import socket
import threading
import time

from product import Case, Token, main, sanitized

H = b"Host: 127.0.0.1\r\n"


def status(answer):
    found = re.match(rb"HTTP/1\.1 (\d+)", answer)
    return int(found.group(1)) if found else 0


class Shapes(Case):
    def setUp(self):
        super().setUp()
        self.server = self.serve()

    def ask(self, data):
        return status(self.server.raw(data, 3))

    def test_what_cannot_be_read_is_answered(self):
        get = b"GET /api/v1/session HTTP/1.1\r\n" + H
        for what, data, want in (
                ("a path of 100,000", b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + H + b"\r\n", 414),
                ("a header of 1 MB", get + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n", 431),
                ("10,000 headers", get + b"".join(b"X%d: a\r\n" % i for i in range(10_000)) + b"\r\n", 431),
                ("101 headers", get + b"".join(b"X%d: a\r\n" % i for i in range(101)) + b"\r\n", 431),
                ("no colon", get + b"X\r\n\r\n", 400),
                ("bare line feeds", b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n", 400),
                ("TLS on a plain port", bytes.fromhex("16030100a5010000a1030300") + b"\0" * 150, 400),
                ("two content lengths", b"POST /api/v1/session HTTP/1.1\r\n" + H + b"Content-Length: 0\r\nContent-Length: 2\r\n\r\n{}", 400),
                ("length and chunks", b"POST /api/v1/session HTTP/1.1\r\n" + H + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
                ("a body of 10^14", b"POST /api/v1/session HTTP/1.1\r\n" + H + b"Content-Length: 100000000000000\r\n\r\n{}", 413),
                ("HTTP/3.7", b"GET / HTTP/3.7\r\n" + H + b"\r\n", 505)):
            with self.subTest(what):
                self.assertEqual(self.ask(data), want)
        self.assertEqual(self.ask(get + b"\r\n"), 200)

    def test_a_large_body_is_for_those_who_may_send_it(self):
        owner = self.server.owner()
        status_, body, _ = self.server.call("POST", "/accounts", {"name": "shop"}, owner)
        self.assertEqual(status_, 201)
        account = body["id"]
        viewer = self.server.invite(owner, "viewer", [account], "viewer")
        large, small = b" " * 262_145, b" " * 262_144
        for path in ("/session", "/setup", "/accounts/%d/uploads/%s" % (account, "0" * 32), "/nowhere"):
            with self.subTest(path):
                self.assertEqual(self.server.call("POST", path, large)[0], 413)
                self.assertNotEqual(self.server.call("POST", path, small)[0], 413)
        upload = self.server.upload(owner, account, "a.csv", b"")
        put = "/accounts/%d/uploads/%s?offset=0" % (account, upload)
        self.assertEqual(self.server.call("PUT", put, large, viewer)[0], 413)
        self.assertEqual(self.server.call("PUT", put, b" " * (12 << 20), owner)[0], 200)
        self.assertEqual(self.server.call("PUT", put, b" " * ((12 << 20) + 1), owner)[0], 413)
        status_, body, _ = self.server.call("POST", "/tokens", {"name": "erp", "role": "operator"}, owner)
        self.assertEqual(self.server.call("PUT", put.replace("offset=0", "offset=%d" % (12 << 20)), large, Token(body["token"]))[0], 200)
        # Chunked, where the head names no length.
        head = b"POST /api/v1/session HTTP/1.1\r\n" + H + b"Transfer-Encoding: chunked\r\n\r\n"
        self.assertEqual(self.ask(head + b"41000\r\n" + b" " * 0x41000 + b"\r\n0\r\n\r\n"), 413)

    def test_bodies_of_strangers_take_no_memory(self):
        before = self.server.memory_mb()
        piece = b"x" * (1 << 20)
        callers = []

        def send():
            s = socket.create_connection(("127.0.0.1", self.server.port), timeout=10)
            callers.append(s)
            try:
                s.sendall(b"POST /api/v1/session HTTP/1.1\r\n" + H + b"Content-Length: 11534336\r\n\r\n")
                for _ in range(10):
                    s.sendall(piece)
            except OSError:
                pass

        threads = [threading.Thread(target=send) for _ in range(120)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertLess(self.server.memory_mb() - before, 60)
        for s in callers:
            s.close()

    def test_bodies_under_way_have_a_limit_together(self):
        """30 parts of 11 MB at once, of which 17 fit: the others are told to come again."""
        owner = self.server.owner()
        account = self.server.call("POST", "/accounts", {"name": "shop"}, owner)[1]["id"]
        size = 11 << 20
        answers, open_ = [], []
        for _ in range(30):
            upload = self.server.upload(owner, account, "a.csv", b"")
            s = socket.create_connection(("127.0.0.1", self.server.port), timeout=10)
            s.sendall(b"PUT /api/v1/accounts/%d/uploads/%s?offset=0 HTTP/1.1\r\n" % (account, upload.encode()) + H + b"Cookie: " + owner.cookie.encode()
                      + b"\r\nX-CSRF-Token: " + owner.csrf.encode() + b"\r\nContent-Length: %d\r\n\r\n" % size)
            try:
                s.sendall(b"x" * (size - 1))
            except OSError:
                pass
            open_.append(s)
        self.assertLess(self.server.memory_mb(), 700 if sanitized() else 350)  # a sanitizer keeps what was freed
        for s in open_:
            try:
                s.sendall(b"x")
            except OSError:
                pass
            try:
                answers.append(status(s.recv(4096)))
            except OSError:
                answers.append(0)
            s.close()
        self.assertEqual(answers.count(200), 17, answers)
        self.assertEqual(answers.count(503), 13, answers)

    def test_hosts_that_only_look_like_this_machine(self):
        for host, want in (("127.0.0.1", 200), ("127.0.0.1:%d" % self.server.port, 200), ("localhost", 200), ("localhost:80", 200), ("[::1]:80", 200), ("127.1.2.3", 200),
                           ("127.evil.example", 421), ("127.0.0.1.evil.example", 421), ("127.0.0.1.evil.example:80", 421), ("localhost.evil.example", 421), ("evil.example", 421),
                           ("[::1].evil.example", 421), ("127.0.0.1:80.evil.example", 421), ("127.0.0.1@evil.example", 421), ("127.1", 421), ("", 421)):
            with self.subTest(host):
                self.assertEqual(self.ask(b"GET /api/v1/session HTTP/1.1\r\nHost: " + host.encode() + b"\r\nConnection: close\r\n\r\n"), want)
        for heads in (b"Host: evil.example\r\nHost: 127.0.0.1\r\n", b"Host: 127.0.0.1\r\nHost: evil.example\r\n", b""):
            self.assertEqual(self.ask(b"GET /api/v1/session HTTP/1.1\r\n" + heads + b"\r\n"), 400)

    def test_head_tells_what_get_would(self):
        for path in (b"/", b"/api/v1/session", b"/api/v1/openapi.yaml"):
            with self.subTest(path):
                head = self.server.raw(b"HEAD " + path + b" HTTP/1.1\r\n" + H + b"Connection: close\r\n\r\n", 3)
                got = self.server.raw(b"GET " + path + b" HTTP/1.1\r\n" + H + b"Connection: close\r\n\r\n", 3)
                length = re.search(rb"Content-Length: (\d+)", got).group(1)
                self.assertEqual(re.search(rb"Content-Length: (\d+)", head).group(1), length)
                self.assertEqual(head.split(b"\r\n\r\n", 1)[1], b"")
                self.assertEqual(len(got.split(b"\r\n\r\n", 1)[1]), int(length))

    def test_requests_follow_each_other_on_one_connection(self):
        one = b"GET /api/v1/session HTTP/1.1\r\n" + H
        got = self.server.raw(one + b"\r\n" + one + b"\r\n" + one + b"Connection: close\r\n\r\n", 3)
        self.assertEqual(len(re.findall(rb"HTTP/1\.1 200", got)), 3)
        old = self.server.raw(b"GET /api/v1/session HTTP/1.0\r\n\r\n", 3)
        self.assertTrue(old.startswith(b"HTTP/1.1 4"), old[:60])  # no host: not for this machine
        old = self.server.raw(b"GET /api/v1/session HTTP/1.0\r\n" + H + b"\r\n", 3)
        self.assertTrue(old.startswith(b"HTTP/1.1 200") and b"chunked" not in old, old[:60])

    def test_a_body_that_is_waited_for(self):
        s = socket.create_connection(("127.0.0.1", self.server.port), timeout=5)
        body = b'{"name":"x","password":"wrong wrong wrong"}'
        s.sendall(b"POST /api/v1/session HTTP/1.1\r\n" + H + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(body))
        self.assertEqual(s.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
        s.sendall(body)
        self.assertEqual(status(s.recv(4096)), 401)
        s.close()


class Crowds(Case):
    def opened(self, server, count, source="127.0.0.1"):
        callers = []
        for _ in range(count):
            try:
                callers.append(socket.create_connection(("127.0.0.1", server.port), timeout=2, source_address=(source, 0)))
            except OSError:
                break
        return callers

    def answers(self, server, source="127.0.0.1", seconds=10):
        """Whether a caller is answered within the time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", server.port), timeout=1, source_address=(source, 0)) as s:
                    s.sendall(b"GET /api/v1/session HTTP/1.1\r\n" + H + b"Connection: close\r\n\r\n")
                    if s.recv(12) == b"HTTP/1.1 200":
                        return True
            except OSError:
                pass
        return False

    def test_it_answers_again_when_descriptors_come_back(self):
        server = self.serve(nofile=512)
        callers = self.opened(server, 1500)
        for s in callers:
            s.close()
        self.assertTrue(self.answers(server))

    def test_it_answers_again_after_a_time_without_descriptors(self):
        """None left for a while, whoever took them: the next connection is not taken, and later ones are."""
        server = self.serve()
        self.assertTrue(self.answers(server))
        pid = server.process.pid
        soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (3, hard))  # its input, output and errors are open: no number is left
        self.assertFalse(self.answers(server, seconds=2))
        self.assertIn("no further connection", server.text())
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))
        self.assertTrue(self.answers(server))
        self.assertTrue(server.alive())

    def test_one_caller_does_not_take_all_seats(self):
        server = self.serve(nofile=512)
        callers = self.opened(server, 700, "127.0.0.2")
        self.assertTrue(self.answers(server, "127.0.0.3"))
        for s in callers:
            s.close()


if __name__ == "__main__":
    main()
