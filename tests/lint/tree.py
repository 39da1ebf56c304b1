# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of a source tree, and how a rule says what is wrong with one."""

import os
import subprocess
from dataclasses import dataclass

SKIPPED = {".git", "__pycache__", ".flatpak-builder"}


@dataclass(frozen=True)
class Finding:
    rule: str
    path: str
    line: int
    text: str

    def __str__(self):
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.text} [{self.rule}]"


class Tree:
    """A folder that is checked: the repository, or one of the bad samples."""

    def __init__(self, root):
        self.root = os.path.abspath(root)
        self.paths = sorted(self._walk())

    def _walk(self):
        for folder, names, files in os.walk(self.root):
            names[:] = [n for n in names if n not in SKIPPED and not n.startswith("_build")]
            here = os.path.relpath(folder, self.root)
            if here == os.path.join("tests", "lint"):
                names[:] = [n for n in names if n != "samples"]
            for name in files:
                yield os.path.normpath(os.path.join(here, name))

    def files(self, *endings, under=("",)):
        return [p for p in self.paths if p.endswith(endings) and p.startswith(tuple(under))]

    def c_files(self):
        return self.files(".c", ".h", under=("src/", "tests/"))

    def full(self, path):
        return os.path.join(self.root, path)

    def has(self, path):
        return os.path.exists(self.full(path))

    def text(self, path):
        with open(self.full(path), encoding="utf-8", errors="replace") as file:
            return file.read()

    def lines(self, path):
        return self.text(path).splitlines()

    def run(self, *command):
        """Runs a tool in the tree: (whether it was content, what it said)."""
        done = subprocess.run(command, cwd=self.root, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return done.returncode == 0, (done.stdout + done.stderr).strip()
