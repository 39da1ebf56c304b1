# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a unittest module and speaks TAP, so that meson counts every case."""

import sys
import traceback
import unittest


class TapResult(unittest.TestResult):
    number = 0
    last = None

    def line(self, good, test, more=""):
        """One a test: what fails again while it cleans up is told in words only."""
        if self.last == test.id():
            return
        self.last = test.id()
        self.number += 1
        print(f"{'' if good else 'not '}ok {self.number} {test.id().removeprefix('__main__.')}{more}", flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.line(True, test)

    def failed(self, test, error):
        self.line(False, test)
        for text in "".join(traceback.format_exception(*error)).splitlines():
            print(f"# {text}", flush=True)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.failed(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self.failed(test, err)


def main():
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    print(f"1..{suite.countTestCases()}", flush=True)
    result = TapResult()
    suite.run(result)
    sys.exit(0 if result.wasSuccessful() else 1)
