# SPDX-License-Identifier: GPL-3.0-or-later
"""What is too long for every test run: the real programs killed at random, the fuzzers, many seeds, a day at the counter.

    soak.py --build DIR [--minutes N] [--seeds N] [--only killing|fuzz|seeds|counter|bugs]…

Every part has its turn, whatever an earlier one found; the last line says what failed.
"""

import argparse
import os
import random
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
FUZZ_MINUTES_MAX = 10


def killing(asked):
    """The whole time."""
    return run([sys.executable, os.path.join(HERE, "killing.py"), "--build", asked.build, "--minutes", str(asked.minutes)])


def fuzz(asked):
    """A third of the time for each target, at most ten minutes; in a build folder of its own beside the other."""
    minutes = min(FUZZ_MINUTES_MAX, asked.minutes / 3)
    folder = asked.build + "-fuzz"
    return run([sys.executable, os.path.join(TESTS, "fuzz", "fuzz.py"), "--build", folder, "--minutes", str(minutes)])


def seeds(asked):
    """As many as told, from a place where nobody was before, shared out among the processors."""
    sim = os.path.join(asked.build, "tests", "sim", "sim")
    first = random.randrange(10**6, 2 * 10**9)
    shares = os.cpu_count() or 1
    marks = [first + asked.seeds * i // shares for i in range(shares + 1)]
    runs = [
        subprocess.Popen([sim, "--seeds", f"{start}-{end - 1}", "--keep-going"], stdin=subprocess.DEVNULL)
        for start, end in zip(marks, marks[1:])
        if end > start
    ]
    return not any([process.wait() for process in runs])


def counter(asked):
    """Twenty receptions at the window, and the power cut after each field; the time of each is printed."""
    env = {**os.environ, "MOTCUA_BUILD": asked.build, "MOTCUA_COUNTER": "all"}
    return run([sys.executable, os.path.join(HERE, "counter.py")], env)


def bugs(asked):
    """Whether the simulator would find a fault: each planted bug, within 500 seeds."""
    return run([sys.executable, os.path.join(TESTS, "sim", "bugs.py"), "--source", os.path.dirname(TESTS), "--seeds", "500"])


PARTS = {"killing": killing, "fuzz": fuzz, "seeds": seeds, "counter": counter, "bugs": bugs}


def run(command, env=None):
    return subprocess.run(command, stdin=subprocess.DEVNULL, env=env).returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=os.path.abspath)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seeds", type=int, default=2000)
    parser.add_argument("--only", action="append", choices=sorted(PARTS))
    asked = parser.parse_args()
    sums, failed = [], []
    for name, part in PARTS.items():
        if asked.only and name not in asked.only:
            continue
        print(f"--- {name}", flush=True)
        start = time.monotonic()
        passed = part(asked)
        sums.append(f"{name}: {'passed' if passed else 'FAILED'} in {(time.monotonic() - start) / 60:.1f} min")
        if not passed:
            failed.append(name)
    print("--- " + "\n--- ".join(sums))
    print(f"soak: failed: {', '.join(failed)}" if failed else "soak: nothing failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
