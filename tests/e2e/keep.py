# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup, a new key, restore on a new PC, damage: through the window, and through motcuactl."""

import glob
import json
import os

import tap
from clerk import Clerk
from office import AtAScreen
from screen import settle
from world import REFUSED, Desk, make_pdf, reception, secret_of, wait_until

NAME = "Lê Thị Đỗ Quyên"
NUMBER = "048205123456"


def found_in(folder, *words):
    """Files below a folder that have one of the words in clear, as UTF-8 or UTF-16."""
    needles = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le")]
    found = []
    for path in glob.glob(folder + "/**", recursive=True, include_hidden=True):
        if os.path.isfile(path):
            with open(path, "rb") as file:
                content = file.read()
            found += [path for needle in needles if needle in content]
    return found


class Keeping(AtAScreen):
    def setUp(self):
        self.name = self.id().rsplit(".", 1)[-1]
        self.desk = self.world.desk(self.name)
        self.desk.activate("binh", "an")
        self.stick = self.folder("stick")
        self.temporary = self.folder("tmp")
        self.received = self.desk.receive(reception(NAME, applicant={"id": NUMBER}))[0]
        scan = self.world.path(self.name + ".pdf")
        make_pdf(scan, pages=2)
        self.desk.verb("attach", self.received["code"], self.part(), scan)
        os.remove(scan)
        self.desk.sync()

    def folder(self, name):
        path = self.world.path(f"{self.name}-{name}")
        os.mkdir(path)
        return path

    def part(self):
        groups = self.desk.ask("show", self.received["code"])["groups"]
        return next((g for g in groups if g.startswith("part:")), "part:giay-chung-sinh").split(":", 1)[1]

    def open_window(self, desk):
        clerk = Clerk(self.screen, desk, TMPDIR=self.temporary)
        self.addCleanup(clerk.stop)
        return clerk

    def choose_folder(self, clerk, title):
        clerk.find(part=title)
        settle()
        others = self.screen.windows(clerk.process.pid) - 1
        self.screen.key("slash")
        self.screen.type(self.stick[1:], delay=20)
        self.screen.key("Return")
        clerk.alone(others)

    def copies(self):
        """The lists of the copies on the stick: what is whole."""
        found = []
        for path in sorted(glob.glob(self.stick + "/motcua-*/copies/*.list")):
            with open(path, encoding="utf-8") as file:
                found.append(json.loads(file.readline()))
        return found

    def nothing_in_clear(self):
        for folder in (self.desk.folder, self.stick, self.temporary):
            self.assertEqual(found_in(folder, NAME, NUMBER, "GIAY CHUNG SINH"), [])

    def restored(self, desk):
        """It has the work, is another desk, and agrees with the province."""
        desk.people.update(("an", "binh"))
        desk.login("an")
        desk.sync()
        shown = desk.ask("show", self.received["code"])
        self.assertEqual(shown["groups"]["applicant"]["name"], NAME)
        self.assertEqual([d["here"] for d in shown["documents"]], [True])
        desk.check()
        again = desk.receive(reception("Trần Thị Ngữ"))[0]["code"]
        self.assertNotEqual(again[:-3], self.received["code"][:-3])
        desk.sync()

    def test_backup_key_and_restore(self):
        clerk = self.open_window(self.desk)
        clerk.signed_in("an")
        clerk.click("push button", "Trần Văn An")
        clerk.click("menu item", "An toàn dữ liệu…")
        clerk.sees("Chưa có bản nào")
        clerk.click("push button", "Chọn…")
        self.choose_folder(clerk, "Thư mục để sao lưu")
        clerk.sees("đã đọc lại và thấy đúng")
        first = self.copies()[-1]
        self.assertEqual(len(first["scans"]), 1)
        self.nothing_in_clear()

        clerk.click("push button", "Thay…")
        clerk.find(part="Thay khóa dữ liệu?")
        self.screen.key("ctrl+Return")
        clerk.alone()
        clerk.find("push button", "Trần Văn An", seconds=60)
        wait_until(lambda: self.copies()[-1]["key"] != first["key"], 60, "a backup under the new key")
        self.assertEqual({c["key"] for c in self.copies()}, {self.copies()[-1]["key"]})
        self.assertEqual(clerk.errors(), [])
        clerk.stop()
        self.nothing_in_clear()
        self.desk.check()

        other = Desk(self.world.path(self.name + "-new"), self.world.server)
        clerk = self.open_window(other)
        clerk.click("push button", "Khôi phục từ bản sao lưu…")
        self.choose_folder(clerk, "Thư mục có bản sao lưu")
        clerk.press(clerk.find("list item", part="đầy đủ"))
        clerk.find("push button", "Khôi phục")
        clerk.sign_in("an")
        clerk.find("push button", "Trần Văn An", seconds=60)
        clerk.find("push button", part="● Đã đồng bộ lúc", seconds=60)
        self.assertEqual(clerk.errors(), [])
        clerk.stop()
        self.restored(other)
        self.desk.sync()
        self.world.server.verb("check")

    def test_at_the_command_line(self):
        made = self.desk.ask("backup", "daily", self.stick)
        self.assertEqual((made["scans"], made["scans_bad"]), (1, 0))
        self.assertEqual(self.desk.ask("scrub")["page_bad"], 0)
        self.assertTrue(self.desk.ask("rekey")["backup_outdated"])
        self.assertEqual(self.desk.ask("backup")["scans_new"], 1)
        other = Desk(self.world.path(self.name + "-new"), self.world.server)
        listed = other.ask("restore", self.stick)
        self.assertEqual([(b["whole"], b["scans_missing"]) for b in listed], [(True, 0)])
        other.verb("restore", self.stick, "an", secret="wrong wrong wrong 1\n", expect=REFUSED)
        # Who never opened the old PC comes by way of the province.
        code = self.world.server.code_of("chi")
        other.verb("restore", self.stick, "chi", code, secret=secret_of("chi") + "\n")
        other.people.add("chi")
        other.login("chi")
        other.sync()
        self.restored(other)
        self.assertTrue(self.desk.ask("rebuild")["whole"])
        self.desk.check()

    def test_the_stolen_one_is_suspended_first(self):
        """Who acts at once must not be kept out of what they have saved."""
        self.desk.verb("backup", "daily", self.stick)
        slot = self.received["code"].split("-")[-1][:4]
        devices = self.world.server.verb("device", "list").out.splitlines()
        stolen = next(line.split("\t")[0] for line in devices if line.split("\t")[1] == slot)
        self.world.server.verb("device", "suspend", "--device", stolen)
        other = Desk(self.world.path(self.name + "-new"), self.world.server)
        other.verb("restore", self.stick, "an", secret=secret_of("an") + "\n")
        other.env.update(MC_LOGIN="an", MC_SECRET=secret_of("an"))
        other.sync(expect=REFUSED)
        other.verb("sync", "never-was-one", expect=REFUSED)
        self.assertFalse(other.ask("sync", self.world.server.invite())["refused"])
        self.restored(other)


if __name__ == "__main__":
    tap.main()
