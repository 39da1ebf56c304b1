# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up meson's test logs: tally.py testlog.json…

Ends with the line "N passed, N failed" and fails where anything failed, or where a log is missing.
A program that speaks TAP counts with each of its cases.
"""

import json
import re
import sys

CASE = re.compile(r"^(not )?ok\b(?:.*?#\s*(skip))?", re.I)
GOOD = {"OK", "EXPECTEDFAIL"}


def cases(test):
    """(passed, failed, skipped) of one test program."""
    passed = failed = skipped = 0
    for line in (test.get("stdout") or "").splitlines():
        match = CASE.match(line)
        if not match:
            continue
        if match[2]:
            skipped += 1
        elif match[1]:
            failed += 1
        else:
            passed += 1
    if test["result"] == "SKIP":
        return 0, 0, max(1, skipped)
    if test["result"] not in GOOD:
        return passed, max(1, failed), skipped
    return max(passed, 0 if skipped else 1), failed, skipped


def read(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def main(paths):
    total = [0, 0, 0]
    for path in paths:
        try:
            tests = read(path)
        except OSError as error:
            print(f"no test log: {error}")
            total[1] += 1
            continue
        if not tests:
            print(f"{path}: no test was run")
            total[1] += 1
        for test in tests:
            counted = cases(test)
            total = [a + b for a, b in zip(total, counted)]
            if counted[1]:
                print(f"FAILED {test['name']} ({test['result']}, {path})")
    passed, failed, skipped = total
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
