# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests at the window share: one province and one screen for all of a class."""

import unittest

import unikey
from screen import Screen
from world import World


class AtAScreen(unittest.TestCase):
    """UNIKEY: what is typed goes through the real input method."""

    UNIKEY = False

    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.screen = Screen(cls.world.folder)
        if cls.UNIKEY:
            unikey.start(cls.screen)
        cls.world.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.screen.close()
        cls.world.__exit__(None, None, None)
