# SPDX-License-Identifier: GPL-3.0-or-later
"""A real line of this machine's own: two network namespaces, line-wan between them, the real motcua-server at one end
and the real motcuactl at the other. Needs root and /dev/net/tun."""

import atexit
import os
import re
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))

from nginx import Nginx  # noqa: E402  after the path above
from world import DONE, Desk, Failed, Server, World, program, run  # noqa: E402

DESK, PROVINCE = "10.99.0.1", "10.99.0.2"
UNLIMITED = "0 0 0 0 0 1"


def lacking():
    """What this machine does not have for it; None where it has all."""
    if os.geteuid() != 0:
        return "root"
    if not os.access("/dev/net/tun", os.R_OK | os.W_OK):
        return "/dev/net/tun"
    if shutil.which("ip") is None:
        return "ip (iproute2)"
    if subprocess.run(["ip", "netns", "list"], capture_output=True, check=False).returncode != 0:
        return "ip netns"
    return None


class Wan:
    """The line. shape: the words of line-wan."""

    def __init__(self, build):
        mark = f"{os.getpid():x}"
        self.ends = [f"motcua-{mark}-desk", f"motcua-{mark}-province"]
        for end in self.ends:
            subprocess.run(["ip", "netns", "add", end], check=True)
            subprocess.run(["ip", "netns", "exec", end, "ip", "link", "set", "lo", "up"], check=True)
            # A machine may have any; this one every kernel has, lets a namespace have, and the virtual line has too.
            subprocess.run(["ip", "netns", "exec", end, "sysctl", "-qw", "net.ipv4.tcp_congestion_control=reno"], check=True)
            # What one run learned of the line is not to help the next.
            subprocess.run(["ip", "netns", "exec", end, "sysctl", "-qw", "net.ipv4.tcp_no_metrics_save=1"], check=True)
        command = [os.path.join(build, "tests", "lines", "line-wan"), self.ends[0], DESK, self.ends[1], PROVINCE]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(self.close)
        if self.process.stdout.readline() != "up\n":
            raise Failed("line-wan did not come up")

    def say(self, wish):
        self.process.stdin.write(wish + "\n")
        self.process.stdin.flush()

    def count(self):
        """(bytes up, bytes down, packets lost) so far, TCP and IP included."""
        self.say("count")
        words = [int(word) for word in self.process.stdout.readline().split()]
        return words[1], words[5], words[2] + words[3] + words[6] + words[7]

    def close(self):
        if self.process is None:
            return
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()
        self.process = None
        for end in self.ends:
            subprocess.run(["ip", "netns", "delete", end], check=True)


class FarServer(Server):
    """motcua-server at the other end of the line."""

    end = ""

    @property
    def url(self):
        return f"http://{PROVINCE}:{self.port}"

    def start(self):
        listen = f"{PROVINCE}:{self.port}"
        command = ["ip", "netns", "exec", self.end, program("motcua-server"), "--data", self.folder, "serve", "--listen", listen]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log, text=True)
        first = self.process.stdout.readline()
        match = re.search(r"listening on http://[0-9.]+:(\d+)", first)
        if not match:
            raise Failed(f"the server's first line is {first!r}")
        self.port = int(match[1])


class FarNginx(Nginx):
    """data/nginx before it, where it is."""

    addresses = (PROVINCE,)
    host = PROVINCE

    def __init__(self, folder, server):
        self.there = ("ip", "netns", "exec", server.end)
        super().__init__(folder, server.port)


class FarDesk(Desk):
    """motcuactl at this end of it."""

    end = ""

    def command(self, *words, as_json=False):
        return ["ip", "netns", "exec", self.end, *super().command(*words, as_json=as_json)]


class FarWorld(World):
    """A province and one desk, with the line between them unlimited until it is shaped. front: with nginx before the
    server, as a province has it."""

    def __init__(self, build, front):
        super().__init__()
        self.front = front
        self.nginx = None
        self.wan = Wan(build)
        self.server = FarServer(self.path("province"))
        self.server.end = self.wan.ends[1]

    def one_desk(self):
        desk = FarDesk(self.path("desk"), self.server)
        desk.end = self.wan.ends[0]
        if self.front:
            self.nginx = FarNginx(self.path("nginx"), self.server).start()
            desk.env["SSL_CERT_FILE"] = self.nginx.ca
        desk.enrol((self.nginx or self.server).url, self.server.invite())
        desk.activate("an")
        desk.sync()
        return desk

    def __exit__(self, kind, value, trace):
        if self.nginx is not None:
            self.nginx.stop()
        super().__exit__(kind, value, trace)
        self.wan.close()


def sync_over(world, desk, shape, limit=3 * 3600):
    """Until all has arrived, as the window's thread would go on. Returns seconds, bytes up, bytes down, lost packets."""
    before = world.wan.count()
    world.wan.say(shape)
    start = time.monotonic()
    while run(desk.command("sync"), expect=None, timeout=limit, env=desk.env).code != DONE:
        if time.monotonic() - start > limit:
            raise Failed("it does not arrive")
    seconds = time.monotonic() - start
    world.wan.say(UNLIMITED)
    after = world.wan.count()
    return seconds, *(b - a for a, b in zip(before, after))
