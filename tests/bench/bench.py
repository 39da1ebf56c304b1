# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what the program reaches on this machine. Asserts nothing: compare ratios within one run.

    bench.py --build DIR [--dossiers 10000]
    bench.py --build DIR --office 100000      # only: a new desk in an office of that many
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))

import people  # noqa: E402  after the path above
import uploads  # noqa: E402
from roads import LossyRoad  # noqa: E402
from world import BIRTH, OFFICE, PEOPLE, World, program, wait_until  # noqa: E402

CHANGES = 1000
SAVES = 1000
LIVE = 200
STARTS = 5
QUIET = 1.0


def title(text):
    print(f"\n{text}", flush=True)


def figure(what, value):
    print(f"  {what:<58} {value}", flush=True)


def milliseconds(text):
    return sorted(int(line) / 1000 for line in text.split())


def percentile(times, share):
    return times[min(len(times) - 1, int(len(times) * share))]


def spread(times):
    return f"p50 {percentile(times, 0.5):8.2f} ms   p99 {percentile(times, 0.99):8.2f} ms   ({len(times)} times)"


def bench_program(name):
    return os.path.join(os.environ["MOTCUA_BUILD"], "tests", "bench", name)


def out_of(*command, env=None):
    return subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout


class Run:
    """A command with how long it took, and what it used at its peak."""

    def __init__(self, command, env, text=""):
        start = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=env, text=True)
        process.stdin.write(text)
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.seconds = time.monotonic() - start
        self.peak_mb = usage.ru_maxrss / 1024
        if process.returncode != 0:
            raise SystemExit(f"{command} ended with {process.returncode}")


def write_lines(path, receptions):
    with open(path, "w", encoding="utf-8") as file:
        for one in receptions:
            file.write(json.dumps(one, ensure_ascii=False) + "\n")


def saving(world):
    title(f"Saving one dossier to durable disk ({SAVES} each)")
    desk = world.desk("saving", login="an")
    lines = world.path("saving.jsonl")
    write_lines(lines, people.dossiers(SAVES, seed=1))
    saves = milliseconds(out_of(bench_program("bench-desk"), desk.folder, "receive", lines, env=desk.env))
    raw = milliseconds(out_of(bench_program("bench-raw"), world.folder, "rows", str(SAVES)))
    floor = milliseconds(out_of(bench_program("bench-raw"), world.folder, "append", str(SAVES)))
    figure("a dossier received through McDesk (signed, judged, shown)", spread(saves))
    figure("raw SQLite row, 4 indexes, FTS5, synchronous=FULL", spread(raw))
    figure("append 2 KB and fdatasync: the floor of this disk", spread(floor))
    figure("McDesk / raw row, p50", f"{percentile(saves, 0.5) / percentile(raw, 0.5):.2f}×")


def finding():
    title("Finding a procedure, at every key press of tests/core/phrases.txt")
    source = os.path.join(HERE, "..", "..")
    lines = out_of(bench_program("bench-find"), env={**os.environ, "MC_SOURCE_ROOT": source}).splitlines()
    count, index = lines[0].split()
    times = milliseconds("\n".join(lines[1:]))
    figure(f"the index of {count} procedures", f"{int(index) / 1000:.1f} ms, once")
    figure("a key press", f"{spread(times)}, longest {times[-1]:.2f} ms")
    finder = os.path.join(os.environ["MOTCUA_BUILD"], "tests", "core", "test-core-finder")
    said = out_of(finder, env={**os.environ, "MC_SOURCE_ROOT": source})
    for line in said.splitlines():
        if "among the first" in line and "not among" not in line or re.fullmatch(r"# \d+ procedures", line):
            print(f"  {line.lstrip('# ')}")


def importing():
    title("A real portal dump into the catalogue")
    dump = os.environ.get("MOTCUA_REAL", os.path.join(HERE, "..", "..", "..", "shared", "real", "procedures.jsonl.gz"))
    if not os.path.exists(dump):
        figure("none beside the source tree", "skipped")
        return
    with tempfile.TemporaryDirectory() as data:
        out_of(program("motcua-server"), "--data", data, "init")
        start = time.monotonic()
        said = out_of(program("motcua-server"), "--data", data, "catalogue", "import", "--portal", dump)
        figure("time", f"{time.monotonic() - start:.2f} s")
    for line in said.splitlines()[: 3 + 12]:
        print(f"  {line}")


class Counted:
    """One exchange with the province over a road that counts."""

    def __init__(self, road, desk, *words, text=""):
        before = (road.requests, road.bytes_up, road.bytes_down)
        self.run = Run(desk.command(*words), desk.env, text)
        after = (road.requests, road.bytes_up, road.bytes_down)
        self.requests, self.up, self.down = (b - a for a, b in zip(before, after))


def exchange(what, counted, count):
    seconds = counted.run.seconds
    figure(f"{what}: time", f"{seconds:.2f} s, {count / seconds:,.0f} a second, {counted.requests} requests")
    figure(f"{what}: bytes on the wire each, headers included", f"{counted.up / count:.0f} up, {counted.down / count:.0f} down")
    figure(f"{what}: peak memory of the desk", f"{counted.run.peak_mb:.0f} MB")


def travelling(world, count):
    title(f"{count:,} dossiers between a desk and the province (loopback, one process each)")
    road = LossyRoad(world.server.port)
    desk = world.desk("sender", url=road.url, login="an")
    far = world.desk("receiver", url=road.url, login="chi")
    lines = world.path("many.jsonl")
    write_lines(lines, people.dossiers(count))
    taken = Run(desk.command("receive", lines), desk.env)
    figure("receive: a file of that many, with motcuactl", f"{taken.seconds:.2f} s, {count / taken.seconds:,.0f} a second")
    exchange("push", Counted(road, desk, "sync"), count)

    exchange("pull", Counted(road, far, "sync"), count)
    figure("peak memory: includes", "64 MB for the secret, at the opening of the key")
    return road, desk


def changing(world, road):
    title("Status changes")
    few = world.desk("few", url=road.url, login="an")
    lines = world.path("few.jsonl")
    write_lines(lines, people.dossiers(CHANGES, seed=2))
    Run(few.command("receive", lines), few.env)
    Counted(road, few, "sync")
    few.login("binh")
    out_of(*few.command("step", first_code(few), "appraise"), env=few.env)
    one = Counted(road, few, "sync")
    figure("one status change, alone: bytes, headers included", f"{one.up} up, {one.down} down, {one.requests} requests")
    nothing = Counted(road, few, "sync")
    figure("nothing new: bytes, headers included", f"{nothing.up} up, {nothing.down} down, {nothing.requests} requests")
    codes = [row["code"] for row in few.ask("list")[1 : CHANGES + 1]]
    start = time.monotonic()
    for code in codes:
        out_of(*few.command("step", code, "appraise"), env=few.env)
    figure("motcuactl step, a process each", f"{(time.monotonic() - start) / len(codes) * 1000:.1f} ms each")
    exchange(f"push {len(codes):,} status changes", Counted(road, few, "sync"), len(codes))


def living(world):
    title(f"A colleague's change, both windows open ({LIVE} times, loopback)")
    here, there = (world.desk(name, login="an") for name in ("here", "there"))
    here.receive({"procedure": BIRTH, "applicant": {"name": "Nguyễn Văn Đình"}})
    here.sync()
    there.sync()
    times = milliseconds(out_of(bench_program("bench-live"), here.folder, there.folder, str(LIVE), env=here.env))
    figure("from the act to the other desk being told", spread(times))


def first_code(desk):
    return desk.ask("list")[0]["code"]


def starting(world, desk, count):
    from screen import Screen, Window

    title(f"Start-up under Xvfb with the cairo renderer (median of {STARTS}, first run apart)")
    screen = Screen(world.folder)
    try:
        bare = [first_frame(screen, [bench_program("bench-window")]) for _ in range(STARTS + 1)]
        window = [first_frame(screen, [program("motcua"), "--profile", desk.folder]) for _ in range(STARTS + 1)]
        report_starts("a bare libadwaita window", bare)
        report_starts(f"motcua, {count:,} dossiers, to its sign-in page", window)
        ratio = statistics.median(w[0] for w in window[1:]) / statistics.median(b[0] for b in bare[1:])
        figure("motcua / bare window, to the first painted frame", f"{ratio:.2f}×")
        times = sorted(to_list(screen, desk, Window) for _ in range(STARTS))
        figure("from Enter after the PIN to the list with its rows, still", f"median {statistics.median(times) * 1000:.0f} ms")
        figure("  of which the PIN's Argon2id is meant to be slow", f"{argon_ms(desk):.0f} ms with motcuactl login")
    finally:
        screen.close()


def paint_times(path):
    with open(path, encoding="ascii") as file:
        return [int(line) / 1e6 for line in file.read().split()]


def launch(screen, command, out):
    env = dict(screen.env, LD_PRELOAD=bench_program("bench-paint.so"), BENCH_PAINT=out)
    if os.path.exists(out):
        os.remove(out)
    start = time.clock_gettime(time.CLOCK_MONOTONIC)
    return start, screen.start(*command, env=env)


def first_frame(screen, command):
    """(seconds from exec to the first painted frame, MB then)."""
    out = os.path.join(screen.home, "paint")
    start, process = launch(screen, command, out)
    wait_until(lambda: os.path.exists(out) and paint_times(out), 60, "the first frame")
    with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
        peak = int(re.search(r"VmHWM:\s+(\d+)", file.read())[1]) / 1024
    screen.end(process)
    return paint_times(out)[0] - start, peak


def report_starts(what, starts):
    cold, warm = starts[0], starts[1:]
    figure(
        what,
        f"{statistics.median(s[0] for s in warm) * 1000:.0f} ms, peak {max(s[1] for s in warm):.0f} MB"
        f" (first run {cold[0] * 1000:.0f} ms)",
    )


def to_list(screen, desk, window_class):
    """Seconds from Enter after the PIN until the window with its list has been painted and is still."""
    out = os.path.join(screen.home, "paint")
    _, process = launch(screen, [program("motcua"), "--profile", desk.folder], out)
    window = window_class(screen, "motcua", process)
    # The officer's own queue has every dossier that waits for appraisal in it.
    sign_in(window, "binh")
    pressed = time.clock_gettime(time.CLOCK_MONOTONIC)
    screen.key("Return")

    def still():
        painted = [t for t in paint_times(out) if t > pressed]
        quiet = bool(painted) and time.clock_gettime(time.CLOCK_MONOTONIC) - painted[-1] > QUIET
        return painted[-1] if quiet else None

    # Nobody asks the window anything meanwhile: a question costs it as much as a frame.
    last = wait_until(still, 60, "a still window")
    window.find("table cell")
    screen.end(process)
    return last - pressed


def sign_in(window, login):
    window.press(window.find(part=PEOPLE[login][1]))
    window.screen.type(PEOPLE[login][2], delay=30)


def encrypting():
    title("What encryption costs: the same work in a plain and in an encrypted profile, turn by turn")
    print(out_of(bench_program("bench-vault")), end="", flush=True)


def printing():
    title("Forms as PDF files beside raw Cairo and Pango for as many pages, turn by turn")
    print(out_of(bench_program("bench-forms")), end="", flush=True)


LINES = (("1 Mbit/s", 1e6), ("100 kbit/s", 1e5), ("30 kbit/s", 3e4))


def joined(what, said):
    """What bench-join printed of one moment, and how long the bytes would take on thinner lines."""
    seconds, down, peak, dossiers = re.search(r"([\d.]+) s, .* (\d+) down, peak (\d+) MB, (\d+) dossiers", said).groups()
    lines = ", ".join(f"{int(down) * 8 / bits:,.0f} s at {name}" for name, bits in LINES)
    figure(what, f"{seconds} s, {int(down):,} bytes down ({lines}), {peak} MB, {int(dossiers):,} dossiers")


def joining(count):
    title(f"A new desk in an office of {count:,} dossiers, 600 of them open (loopback)")
    with World() as world:
        world.server.stop()
        out_of(bench_program("bench-office"), world.server.folder, OFFICE, str(count), "600")
        start = time.monotonic()
        seed = world.path("office.motcua-seed")
        code = world.server.verb("seed", "--office", OFFICE, seed).out.split()[-1]
        figure("motcua-server seed", f"{time.monotonic() - start:.1f} s, {os.path.getsize(seed):,} bytes")
        world.server.start()
        for name, more in (("over the line", ()), ("with the file", (seed, code))):
            said = out_of(bench_program("bench-join"), world.server.url, world.server.invite(), world.path(name), *more)
            for line in said.splitlines():
                joined(f"{name}, {line.split(':')[0]}", line)
        figure("province: peak memory", f"{world.server.peak_kb() / 1024:.0f} MB")


def argon_ms(desk):
    start = time.monotonic()
    desk.login("an")
    return (time.monotonic() - start) * 1000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--dossiers", type=int, default=10000)
    parser.add_argument("--office", type=int)
    options = parser.parse_args()
    os.environ["MOTCUA_BUILD"] = os.path.abspath(options.build)
    print(f"{os.cpu_count()} processors; times are of this machine and this run, bytes are exact")
    if options.office:
        joining(options.office)
        return
    finding()
    importing()
    encrypting()
    printing()
    joining(options.dossiers)
    with World() as world:
        saving(world)
        road, desk = travelling(world, options.dossiers)
        figure("province: peak memory", f"{world.server.peak_kb() / 1024:.0f} MB")
        changing(world, road)
        living(world)
        starting(world, desk, options.dossiers)
        road.close()
    uploads.report()


if __name__ == "__main__":
    main()
