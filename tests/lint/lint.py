# SPDX-License-Identifier: GPL-3.0-or-later
"""The gates that need no build.

    lint.py [ROOT]       checks a tree; silent and 0 where all is well
    lint.py --self-test  proves every rule on a small bad sample
"""

import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import rules_c
import rules_files
import rules_words
from tree import Tree

RULES = rules_c.RULES + rules_words.RULES + rules_files.RULES
HERE = os.path.dirname(os.path.abspath(__file__))


def check(tree, rules=tuple(RULES)):
    with ThreadPoolExecutor() as pool:
        return [finding for found in pool.map(lambda rule: list(rule(tree)), rules) for finding in found]


def name_of(rule):
    return rule.__name__.removeprefix("rule_")


# Samples that are made here: written down, they would be findings themselves.
MADE = {
    "places": ("bad.py", "PATH = '/" + "home/somebody/motcua'\n"),
    "habits": ("src/core/bad-mark.c", "/* SPDX-License-Identifier: GPL-3.0-or-later */\n/* TO" + "DO */\n"),
}


def copy_sample(name, folder):
    """Puts the sample of a rule together; returns the paths that the rule must find."""
    source = os.path.join(HERE, "samples", name)
    expected = set()
    if os.path.isdir(source):
        shutil.copytree(source, folder, dirs_exist_ok=True)
        with open(os.path.join(folder, "EXPECTED"), encoding="utf-8") as file:
            expected.update(file.read().split())
    if name in MADE:
        path, text = MADE[name]
        os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
        with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
            file.write(text)
        expected.add(path)
    return expected


def self_test():
    failures = []
    good = Tree(os.path.join(HERE, "samples", "good"))
    for finding in check(good):
        failures.append(f"the good sample is faulted: {finding}")
    for rule in RULES:
        with tempfile.TemporaryDirectory() as folder:
            expected = copy_sample(name_of(rule), folder)
            found = {finding.path for finding in rule(Tree(folder))}
            if not expected or found != expected:
                failures.append(f"rule {name_of(rule)}: expected {sorted(expected)}, found {sorted(found)}")
    return failures


def main(arguments):
    if arguments == ["--self-test"]:
        found = self_test()
    else:
        found = check(Tree(arguments[0] if arguments else "."))
    for line in found:
        print(line)
    if found:
        print(f"lint: {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
