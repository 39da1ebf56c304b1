# SPDX-License-Identifier: GPL-3.0-or-later
"""Scans up: our desk's road, tus-js-client and curl, by turns in one run. Asserts nothing.

    uploads.py --build DIR [--rounds 5]
"""

import argparse
import hashlib
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
NODE = os.path.join(HERE, "..", "node")
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))

from roads import LossyRoad  # noqa: E402  after the path above
from world import World  # noqa: E402

TOTAL = 50 * 1000 * 1000
SMALLEST, LARGEST = 300 * 1000, 3 * 1000 * 1000
BIG = 500 * 1000 * 1000


def figure(what, value):
    print(f"  {what:<58} {value}", flush=True)


def write_scans(folder, seed, total=TOTAL, largest=LARGEST):
    """Random bytes in files of the size that scans have; never the same twice."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    chance = random.Random(seed)
    left = total
    while left > 0:
        size = min(left, chance.randint(SMALLEST, largest) if largest <= LARGEST else largest)
        with open(os.path.join(folder, f"{left:012}"), "wb") as file:
            for at in range(0, size, 1 << 20):
                file.write(os.urandom(min(1 << 20, size - at)))
        left -= size


def hashes(folder):
    found = []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        with open(path, "rb") as file:
            found.append((path, os.path.getsize(path), hashlib.sha256(file.read()).hexdigest()))
    return found


def bench_program(name):
    return os.path.join(os.environ["MOTCUA_BUILD"], "tests", "bench", name)


def out_of(*command, env=None):
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **(env or {})}).stdout


def peak_mb(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return int(re.search(r"VmHWM:\s+(\d+)", file.read())[1]) / 1024


class Peer:
    """@tus/server on loopback, which keeps its files as they come."""

    def __init__(self, folder):
        command = ["node", os.path.join(NODE, "tus-server.mjs"), "--folder", folder]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[-1]

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()


class Dav:
    """nginx that takes a PUT into a file: the least that a server can do."""

    CONFIG = """{2} daemon off; pid {0}/pid; error_log stderr crit; worker_processes 1;
        events {{ worker_connections 64; }}
        http {{ access_log off; client_max_body_size 0; client_body_temp_path {0}/body;
          proxy_temp_path {0}/p; fastcgi_temp_path {0}/f; scgi_temp_path {0}/s; uwsgi_temp_path {0}/u;
          server {{ listen 127.0.0.1:{1}; root {0}/dav; location / {{ dav_methods PUT; }} }} }}"""

    def __init__(self, folder):
        import socket
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        os.makedirs(os.path.join(folder, "dav"))
        path = os.path.join(folder, "nginx.conf")
        with open(path, "w", encoding="ascii") as file:
            file.write(self.CONFIG.format(folder, port, "user root;" if os.getuid() == 0 else ""))
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(["nginx", "-c", path, "-p", folder, "-e", "stderr"], stdin=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return
            except OSError:
                time.sleep(0.01)

    def close(self):
        self.process.terminate()
        self.process.wait(10)


class CutRoad(LossyRoad):
    """A road that breaks once, after so many bytes upwards."""

    cut_at = None

    def _up(self, desk, province):
        try:
            while data := desk.recv(65536):
                if self.cut_at is not None and self.bytes_up + len(data) >= self.cut_at:
                    data = data[: self.cut_at - self.bytes_up]
                    self.cut_at = None
                    self.bytes_up += len(data)
                    province.sendall(data)
                    self._shut(desk)
                    break
                self.bytes_up += len(data)
                province.sendall(data)
            province.shutdown(1)
        except OSError:
            pass


class Bench:
    def __init__(self, world):
        self.world = world
        self.folder = world.path("scans")
        self.device, self.seed = out_of(bench_program("bench-scans"), "enrol", world.server.url, world.server.invite()).split()
        self.identity = {"MOTCUA_DEVICE": self.device, "MOTCUA_SEED": self.seed}

    def ours(self, url, folder=None):
        said = out_of(bench_program("bench-scans"), "send", url, self.device, self.seed, folder or self.folder).split()
        return float(said[0]), int(said[2]) / 1024

    def tus_js(self, url, env):
        said = out_of("node", os.path.join(NODE, "tus-bench.mjs"), url, self.folder, env=env).split()
        return float(said[0]), int(said[1]) / 1024

    def signatures(self, method, paths):
        return out_of(bench_program("bench-scans"), "sign", self.seed, method, *paths).split()

    def curl_to_us(self, url):
        """Each scan announced and sent in one piece, all by one curl."""
        scans = hashes(self.folder)
        announce = self.signatures("POST", ["/v1/blobs"])[0]
        pieces = self.signatures("PATCH", [f"/v1/blobs/{sha}" for _, _, sha in scans])
        lines = []
        for (path, size, sha), signature in zip(scans, pieces):
            common = f'header = "MC-Device: {self.device}"\nheader = "Tus-Resumable: 1.0.0"\nsilent\nfail\nheader = "Expect:"\noutput = "/dev/null"\n'
            lines += [f'url = "{url}/v1/blobs"\nrequest = "POST"\n{common}header = "MC-Sign: {announce}"\n'
                      f'header = "MC-Blob: {sha}"\nheader = "Upload-Length: {size}"',
                      f'url = "{url}/v1/blobs/{sha}"\nrequest = "PATCH"\n{common}header = "MC-Sign: {signature}"\n'
                      f'header = "Content-Type: application/offset+octet-stream"\nheader = "Upload-Offset: 0"\nupload-file = "{path}"']
        return self._curl("\nnext\n".join(lines))

    def curl_to_dav(self, url):
        lines = [f'url = "{url}/{sha}"\nupload-file = "{path}"\nsilent\nfail\nheader = "Expect:"' for path, _, sha in hashes(self.folder)]
        return self._curl("\nnext\n".join(lines))

    def _curl(self, config):
        path = self.world.path("curl.conf")
        with open(path, "w", encoding="ascii") as file:
            file.write(config)
        start = time.monotonic()
        out_of("curl", "-K", path)
        return time.monotonic() - start, 0

    def rounds(self, count, ways):
        times = {what: [] for what in ways}
        memory = {what: 0 for what in ways}
        for n in range(count):
            for what, way in ways.items():
                write_scans(self.folder, n)
                seconds, peak = way()
                times[what].append(seconds)
                memory[what] = max(memory[what], peak)
        return {what: (statistics.median(all_of), memory[what]) for what, all_of in times.items()}


def compare(bench, server, rounds):
    print(f"\n50 MB of scans of 0.3-3 MB, each as its program sends them: ours several at once (medians of {rounds})", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        peer = Peer(os.path.join(folder, "tus"))
        dav = Dav(os.path.join(folder, "nginx")) if shutil.which("nginx") else None
        ways = {
            "our desk's road → our server": lambda: bench.ours(server.url),
            "tus-js-client → our server": lambda: bench.tus_js(server.url, bench.identity),
            "tus-js-client → @tus/server": lambda: bench.tus_js(peer.url, None),
            "curl → our server": lambda: bench.curl_to_us(server.url),
        }
        if dav is not None:
            ways["curl → nginx, PUT into a file"] = lambda: bench.curl_to_dav(dav.url)
        found = bench.rounds(rounds, ways)
        for what, (seconds, peak) in found.items():
            figure(what, f"{TOTAL / seconds / 1e6:7.1f} MB/s" + (f", {peak:.0f} MB at the client" if peak else ""))
        ours, theirs = (found[what][0] for what in ("our desk's road → our server", "tus-js-client → @tus/server"))
        figure("ours / tus-js-client + @tus/server", f"{theirs / ours:.2f}×")
        figure("peak memory of our server, of @tus/server", f"{server.peak_kb() / 1024:.0f} MB, {peak_mb(peer.process.pid):.0f} MB")
        peer.close()
        if dav is not None:
            dav.close()


def bytes_of(bench, server):
    print("\nBytes on the wire, headers included", flush=True)
    road = CutRoad(server.port)
    write_scans(bench.folder, "ratio")
    bench.ours(road.url)
    figure("50 MB of scans: upwards / their size", f"{road.bytes_up / TOTAL:.4f}×")
    figure("50 MB of scans: downwards", f"{road.bytes_down} B, {road.requests} requests")
    for seed, half in (("whole", None), ("cut", 10 * 1000 * 1000)):
        write_scans(bench.folder, seed, total=20 * 1000 * 1000, largest=20 * 1000 * 1000)
        road.bytes_up, road.cut_at = 0, half
        bench.ours(road.url)
        if half is None:
            whole = road.bytes_up
    figure("20 MB cut at half: sent again, asking anew included", f"{road.bytes_up - whole} B")
    road.close()


def memory(bench, world):
    print("\nMemory, whatever the size", flush=True)
    server = world.server
    for what, total in (("50 MB", 50 * 1000 * 1000), ("500 MB", BIG)):
        server.stop()
        server.start()
        write_scans(bench.folder, what, total=total, largest=total)
        seconds, client = bench.ours(server.url)
        figure(f"one scan of {what}: server, client", f"{server.peak_kb() / 1024:.0f} MB, {client:.0f} MB; {total / seconds / 1e6:.0f} MB/s")


def report(rounds=5):
    os.environ["MOTCUA_NODE"] = os.path.join(os.environ["MOTCUA_BUILD"], "node")
    with World() as world:
        bench = Bench(world)
        compare(bench, world.server, rounds)
        bytes_of(bench, world.server)
        memory(bench, world)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    os.environ["MOTCUA_BUILD"] = os.path.abspath(options.build)
    report(options.rounds)


if __name__ == "__main__":
    main()
