#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""data/nginx/motcua.conf as a province runs it: the real nginx in front of the real server, and desks that come
through it over TLS."""

import hashlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import unittest
import unittest.mock

import tap
from roads import LossyRoad
from world import DONE, SOURCE, Desk, Failed, World, make_pdf, reception, run, wait_until

sys.path.insert(0, os.path.join(SOURCE, "tests", "conform"))
import province  # noqa: E402

CONF = os.path.join(SOURCE, "data", "nginx", "motcua.conf")
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin") or "nginx"
PART = "giay-chung-sinh"
MIB = 1024 * 1024
PORTS = 5


def free_port():
    """One that is free now. Somebody else may have it by the time it is opened: who opens it tries another then."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def openssl(*words):
    run(["openssl", *words])


def make_certificates(folder):
    """A CA of the province's own, and what it says of 127.0.0.1. Returns the CA's file."""
    ca, key, request = (os.path.join(folder, name) for name in ("ca.pem", "ca.key", "server.csr"))
    more = os.path.join(folder, "server.ext")
    with open(more, "w", encoding="ascii") as file:
        file.write("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *curve, "-keyout", key, "-out", ca, "-days", "2", "-subj", "/CN=Tinh Thu",
            "-addext", "basicConstraints=critical,CA:TRUE")
    openssl("req", *curve, "-keyout", os.path.join(folder, "key.pem"), "-out", request, "-subj", "/CN=127.0.0.1")
    openssl("x509", "-req", "-in", request, "-CA", ca, "-CAkey", key, "-CAcreateserial", "-days", "2",
            "-extfile", more, "-out", os.path.join(folder, "fullchain.pem"))
    return ca


class Nginx:
    """The shipped file with other places and ports, in a folder of its own."""

    def __init__(self, folder, upstream, changes=()):
        self.folder = folder
        os.makedirs(os.path.join(folder, "temp"), exist_ok=True)
        self.ca = make_certificates(folder)
        with open(CONF, encoding="utf-8") as file:
            self.shipped = file.read()
        self.upstream = upstream
        self.changes = changes
        self.process = None

    def write(self):
        self.port, plain = free_port(), free_port()
        conf = self.shipped
        for old, new in (
            ("server 127.0.0.1:8470;", f"server 127.0.0.1:{self.upstream};"),
            ("listen 80;", f"listen 127.0.0.1:{plain};"),
            ("    listen [::]:80;\n", ""),
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port} ssl http2;"),
            ("    listen [::]:443 ssl http2;\n", ""),
            ("motcua.example.gov.vn", "127.0.0.1"),
            ("/etc/motcua/tls", self.folder),
            ("/var/log/nginx/motcua.log", os.path.join(self.folder, "access.log")),
            *self.changes,
        ):
            if old not in conf:
                raise Failed(f"motcua.conf has no {old!r}")
            conf = conf.replace(old, new)
        user = "user root;\n" if os.geteuid() == 0 else ""
        temporary = "".join(
            f"  {kind}_temp_path {self.folder}/temp/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        with open(os.path.join(self.folder, "nginx.conf"), "w", encoding="utf-8") as file:
            file.write(
                f"{user}daemon off;\nworker_processes 1;\npid {self.folder}/pid;\nerror_log {self.folder}/error.log;\n"
                f"events {{ worker_connections 512; }}\nhttp {{\n  access_log off;\n{temporary}{conf}\n}}\n"
            )

    def command(self, *words):
        return [NGINX, "-p", self.folder, "-e", os.path.join(self.folder, "error.log"), "-c",
                os.path.join(self.folder, "nginx.conf"), *words]

    def start(self):
        for _ in range(PORTS):
            self.write()
            run(self.command("-t"))
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            wait_until(lambda: self.process.poll() is not None or self.is_there(), what="nginx")
            if self.process.poll() is None:
                return self
        with open(os.path.join(self.folder, "error.log"), encoding="utf-8") as file:
            raise Failed(f"nginx does not start: {file.read()}")

    def is_there(self):
        """It writes its number once it has its sockets; that somebody answers at the port would say nothing."""
        try:
            with open(os.path.join(self.folder, "pid"), encoding="ascii") as file:
                return file.read().strip() == str(self.process.pid)
        except FileNotFoundError:
            return False

    def stop(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
        self.process = None

    @property
    def url(self):
        return f"https://127.0.0.1:{self.port}"

    def log(self):
        with open(os.path.join(self.folder, "access.log"), encoding="utf-8") as file:
            return [line.split() for line in file]

    def left_on_disk(self):
        return [os.path.join(place, name) for place, _, names in os.walk(os.path.join(self.folder, "temp")) for name in names]


class Front(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.__exit__, None, None, None)
        cls.world.__enter__()
        cls.nginx = cls.front("nginx")
        cls.desk_there = cls.desk("front")

    @classmethod
    def front(cls, name, changes=()):
        nginx = Nginx(cls.world.path(name), cls.world.server.port, changes)
        cls.addClassCleanup(nginx.stop)
        return nginx.start()

    @classmethod
    def desk(cls, name, url=None, nginx=None, ca=None):
        desk = Desk(cls.world.path(name), cls.world.server)
        desk.env["SSL_CERT_FILE"] = ca or (nginx or cls.nginx).ca
        desk.enrol(url or (nginx or cls.nginx).url, cls.world.server.invite())
        desk.login("an")
        return desk

    def received(self, sha256):
        """How much of a scan the province says that it has."""
        with sqlite3.connect(f"file:{self.world.server.folder}/server.sqlite?mode=ro", uri=True) as database:
            row = database.execute("SELECT received FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
        database.close()
        return row[0] if row else 0

    def test_changes_go_through_over_http_2(self):
        back = self.desk("back")
        dossier = self.desk_there.receive(reception("Nguyễn Văn Đình"))[0]["id"]
        self.desk_there.sync()
        back.sync()
        self.assertEqual(back.value(dossier, "applicant")["name"], "Nguyễn Văn Đình")
        ours = [line for line in self.nginx.log() if line[4] == "/v1/sync" and line[5] == "200"]
        self.assertGreater(len(ours), 1)
        self.assertEqual({line[2] for line in ours}, {"HTTP/2.0"})

    def test_a_stranger_between_is_refused(self):
        other = os.path.join(self.world.folder, "other-ca")
        os.makedirs(other)
        with self.assertRaises(Failed) as refused:
            self.desk("deceived", ca=make_certificates(other))
        self.assertIn("ended with 3", str(refused.exception))
        self.assertIn("TLS", str(refused.exception))

    def test_an_old_tls_is_refused(self):
        tried = run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{self.nginx.port}", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
            expect=None,
        )
        self.assertNotEqual(tried.code, DONE)
        for version in ("-tls1_2", "-tls1_3"):
            run(["openssl", "s_client", "-connect", f"127.0.0.1:{self.nginx.port}", version, "-CAfile", self.nginx.ca,
                 "-verify_return_error"])

    def test_a_scan_cut_in_the_middle_goes_on(self):
        road = LossyRoad(self.nginx.port)
        self.addCleanup(road.close)
        desk = self.desk("cut", url=road.url.replace("http:", "https:"))
        dossier = desk.receive(reception("Trần Thị Cắt"))[0]["id"]
        scan = self.world.path("scan.pdf")
        make_pdf(scan, pages=2000)
        size = os.path.getsize(scan)
        self.assertGreater(size, 5 * MIB)
        with open(scan, "rb") as file:
            sha256 = hashlib.sha256(file.read()).hexdigest()
        desk.sync()
        desk.verb("attach", dossier, PART, scan)
        before = road.bytes_up
        road.budget_up = size // 2
        desk.sync(expect=None)
        road.budget_up = None
        wait_until(lambda: self.received(sha256) > 0, what="the part before the cut")
        kept = self.received(sha256)
        self.assertLess(kept, size)
        # What left the desk before the cut is kept: neither nginx nor the server threw a piece away.
        self.assertGreater(kept, size // 2 - MIB)
        for _ in range(3):
            if self.received(sha256) < size:
                desk.sync(expect=None)
        self.assertEqual(self.received(sha256), size)
        self.assertLess(road.bytes_up - before, size + MIB)
        self.assertEqual(self.nginx.left_on_disk(), [])

    def test_a_body_too_large_is_understood(self):
        small = self.front("small", [("client_max_body_size 64m;", "client_max_body_size 6k;")])
        desk = self.desk("large", nginx=small)
        desk.receive(*(reception(f"Nguyễn Văn {i}", subject=os.urandom(60).hex()) for i in range(60)))
        for _ in range(20):
            if desk.sync(expect=None).code == DONE and not desk.ask("waiting"):
                break
        self.assertEqual(desk.ask("waiting"), [])
        self.assertIn("413", {line[5] for line in small.log()})

    def test_every_rule_holds_through_it(self):
        server = self.world.server
        server.verb("office", "add", "--code", province.OTHER, "--name", "Xã Khác")
        server.verb("staff", "add", "--office", province.OTHER, "--login", "k", "--name", "Khác", "--role", "clerk")
        codes = [server.invite(), server.invite()]
        codes.append(server.verb("invite", "--office", province.OTHER).out.split()[-1])
        code, rules, said = province.conform(self.nginx.url, codes, self.world.folder, SSL_CERT_FILE=self.nginx.ca)
        self.assertEqual((code, rules["BROKEN"], rules["untried"]), (0, set(), set()), said)

    def test_a_port_that_is_taken(self):
        """By somebody who answers there: another one is opened."""
        with socket.create_server(("127.0.0.1", 0)) as taken:
            free = free_port
            ports = iter([taken.getsockname()[1]])
            with unittest.mock.patch.object(sys.modules[__name__], "free_port", lambda: next(ports, None) or free()):
                nginx = self.front("taken")
            self.assertNotEqual(nginx.port, taken.getsockname()[1])
            run(["curl", "-sS", "--cacert", nginx.ca, f"{nginx.url}/v1/hello"])

    def test_away_is_said_with_a_time(self):
        away = self.front("away", [("server 127.0.0.1:%d;" % self.world.server.port, "server 127.0.0.1:1;")])
        told = run(["curl", "-sS", "-i", "--cacert", away.ca, f"{away.url}/v1/hello"]).out
        self.assertRegex(told, r"^HTTP/2 503")
        self.assertTrue(re.search(r"^retry-after: \d+", told, re.M), told)


if __name__ == "__main__":
    tap.main()
