# SPDX-License-Identifier: GPL-3.0-or-later
"""Scans on a slow line, as the window shows them: how far, a pause, and what somebody waits for comes first."""

import os
import random
import subprocess

import tap
from clerk import Clerk
from office import AtAScreen
from roads import Gateway, SlowRoad
from world import make_pdf, reception, wait_until

PART = "giay-chung-sinh"
SLOW = 60_000
PAUSE, GO_ON = "Tạm dừng tệp quét", "Tiếp tục gửi và tải tệp quét"


def large_pdf(path, size):
    """What follows the end of a PDF is no part of it, and packs no smaller."""
    make_pdf(path, pages=2)
    with open(path, "r+b") as file:
        page = file.read()
        end = page.rindex(b"startxref")
        noise = bytes(random.Random(size).choices(range(33, 127), k=size))
        file.seek(end)
        file.write(b"%" + noise + b"\n" + page[end:])


class Scans(AtAScreen):
    def setUp(self):
        self.road = SlowRoad(int(self.world.server.url.rsplit(":", 1)[1]), None)
        self.addCleanup(self.road.close)

    def look(self, name):
        folder = os.environ.get("MOTCUA_SHOTS")
        if folder:
            self.screen.shoot(os.path.join(folder, f"scans-{name}.png"))

    def window(self, desk):
        clerk = Clerk(self.screen, desk)
        self.addCleanup(clerk.stop)
        clerk.signed_in("an")
        return clerk

    def attach(self, desk, code, size):
        path = self.world.path(f"scan-{size}.pdf")
        large_pdf(path, size)
        desk.verb("attach", code, PART, path)

    def there(self, sha256):
        """Whether the province has all of it."""
        return os.path.exists(os.path.join(self.world.server.folder, "blobs", sha256[:2], sha256))

    def test_paused_and_going_on(self):
        desk = self.world.desk("front", url=self.road.url, login="an")
        received = desk.receive(reception("Nguyễn Văn Đình", contact={"phone": "0905000000"}))[0]
        desk.sync()
        self.attach(desk, received["code"], 900_000)
        sha256 = desk.ask("show", received["id"])["documents"][0]["sha256"]
        self.road.rate = SLOW
        clerk = self.window(desk)
        clerk.click("push button", part="tệp quét chưa gửi")
        clerk.find("label", part="Đang gửi một tệp")
        clerk.find("label", part="kB/giây")
        self.look("moving")
        clerk.click("push button", PAUSE)
        clerk.find("label", part="Tệp quét đang tạm dừng trên máy này")
        clerk.gone("label", part="Đang gửi một tệp")
        self.look("paused")
        self.assertFalse(self.there(sha256))
        # The changes go all the same.
        self.road.rate = None
        clerk.open(received["code"])
        clerk.fill("Số điện thoại", "0905111222")
        clerk.back()
        other = self.world.desk("other", login="an")

        def arrived():
            other.sync()
            shown = other.value(received["code"], "contact")
            return shown["phone"] == "0905111222"

        wait_until(arrived, 20, "the change at the other desk")
        self.assertFalse(self.there(sha256))
        clerk.click("push button", part="tệp quét chưa gửi")
        clerk.click("push button", GO_ON)
        wait_until(lambda: self.there(sha256), 30, "the scan at the province")
        clerk.gone("label", part="tệp quét chưa gửi")
        self.assertEqual(clerk.errors(), [])

    def test_what_is_looked_at_comes_first(self):
        front = self.world.desk("sender", login="an")
        received = front.receive(reception("Trần Thị Ngữ"), reception("Lê Văn Bưởi"))
        front.sync()
        back = self.world.desk("back", url=self.road.url, login="an")
        self.attach(front, received[0]["code"], 600_000)
        self.attach(front, received[1]["code"], 500_000)
        front.sync()
        self.road.rate = SLOW
        clerk = self.window(back)
        clerk.open(received[0]["code"])
        clerk.find("label", part="Đang tải về một tệp")
        self.look("coming")
        clerk.gone("label", part="Đang tải về một tệp", seconds=60)
        clerk.find("push button", part="Phóng to (Ctrl++)")
        self.assertEqual(clerk.errors(), [])
        clerk.stop()
        # The smaller one had begun before, and was overtaken.
        self.assertTrue(self.here(back, received[0]))
        self.assertFalse(self.here(back, received[1]))
        self.road.rate = None
        back.sync()
        self.assertTrue(self.here(back, received[1]))

    def test_what_a_colleague_still_sends_is_shown_when_it_is_there(self):
        """Not a minute later: the request that waits for news waits for the scan too."""
        front = self.world.desk("slow-sender", url=self.road.url, login="an")
        received = front.receive(reception("Đỗ Thị Mận"))[0]
        front.sync()
        gateway = Gateway(int(self.world.server.url.rsplit(":", 1)[1]))
        self.addCleanup(gateway.close)
        back = self.world.desk("waiting", url=gateway.url, login="an")
        back.sync()
        self.attach(front, received["code"], 700_000)
        sha256 = front.ask("show", received["id"])["documents"][0]["sha256"]
        missing = ("GET", f"/v1/blobs/{sha256}", 0, 404)
        self.road.rate = 20_000
        sending = subprocess.Popen(front.command("sync"), env=front.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(sending.wait)
        self.addCleanup(sending.kill)
        clerk = self.window(back)
        wait_until(lambda: gateway.seen.count(missing) == 1, 20, "the desk to ask for it by itself, in vain")
        clerk.open(received["code"])
        wait_until(lambda: gateway.seen.count(missing) == 2, 20, "it to ask for what somebody looks at")
        self.look("awaited")
        self.assertFalse(self.there(sha256))
        self.road.rate = None
        wait_until(lambda: self.there(sha256), 30, "the scan at the province")
        clerk.find("push button", part="Phóng to (Ctrl++)", seconds=10)
        self.look("arrived")
        self.assertEqual(gateway.seen.count(missing), 2)
        self.assertEqual(clerk.errors(), [])

    @staticmethod
    def here(desk, received):
        """Whether the desk has the dossier's scan."""
        return all(document["here"] for document in desk.ask("show", received["code"])["documents"])


if __name__ == "__main__":
    tap.main()
