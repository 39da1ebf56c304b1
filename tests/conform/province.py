# SPDX-License-Identifier: GPL-3.0-or-later
"""A province made for motcua-conform: two offices with the people that it asks for, and codes."""

import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))

from world import OFFICE, SOURCE, Server, build, clean_environment  # noqa: E402

OTHER = "H05.032.08"
ROLES = ("clerk", "officer", "leader")


def found(folder):
    """Makes it; returns three codes, two of one office and one of the other."""
    server = Server(folder)
    server.verb("init")
    for code in (OFFICE, OTHER):
        server.verb("office", "add", "--code", code, "--name", f"Xã {code}")
        for role in ROLES:
            server.verb("staff", "add", "--office", code, "--login", role, "--name", role, "--role", role)
    server.verb("catalogue", "import", os.path.join(SOURCE, "data", "catalogue", "procedures.json"))
    server.log.close()
    invite = lambda code: server.verb("invite", "--office", code).out.split()[-1]  # noqa: E731
    return [invite(OFFICE), invite(OFFICE), invite(OTHER)]


def copy(folder, to):
    shutil.copytree(folder, to)
    return to


def conform(url, codes, folder, **env):
    """Runs it; returns how it ended, the rules by what became of them, and all that it said."""
    done = subprocess.run(
        [os.path.join(build(), "src", "conform", "motcua-conform"), url, *codes],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        env={**clean_environment(folder), **env},
    )
    found_rules = {"ok": set(), "BROKEN": set(), "untried": set()}
    for line in done.stdout.splitlines():
        words = line.split()
        if line[:1] != " " and words and words[0] in found_rules:
            found_rules[words[0]].add(words[1])
    return done.returncode, found_rules, done.stdout + done.stderr
