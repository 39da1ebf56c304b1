# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desk's exchange with its province costs on bad lines: in virtual time with the real desk and the real
province, and for real beside it.

    lines.py --build DIR [--real quick|all|none] [--only TASK@LINE]… [--alone]

quick: the virtual lines, and the day for real on 3G and LAN (ten minutes). all: only real ones beside virtual ones, also
2 MB on 2G and satellite (half an hour). none: only virtual ones (five minutes; no root needed). --only (2MB@3G, day@LAN, …): this real run
beside its virtual one. The real province has nginx with data/nginx before it; --alone: it has not.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))

import wan  # noqa: E402  after the path above
from world import BIRTH, reception  # noqa: E402

# Of each way: bit/s, delay and jitter in ms, loss in per cent, queue in ms, seed. The round trips are twice the delays.
LINES = {
    "2G": "30000 300 50 2 4000 7",
    "satellite": "100000 600 100 0.5 4000 7",
    "3G": "1000000 40 0 0 1000 7",
    "LAN": "100000000 0.25 0 0 100 7",
}
PARTS = ("to-khai", "giay-chung-sinh", "giay-to-tuy-than")
DOSSIERS = 60
# How many, of at least and at most how many bytes, seed.
SCANS = {
    "nothing": (0, 0, 0, ""),
    "change": (0, 0, 0, ""),
    "day": (3 * DOSSIERS, 60 * 1000, 400 * 1000, "day"),
    "2MB": (1, 2000 * 1000, 2000 * 1000, "2MB"),
    "20MB": (1, 20000 * 1000, 20000 * 1000, "20MB"),
}
QUICK = [("day", "3G"), ("day", "LAN")]
ALL = [("2MB", "2G"), ("2MB", "satellite"), *QUICK]
STARTS = 3
CATALOGUE = os.path.join(HERE, "..", "..", "data", "catalogue", "procedures.json")


def write_pdf(path, size, chance):
    """One page, and as many random bytes as it takes: a scan is a picture, which nothing makes smaller."""
    head = b"%PDF-1.4\n"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    picture = chance.randbytes(max(size - 600, 0))
    objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(picture), picture))
    out, places = head, []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    with open(path, "wb") as file:
        file.write(out)


def write_scans(folder, count, smallest, largest, seed):
    """As many PDFs, the same for the same seed. Returns their paths."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    chance = random.Random(seed)
    paths = [os.path.join(folder, f"{n:04}.pdf") for n in range(count)]
    for path in paths:
        write_pdf(path, chance.randint(smallest, largest), chance)
    return paths


def work(desk, scans, dossiers):
    """So many dossiers are received, and the scans put on them."""
    received = desk.receive(*(reception(f"Nguyễn Văn {n}") for n in range(dossiers)))
    for n, path in enumerate(scans):
        desk.verb("attach", received[n % dossiers]["code"], PARTS[n // dossiers % len(PARTS)], path)
    return received


def real(build, name, task, front):
    """Over the real line: what line-virtual tells of the virtual one, as far as it can be seen. What the program takes
    to start and to open the profile is not the line's: the quickest of some contacts without a line to wait for."""
    with wan.FarWorld(build, front) as world:
        desk = world.one_desk()
        start = min(wan.sync_over(world, desk, wan.UNLIMITED)[0] for _ in range(STARTS))
        if task == "day":
            work(desk, write_scans(world.path("scans"), *SCANS["day"]), DOSSIERS)
        elif task == "2MB":
            work(desk, write_scans(world.path("scans"), *SCANS["2MB"]), 1)
        elif task == "change":
            code = work(desk, [], 1)[0]["code"]
            desk.sync()
            desk.verb("set", code, "contact", '{"phone":"0905123456"}')
        seconds, up, down, lost = wan.sync_over(world, desk, LINES[name])
        return {"time": seconds - start, "start": start, "wire_up": up, "wire_down": down, "lost": lost}


class Virtual:
    """line-virtual, with the scans that a task needs."""

    def __init__(self, build, folder):
        self.program = os.path.join(build, "tests", "lines", "line-virtual")
        self.folder = folder
        for task, how in SCANS.items():
            write_scans(os.path.join(folder, task), *how)

    def run(self, name, task, *words):
        dossiers = {"day": str(DOSSIERS), "2MB": "1", "20MB": "1"}.get(task, task)
        command = [self.program, CATALOGUE, os.path.join(self.folder, task), dossiers, LINES[name], *words]
        env = {**os.environ, "GIO_USE_PROXY_RESOLVER": "dummy", "GSETTINGS_BACKEND": "memory"}
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout)


def length(seconds):
    if seconds < 100:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.1f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def row(what, name, *cells):
    print(f"  {what:<44} {name:<10} " + " ".join(f"{cell:>12}" for cell in cells), flush=True)


def table(virtual):
    """Behind a proxy with TLS that keeps the desk's connection, as data/nginx."""
    print("\nBad lines, in virtual time: the real desk and province, TLS, the connection kept (bytes of HTTP)")
    row("", "", "time", "bytes up", "bytes down", "requests", "scans again")
    for what, task, words, names in (
        ("nothing new", "nothing", (), LINES),
        ("one change", "change", (), LINES),
        ("a day: 60 dossiers, 180 scans, 43 MB", "day", (), LINES),
        ("the same, a portal's page from 30 s to 90 s", "day", ("portal=30-90",), LINES),
        ("20 MB, cut every 60 s for 5 s", "20MB", ("cut=60/5",), LINES),
        ("the same, a proxy that buffers requests", "20MB", ("cut=60/5", "buffers"), LINES),
    ):
        for name in names:
            told = virtual.run(name, task, "tls", *words)
            size = sum(os.path.getsize(entry.path) for entry in os.scandir(os.path.join(virtual.folder, task)))
            again = f"{told['scan_up'] - size}" + (f" / {told['cuts']} cuts" if told["cuts"] else "")
            row(what, name, length(told["time"]), told["up"], told["down"], told["requests"], again)
            if told["cuts"]:
                row("  of one cut, most", "", "", "", "", "", told["again_most"])


def waits(virtual):
    print("\nA change made while the day's scans leave, until the province has it (one every 100 s; LAN: 0.5 s)")
    row("", "", "p50", "longest", "changes")
    for name in LINES:
        told = virtual.run(name, "day", "tls", f"changes={0.5 if name == 'LAN' else 100}")
        row("", name, length(told["wait_p50"]), length(told["wait_max"]), told["changes"])


def compare(build, virtual, tasks, front):
    """Behind nginx the connection is kept; the server alone takes one for each request. Bytes with TCP and IP."""
    where = "behind nginx with TLS and HTTP/2" if front else "motcua-server alone, plain HTTP"
    print(f"\nThe real line beside the virtual one: {where} (bytes with TCP and IP)")
    row("", "", "virtual", "real", "apart", "bytes virtual", "bytes real", "start apart")
    for task, name in tasks:
        there, here = virtual.run(name, task, *(["tls"] if front else [])), real(build, name, task, front)
        sums = [told["wire_up"] + told["wire_down"] for told in (there, here)]
        row(task, name, length(there["time"]), length(here["time"]), f"{(there['time'] / here['time'] - 1) * 100:+.1f} %", *sums, f"{here['start']:.2f} s")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--real", choices=("all", "quick", "none"), default="quick")
    parser.add_argument("--only", action="append", type=lambda word: tuple(word.split("@")))
    parser.add_argument("--alone", action="store_true")
    options = parser.parse_args()
    build = os.path.abspath(options.build)
    os.environ["MOTCUA_BUILD"] = build
    with tempfile.TemporaryDirectory() as folder:
        virtual = Virtual(build, folder)
        if options.real != "all" and not options.only:
            table(virtual)
            waits(virtual)
        if options.real == "none" and not options.only:
            return 0
        lacks = wan.lacking()
        if lacks is not None:
            print(f"\nNo real line: this machine lacks {lacks}", file=sys.stderr)
            return 1
        compare(build, virtual, options.only or (QUICK if options.real == "quick" else ALL), not options.alone)
    return 0


if __name__ == "__main__":
    sys.exit(main())
