# SPDX-License-Identifier: GPL-3.0-or-later
"""A new desk takes the province's file from a stick, at the window: what is no such file is refused in words, and
whatever happens, what was done on the desk stays."""

import os

import tap
from clerk import Clerk
from office import AtAScreen
from roads import Gateway
from screen import settle
from world import OFFICE, OFFLINE, Desk, Server, reception, wait_until

OLDER = 300
NEIGHBOUR = "H05.032.08"
CHOOSER = "Tệp của tỉnh"


class Seed(AtAScreen):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        server = cls.world.server
        cls.stick = cls.world.path("stick")
        os.makedirs(cls.stick)
        server.verb("office", "add", "--code", NEIGHBOUR, "--name", "Xã Bên Cạnh")
        front = cls.world.desk("front")
        cls.older = front.receive(*(reception(f"Nguyễn Văn {i}") for i in range(OLDER)))
        front.sync()
        cls.code = cls.written(server, OFFICE, "tinh")

    @classmethod
    def written(cls, server, office, name):
        """The province's file of an office; returns its code."""
        return server.verb("seed", "--office", office, cls.on_the_stick(name)).out.split()[-1]

    @classmethod
    def on_the_stick(cls, name):
        return os.path.join(cls.stick, name + ".motcua-seed")

    def cut(self, name, part):
        """The file as it is where the stick was pulled out."""
        with open(self.on_the_stick("tinh"), "rb") as file:
            whole = file.read()
        with open(self.on_the_stick(name), "wb") as file:
            file.write(whole[: int(len(whole) * part)])

    def newcomer(self):
        """It has heard once from the province, and one answer; then the line was gone."""
        road = Gateway(self.world.server.port)
        self.addCleanup(road.close)
        # To be taken in, to open it, and the first of what it is told.
        road.most = 3
        desk = Desk(self.world.path("new"), self.world.server)
        desk.enrol(road.url, self.world.server.invite())
        desk.activate("an", expect=OFFLINE)
        return desk, road

    def look(self, name):
        folder = os.environ.get("MOTCUA_SHOTS")
        if folder:
            settle()
            self.screen.shoot(os.path.join(folder, f"seed-{name}.png"))

    def choose(self, clerk, name):
        clerk.click("push button", part="Lấy dữ liệu từ tệp của tỉnh")
        wait_until(lambda: self.screen.titled(CHOOSER), 20, "the file chooser")
        settle()
        if name == "tinh":
            self.look("chooser")
        self.screen.key("slash")
        self.screen.type(self.on_the_stick(name)[1:], delay=20)
        self.screen.key("Return")
        wait_until(lambda: not self.screen.titled(CHOOSER), 20, "the end of the file chooser")
        settle()

    def take(self, clerk, name, code):
        self.choose(clerk, name)
        clerk.find("text", "Mã của tệp")
        self.screen.type(code, delay=20)
        self.look(f"code-{name}")
        self.screen.key("ctrl+Return")
        clerk.alone()

    def refused(self, clerk, name, words):
        self.choose(clerk, name)
        clerk.sees(words)
        self.look(f"refused-{name}")

    def test_from_a_stick(self):
        desk, road = self.newcomer()
        own = desk.receive(reception("Lê Thị Đỗ Quyên"))[0]
        elsewhere = Server(self.world.path("elsewhere"))
        self.addCleanup(elsewhere.log.close)
        elsewhere.found()
        self.written(elsewhere, OFFICE, "tinh-khac")
        self.written(self.world.server, NEIGHBOUR, "xa-khac")
        self.cut("nua", 0.6)
        self.cut("dau", 0.0001)

        clerk = Clerk(self.screen, desk)
        self.addCleanup(clerk.stop)
        clerk.signed_in("an")
        clerk.click("push button", part="chưa gửi")
        clerk.find("label", "Hồ sơ cũ còn đang tải về")
        self.look("page")
        self.refused(clerk, "dau", "Đây không phải tệp của tỉnh, hoặc tệp chép chưa đủ.")
        self.refused(clerk, "tinh-khac", "Tệp này của tỉnh khác")
        self.refused(clerk, "xa-khac", "Tệp này của cơ quan khác.")
        self.take(clerk, "tinh", self.code[::-1])
        clerk.sees("Mã không đúng với tệp này. Chưa có gì thay đổi")
        self.look("wrong-code")
        self.take(clerk, "nua", self.code)
        clerk.sees("Tệp chép chưa đủ. Phần đọc được đã có trên máy và được giữ")
        self.look("torn")
        clerk.sees("1 thay đổi chưa gửi")
        self.take(clerk, "tinh", self.code)
        clerk.sees("Đã lấy xong dữ liệu trong tệp.", seconds=60)
        self.look("taken")
        self.assertEqual(clerk.errors(), [])
        clerk.stop()
        # Without any line all is here, and what was done here waits as before.
        self.assertEqual({d["id"] for d in desk.ask("list")}, {own["id"], *(d["id"] for d in self.older)})
        self.assertEqual([op["dossier"] for op in desk.ask("waiting")], [own["id"]])
        asked = road.taken
        road.most = None
        desk.sync()
        # What the file held is not fetched again, and agrees with what the province goes on to say.
        self.assertLess(road.taken - asked, 4)
        self.assertEqual(desk.ask("waiting"), [])
        desk.check()
        self.world.server.verb("check")


if __name__ == "__main__":
    tap.main()
