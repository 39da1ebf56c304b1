# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desk leaves on its disk, while it works and after; who gets in; what a public machine forgets."""

import glob
import os
import re

import tap
from clear import found
from clerk import Clerk, pdf_text
from office import AtAScreen
from world import NEWCOMER, OFFICE, REFUSED, make_pdf, reception, wait_until

PART = "Giấy chứng sinh"
NAME = "Quách Xuân Thọ"
# What was typed, what the card said, and what stands on the scanned page.
KNOWN = [NAME, "Quách Xuân", "quach xuan", "048205123456", "NGUYEN VAN DINH", "0933777111", "GIAY CHUNG SINH", "%PDF"]


class LeftBehind(AtAScreen):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What a scanner would have left on a stick.
        cls.stick = cls.world.path("stick")
        os.makedirs(cls.stick)
        cls.scan = os.path.join(cls.stick, "a.pdf")
        make_pdf(cls.scan, pages=2)

    def public_desk(self, name):
        server = self.world.server
        return self.world.desk(name, code=server.verb("invite", "--office", OFFICE, "--public").out.split()[-1])

    def window(self, desk):
        clerk = Clerk(self.screen, desk)
        self.addCleanup(clerk.stop)
        return clerk

    def assert_clear(self, when):
        """The province is not encrypted, and the stick is the resident's."""
        but = [self.stick, *glob.glob(self.world.path("province*"))]
        self.assertEqual(found(self.world.folder, KNOWN, but), [], when)

    def receive(self, clerk):
        clerk.begin()
        clerk.scan_card()
        clerk.fill("Họ và tên", NAME)
        clerk.choose("dang ky khai sinh", "Đăng ký khai sinh")
        clerk.attach(PART, self.scan)
        clerk.sees("trang 1/2")
        self.assert_clear("while a reception is typed")
        return clerk.save()

    def test_a_public_machine_forgets(self):
        office = self.world.desk("office")
        laptop = self.public_desk("laptop")
        others = office.receive(reception("Lê Văn Tám"))[0]
        office.sync()
        first = laptop.receive(reception(NAME))[0]["code"]
        laptop.sync()
        clerk = self.window(laptop)
        clerk.signed_in("an")
        # By a key, at once.
        clerk.click("push button", part="Máy công cộng")
        clerk.sees(f"{first}: vừa làm xong")
        self.screen.key("ctrl+Return")
        clerk.sees("Trên máy này không còn dữ liệu nào của người dân.")
        clerk.back()
        code = self.receive(clerk)
        clerk.find("image", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
        self.assert_clear("while the receipt is on the screen")
        with open(f"/proc/{clerk.process.pid}/limits", encoding="ascii") as limits:
            self.assertRegex(limits.read(), r"Max core file size\s+0\s+0")
        clerk.find("push button", part="● Đã đồng bộ lúc", seconds=60)

        def at_the_office():
            office.sync()
            shown = [d for d in office.ask("list") if d["code"] == code]
            return shown and all(d["here"] for d in office.ask("show", code)["documents"])

        wait_until(at_the_office, 30, "the dossier with its scan at the office")
        clerk.back()
        # By itself, when the machine is locked.
        clerk.change_to("an", "an")
        clerk.click("push button", part="Máy công cộng")
        clerk.sees("Trên máy này không còn dữ liệu nào của người dân.")
        clerk.sees(f"{code}: ")
        picture = os.environ.get("MOTCUA_PICTURES")
        if picture:
            self.screen.shoot(os.path.join(picture, "public.png"))
        clerk.stop()

        # Nobody who opens the profile finds it either, nor what the office did.
        self.assertEqual(laptop.ask("list"), [])
        ops = str(laptop.ask("ops"))
        for word in (NAME, "Lê Văn Tám", "dossier.receive"):
            self.assertNotIn(word, ops)
        self.assertEqual(glob.glob(os.path.join(laptop.folder, "blobs", "*", "*")), [])
        self.assertEqual([line["code"] for line in laptop.ask("removed")], [code, first])
        report = os.path.join(self.stick, "report.pdf")
        laptop.verb("removed", report)
        text = pdf_text(report)
        self.assertIn("BIÊN BẢN XÓA DỮ LIỆU TRÊN MÁY CÔNG CỘNG", re.sub(r"\s+", " ", text))
        self.assertIn("không còn dữ liệu nào của người dân", re.sub(r"\s+", " ", text))
        self.assertIn(code, text)
        laptop.check()
        self.assertEqual(office.ask("show", code)["groups"]["applicant"]["name"], NAME)
        self.assertEqual(office.ask("show", others["code"])["groups"]["applicant"]["name"], "Lê Văn Tám")
        self.assert_clear("after all of it")

    def test_who_gets_in(self):
        """Two people on one PC; one forgets; then the PC is stolen, and not even a code opens it."""
        server = self.world.server
        desk = self.world.desk("counter")
        desk.activate("binh")
        desk.login("an")
        code = desk.receive(reception(NAME, contact={"phone": "0933777111"}))[0]["code"]
        desk.sync()
        for name in ("an", "binh"):
            desk.login(name)
            self.assertIn(code, [d["code"] for d in desk.ask("list")])
        # A new secret in the place of the forgotten one, by the province's word.
        desk.verb("activate", "an", server.code_of("an"), secret=NEWCOMER + "\n")
        desk.env.update(MC_LOGIN="an")
        desk.verb("list", expect=REFUSED)
        desk.env.update(MC_SECRET=NEWCOMER)
        desk.verb("list")
        # A code begins with the four digits of its desk.
        devices = [line.split("\t") for line in server.verb("device", "list").out.splitlines()]
        stolen = next(line[0] for line in devices if line[1] == code.split("-")[-1][:4])
        server.verb("device", "suspend", "--device", stolen)
        one_use = server.code_of("an")
        answer = desk.verb("activate", "an", one_use, secret="lua chin vang dong 55\n", expect=None)
        self.assertNotEqual(answer.code, 0)
        self.assert_clear("after that")


if __name__ == "__main__":
    tap.main()
