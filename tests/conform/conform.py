#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""motcua-conform names each planted fault by the rule that it breaks."""

import os
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

import province

sys.path.insert(0, os.path.join(province.HERE, "..", "e2e"))
import tap  # noqa: E402
from world import Server, build  # noqa: E402

# Each fault of faults.c, and the rules that it must be found by.
FAULTS = {
    "acts-merged": {"verdict.act"},
    "anybody-drops": {"tus.delete"},
    "broken-lines-lost": {"blob.broken"},
    "codes-reused": {"enrol.once"},
    "entries-skipped": {"feed.order"},
    "errors-bare": {"error.envelope"},
    "gone-untold": {"sight.gone"},
    "hash-without-receipt": {"feed.hash"},
    "last-wins": {"verdict.contested", "verdict.act", "verdict.read"},
    "limit-ignored": {"sync.limit"},
    "never-held": {"hold.wait"},
    "never-woken": {"hold.wake"},
    "newer-kept": {"op.newer"},
    "no-retry-after": {"error.retry", "enrol.guesses"},
    "offices-unchecked": {"right.office"},
    "offsets-unchecked": {"blob.offset"},
    "open-left-out": {"first.open"},
    "ops-unanswered": {"sync.word"},
    "ops-unsigned": {"op.signature"},
    "parents-ignored": {"parents.missing"},
    "past-untold": {"sight.past"},
    "points-elsewhere": {"cursor.points"},
    "ranges-ignored": {"blob.range"},
    "receipts-change": {"receipt.stable"},
    "refusals-untold": {"feed.told", "op.body"},
    "requests-unsigned": {"request.signature"},
    "reset-unsaid": {"cursor.reset"},
    "scans-open": {"blob.office"},
    "scans-unchecked": {"blob.hash"},
    "staff-unchecked": {"right.staff"},
    "sums-unchecked": {"tus.checksum"},
    "taken-before-reset": {"cursor.untouched"},
    "taken-twice": {"op.once"},
    "time-in-seconds": {"time.true"},
    "told-to-all": {"office.read"},
    "torn-taken": {"sync.torn"},
    "words-unknown": {"sync.packed"},
}
AT_ONCE = 6


class FaultyServer(Server):
    binary = os.path.join(build(), "tests", "conform", "motcua-server-faulty")

    def __init__(self, folder):
        super().__init__(folder)
        self.env = {**os.environ, "MC_FAULT": os.path.basename(folder)}


class Conform(unittest.TestCase):
    """Mostly it waits: so all are begun at once, and each test looks at what became of one."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="motcua-conform-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = temporary.name
        cls.codes = province.found(cls.path("province"))
        pool = ThreadPoolExecutor(AT_ONCE)
        cls.addClassCleanup(pool.shutdown)
        cls.runs = {name: pool.submit(cls.run_against, name) for name in ["none", *FAULTS]}

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder, name)

    @classmethod
    def run_against(cls, name):
        server = FaultyServer(province.copy(cls.path("province"), cls.path(name)))
        server.start()
        try:
            return province.conform(server.url, cls.codes, cls.folder)
        finally:
            server.stop()
            server.log.close()

    def test_the_faulty_server_without_a_fault_conforms(self):
        code, rules, said = self.runs["none"].result()
        self.assertEqual((code, rules["BROKEN"], rules["untried"]), (0, set(), set()), said)


def test_of(fault):
    def test(self):
        code, rules, said = self.runs[fault].result()
        self.assertEqual(code, 1, said)
        self.assertLessEqual(FAULTS[fault], rules["BROKEN"], said)

    return test


for fault_name in FAULTS:
    setattr(Conform, f"test_fault_{fault_name.replace('-', '_')}_is_named", test_of(fault_name))


if __name__ == "__main__":
    tap.main()
