#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our own server conforms, and the rules that are tried are those of the specification."""

import os
import re
import sys
import tempfile
import unittest

import province

sys.path.insert(0, os.path.join(province.HERE, "..", "e2e"))
import tap  # noqa: E402
from world import Server  # noqa: E402


class Own(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory(prefix="motcua-conform-") as folder:
            codes = province.found(os.path.join(folder, "province"))
            server = Server(os.path.join(folder, "province"))
            server.start()
            cls.first = province.conform(server.url, codes, folder)
            server.stop()
            server.log.close()
            cls.away = province.conform(server.url, codes, folder)

    def test_our_own_server_conforms(self):
        code, rules, said = self.first
        self.assertEqual((code, rules["BROKEN"], rules["untried"]), (0, set(), set()), said)

    def test_the_rules_are_those_of_the_specification(self):
        with open(os.path.join(province.SOURCE, "data", "protocol", "specification.md"), encoding="utf-8") as file:
            named = re.findall(r"\*\*`([a-z]+\.[a-z]+)`\*\*", file.read())
        self.assertEqual(len(named), len(set(named)))
        self.assertEqual(set(named), self.first[1]["ok"])

    def test_nobody_there_is_said(self):
        self.assertEqual(self.away[0], 3, self.away[2])


if __name__ == "__main__":
    tap.main()
