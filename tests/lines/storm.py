# SPDX-License-Identifier: GPL-3.0-or-later
"""The day after an outage: 300 desks come back to one motcua-server at once, alone and behind nginx.

    storm.py --build DIR [--desks 300] [--changes 200] [--scans 30] [--only alone|nginx] [--one-address]
"""

import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))

from nginx import Nginx  # noqa: E402  after the path above


OFFICES = 250


class WideNginx(Nginx):
    """As many connections as a province gives nginx: two for each desk. An office is one address for what nginx
    limits by address: here it is one that nginx listens on, because all desks come from the same."""

    addresses = ("127.0.0.1", *(f"127.0.1.{office}" for office in range(OFFICES)))

    def write(self):
        super().write()
        path = os.path.join(self.folder, "nginx.conf")
        with open(path, encoding="utf-8") as file:
            conf = file.read()
        for old, new in (
            ("worker_connections 512;", "worker_connections 4096;"),
            (f"listen 127.0.0.1:{self.port} ", f"listen {self.port} "),
            ("_zone $binary_remote_addr ", "_zone $server_addr "),
        ):
            if old not in conf:
                raise SystemExit(f"nginx.conf has no {old!r}")
            conf = conf.replace(old, new)
        with open(path, "w", encoding="utf-8") as file:
            file.write(conf)

    def where(self, one_address):
        """What the desks are told; {office} is each one's."""
        return f"{self.url.replace('127.0.0.1', '127.0.1.0' if one_address else '127.0.1.{office}')} {self.ca}"

    def said(self):
        """How often it said what: by status and by whom."""
        return collections.Counter(line[5] + ("" if line[-1] != "-" else " (nginx itself)") for line in self.log())


def figure(what, value):
    print(f"  {what:<58} {value}", flush=True)


def storm(build, options, front):
    program = os.path.join(build, "tests", "lines", "storm")
    env = {
        **os.environ,
        "MOTCUA_SERVER": os.path.join(build, "src", "server", "motcua-server"),
        "GIO_USE_PROXY_RESOLVER": "dummy",
        "GSETTINGS_BACKEND": "memory",
    }
    words = [str(number) for number in (options.desks, options.changes, options.scans)]
    process = subprocess.Popen([program, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
    with tempfile.TemporaryDirectory() as folder:
        port = int(process.stdout.readline().split()[1])
        nginx = WideNginx(folder, port).start() if front else None
        load = os.getloadavg()[0]
        process.stdin.write(f"{nginx.where(options.one_address)}\n" if front else "-\n")
        process.stdin.close()
        said = process.stdout.read()
        process.stdout.close()
        code = process.wait()
        if nginx is not None:
            nginx.stop()
        if code != 0:
            raise SystemExit(f"storm ended with {code}")
        told = json.loads(said)
        told["nginx"] = dict(sorted(nginx.said().items())) if front else {}
    told["load"] = (load, os.getloadavg()[0])
    return told


def report(build, options, front):
    where = "behind nginx with data/nginx" if front else "motcua-server alone"
    if front:
        where += ", all from one address" if options.one_address else ", each office from an address of its own"
    print(
        f"\n{options.desks} desks at once, three to an office, each with {options.changes} changes and {options.scans} scans"
        f" of 20-60 KB: {where} (all on one machine)",
        flush=True,
    )
    told = storm(build, options, front)
    figure("desks whose changes and scans have all arrived", f"{told['sent']} of {options.desks}")
    figure("changes, scans that the province has", f"{told['ops']}, {told['scans']}")
    figure("time to drain: everything sent", f"{told['last']:.1f} s")
    figure("  first desk, p10, p50, p90, last", ", ".join(f"{told[k]:.1f}" for k in ("first", "p10", "p50", "p90", "last")) + " s")
    figure("each office's scans at all its desks, too", f"{told['all']:.1f} s")
    figure("told to wait, no answer, too slow, denied", f"{told['busy']}, {told['failed']}, {told['slow']}, {told['denied']} times")
    figure(
        "a desk with nothing to do, meanwhile: p50, p99, longest",
        f"{told['small_p50'] * 1000:.0f}, {told['small_p99'] * 1000:.0f}, {told['small_max'] * 1000:.0f} ms"
        f" ({told['small']} times; refused {told['refused']})",
    )
    figure("memory of motcua-server before, at its peak", f"{told['before_kb'] / 1024:.0f}, {told['peak_kb'] / 1024:.0f} MB")
    figure("descriptors at most", told["descriptors"])
    if front:
        figure("what nginx answered", ", ".join(f"{status}: {count}" for status, count in told["nginx"].items()))
    figure("load of the machine before and after", "{:.1f}, {:.1f} on {} processors".format(*told["load"], os.cpu_count()))
    return told["sent"] == options.desks and told["scans"] == options.desks * options.scans


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--desks", type=int, default=300)
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--scans", type=int, default=30)
    parser.add_argument("--one-address", action="store_true", help="as where all communes come through one gateway")
    parser.add_argument("--only", choices=("alone", "nginx"))
    options = parser.parse_args()
    build = os.path.abspath(options.build)
    ways = {"alone": [False], "nginx": [True]}.get(options.only, [False, True])
    return 0 if all([report(build, options, front) for front in ways]) else 1


if __name__ == "__main__":
    sys.exit(main())
