# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the libFuzzer targets with clang and runs each for a while: fuzz.py [--minutes N] [--target NAME]…

What it learns stays in the build folder; what it finds (crash-*, timeout-*) belongs into tests/fuzz/corpus
as found-*, with the mend.
"""

import argparse
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.normpath(os.path.join(HERE, "..", ".."))
TARGETS = ("op", "batch", "feed", "card", "unlock", "scan")
FIGURE = re.compile(r"stat::(number_of_executed_units|average_exec_per_sec|peak_rss_mb):\s+(\d+)")
WORDS = os.path.join(HERE, "words.dict")


def compile_targets(build):
    if not os.path.exists(os.path.join(build, "build.ninja")):
        subprocess.run(
            ["meson", "setup", build, SOURCE, "-Dfuzz=true", "-Db_sanitize=address,undefined", "-Db_lundef=false",
             "-Dbuildtype=debugoptimized"],
            check=True, stdout=subprocess.DEVNULL, env=dict(os.environ, CC="clang"),
        )
    targets = [f"tests/fuzz/fuzz-{name}" for name in TARGETS]
    subprocess.run(["ninja", "-C", build, *targets], check=True, stdout=subprocess.DEVNULL)


def fuzz(build, name, minutes):
    """Runs one target; says what it did and whether it found nothing."""
    learnt = os.path.join(build, "fuzz-corpus", name)
    os.makedirs(learnt, exist_ok=True)
    done = subprocess.run(
        [os.path.join(build, "tests", "fuzz", "fuzz-" + name), f"-max_total_time={max(1, round(minutes * 60))}",
         "-timeout=10", "-rss_limit_mb=1024", "-max_len=16384", f"-dict={WORDS}", "-print_final_stats=1",
         f"-artifact_prefix={os.path.join(build, 'fuzz-' + name)}-", learnt, os.path.join(HERE, "corpus", name)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
        # Only whole stacks show that a leak is one of those in lsan.supp: libsoup has no frame pointers.
        env=dict(os.environ, ASAN_OPTIONS="detect_leaks=1:fast_unwind_on_malloc=0", UBSAN_OPTIONS="print_stacktrace=1",
                 LSAN_OPTIONS=f"suppressions={os.path.join(SOURCE, 'tests', 'lsan.supp')}:print_suppressions=0",
                 GIO_USE_PROXY_RESOLVER="dummy", GSETTINGS_BACKEND="memory"),
    )
    figures = dict(FIGURE.findall(done.stderr))
    edges = re.findall(r"cov: (\d+)", done.stderr)
    print(f"fuzz {name}: {figures.get('number_of_executed_units', '?')} inputs, "
          f"{figures.get('average_exec_per_sec', '?')} a second, {edges[-1] if edges else '?'} edges, "
          f"{figures.get('peak_rss_mb', '?')} MB, {'nothing found' if done.returncode == 0 else 'FOUND SOMETHING'}",
          flush=True)
    if done.returncode != 0:
        print(done.stderr[-6000:])
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(SOURCE, "_build-fuzz"))
    parser.add_argument("--minutes", type=float, default=1, help="for each target")
    parser.add_argument("--target", action="append", choices=TARGETS)
    asked = parser.parse_args()
    build = os.path.abspath(asked.build)
    compile_targets(build)
    # Every target has its turn, whatever an earlier one found.
    return 0 if all([fuzz(build, name, asked.minutes) for name in asked.target or TARGETS]) else 1


if __name__ == "__main__":
    sys.exit(main())
