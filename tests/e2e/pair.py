# SPDX-License-Identifier: GPL-3.0-or-later
"""Two desks of one office and their province, and what must be true of the three in the end."""

import json
import unittest

from world import World, reception


def phone(number):
    return json.dumps({"phone": number})


class Pair(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.__exit__, None, None, None)
        self.world.__enter__()
        self.server = self.world.server
        self.front = self.world.desk("front", login="an")
        self.back = self.world.desk("back", login="an")

    def sync_all(self):
        """Twice around, so that both have heard what the other sent."""
        for desk in (self.front, self.back, self.front):
            desk.sync()

    def receive_known(self, name="Nguyễn Văn Đình", **more):
        """A dossier that both desks have."""
        received = self.front.receive(reception(name, **more))[0]
        self.sync_all()
        return received

    def assert_sound(self, dossiers=None):
        """Both desks are equal, and everything derived from the ops is what they say."""
        for desk in (self.front, self.back):
            desk.check()
        self.server.verb("check")
        lists = [sorted(d["id"] for d in desk.ask("list")) for desk in (self.front, self.back)]
        self.assertEqual(lists[0], lists[1])
        for dossier in lists[0] if dossiers is None else dossiers:
            shown = [desk.ask("show", dossier) for desk in (self.front, self.back)]
            for what in ("groups", "tips", "state", "due", "conflicts"):
                self.assertEqual(shown[0][what], shown[1][what], what)
