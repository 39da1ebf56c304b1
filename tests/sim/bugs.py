#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the net holds: plants each bug of tests/sim/bugs in a copy of the sources and runs the simulator until it finds it.

    bugs.py --source . --seeds 500 [NAME…]
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = shutil.ignore_patterns(".git", "_build*", "__pycache__", ".flatpak-builder")


def run(*command, cwd, check=True):
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    if check and done.returncode != 0:
        sys.exit(f"{' '.join(command)}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done


def set_up(source, folder):
    tree = os.path.join(folder, "tree")
    build = os.path.join(folder, "build")
    shutil.copytree(source, tree, ignore=SKIPPED, symlinks=True)
    run("meson", "setup", build, tree, cwd=folder)
    return tree, build


def first_failure(build, seeds):
    """What the simulator says first, or None where it finds nothing."""
    run("ninja", "tests/sim/sim", cwd=build)
    done = run("tests/sim/sim", "--seeds", f"1-{seeds}", "--first", cwd=build, check=False)
    if done.returncode == 0:
        return None
    said = re.search(r"^seed +(\d+):? (.*)$", done.stdout + done.stderr, re.M)
    return (said[1], said[2][:90]) if said else ("?", "the program ended")


def try_bug(name, patch, tree, build, seeds):
    run("patch", "-p1", "-i", patch, cwd=tree)
    found = first_failure(build, seeds)
    run("patch", "-R", "-p1", "-i", patch, cwd=tree)
    print(f"{name:24} " + (f"seed {found[0]:>4}: {found[1]}" if found else f"NOT FOUND in {seeds} seeds"), flush=True)
    return found is not None


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--source", default=".")
    options.add_argument("--seeds", type=int, default=500)
    options.add_argument("names", nargs="*")
    chosen = options.parse_args()
    source = os.path.abspath(chosen.source)
    bugs = os.path.join(source, "tests", "sim", "bugs")
    names = chosen.names or sorted(n[: -len(".patch")] for n in os.listdir(bugs) if n.endswith(".patch"))
    with tempfile.TemporaryDirectory(prefix="motcua-bugs-") as folder:
        tree, build = set_up(source, folder)
        escaped = [n for n in names if not try_bug(n, os.path.join(bugs, n + ".patch"), tree, build, chosen.seeds)]
    print(f"{len(names) - len(escaped)} of {len(names)} planted bugs found")
    return 1 if escaped else 0


if __name__ == "__main__":
    sys.exit(main())
