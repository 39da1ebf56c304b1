# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration filled in at the counter as a clerk does it, under the real ibus-unikey: what the card says is
there, what is wrong is said, what was typed outlives the program, and its paper is that of the dossier."""

import json
import os
import signal

import tap
from clerk import Clerk, drafts
from office import AtAScreen
from world import wait_until

CARD = "048205123456||Nguyen Van Dinh|05032005|Nam|Thon Dai An, xa Thu Nghiem, Da Nang|12082021"
TITLE = "Tờ khai đăng ký khai sinh"
# Telex, as it is typed, and what it says.
CHILD, CHILD_TELEX = "Nguyễn Thị Bé", "Nguyeenx Thij Bes"
MOTHER, MOTHER_TELEX = "Lê Thị Đỗ", "Lee Thij DDoox"
# As README and data/README.md say how.
OWN = {
    "id": "hoa-giai-dat", "version": "1", "title": "Đơn đề nghị hòa giải", "heading": "ĐƠN ĐỀ NGHỊ HÒA GIẢI",
    "source": "QĐ của tỉnh", "for": [{"procedure": "1.012812", "part": "don"}], "to": "Kính gửi: {kinh_gui}",
    "fields": [
        {"key": "kinh_gui", "label": "Kính gửi", "kind": "text", "from": "office.committee"},
        {"key": "ten", "label": "Người đề nghị", "kind": "name", "required": True, "from": "owner.name"},
        {"key": "thua", "label": "Thửa đất số", "kind": "text"},
    ],
    "body": [{"line": "Người đề nghị: {ten}"}, {"line": "Thửa đất số: {thua}"}],
    "sign": [None, {"title": "NGƯỜI ĐỀ NGHỊ"}],
}


class Declaring(AtAScreen):
    UNIKEY = True

    def setUp(self):
        self.desk = self.world.desk(self.id().rsplit(".", 1)[-1])
        self.clerk = None
        self.addCleanup(self.end_clerk)

    def end_clerk(self):
        if self.clerk is not None:
            self.clerk.stop()

    def open_window(self):
        self.clerk = Clerk(self.screen, self.desk)
        self.clerk.signed_in("an")
        return self.clerk

    def declared(self):
        """What is kept of the declaration begun, as it lies on the disk."""
        kept = drafts(self.desk)
        return kept[0].get("declarations", {}).get("khai-sinh", {}) if kept else {}

    def go(self, field):
        """With Tab, as from one field of the paper to the next."""
        for _ in range(40):
            focused = self.clerk.focused()
            if focused is not None and focused.get_name() == field:
                return
            self.screen.key("Tab")
        self.fail(f"Tab does not come to {field}")

    def fill(self, field, telex, text):
        """What a field is to hold once its word is ended, which Tab does."""
        self.go(field)
        self.screen.type(telex, delay=80)
        self.screen.key("Tab")
        self.clerk.holds(field, text)

    def test_a_birth_from_the_card_to_the_paper(self):
        clerk = self.open_window()
        clerk.begin()
        clerk.scan_card(CARD)
        clerk.choose("khai sinh", "Đăng ký khai sinh")
        self.screen.key("ctrl+k")
        clerk.find("push button", part="Lưu tờ khai")
        # What the card says is there; typing begins where it says nothing.
        clerk.holds("Họ, chữ đệm, tên người yêu cầu *", "Nguyen Van Dinh")
        clerk.holds("Số định danh cá nhân/Giấy tờ tùy thân *", "048205123456")
        self.screen.type("Cha ")
        clerk.holds("Quan hệ với người được khai sinh *", "Cha ")
        self.fill("Họ, chữ đệm, tên *", CHILD_TELEX, CHILD)
        clerk.sees("ô bắt buộc để trống")
        self.fill("Họ, chữ đệm, tên người mẹ", MOTHER_TELEX, MOTHER)
        number = "Số định danh cá nhân/Giấy tờ tùy thân người mẹ"
        self.fill(number, "12345", "12345")
        clerk.sees("12 chữ số")
        wait_until(lambda: self.declared().get("me_dinh_danh") == "12345", 20, "what was typed on the disk")

        os.kill(clerk.process.pid, signal.SIGKILL)
        clerk.stop()
        clerk = self.open_window()
        clerk.press(clerk.find("list item", "Hồ sơ nháp 1"))
        clerk.sees("Nguyen Van Dinh")
        self.screen.key("Return")
        clerk.find("push button", "Thủ tục khác")
        self.screen.key("ctrl+k")
        clerk.find("push button", part="Lưu tờ khai")
        clerk.holds("Họ, chữ đệm, tên *", CHILD)
        clerk.holds(number, "12345")
        self.go(number)
        self.screen.key("ctrl+a")
        self.screen.type("048191000123")
        clerk.gone(part="12 chữ số")

        # Kept with fields open for the pen: the paper is the part's.
        self.screen.key("ctrl+Return")
        clerk.alone()
        clerk.sees("trang 1/2")
        code = clerk.save()
        self.assertEqual(clerk.errors(), [])
        clerk.stop()
        shown = self.desk.ask("show", code)
        self.assertEqual(shown["groups"]["form:khai-sinh.con_ten"], CHILD)
        self.assertEqual(shown["groups"]["form:khai-sinh.me_dinh_danh"], "048191000123")
        self.assertEqual(shown["groups"]["part:to-khai"]["originals"], 1)
        self.assertEqual([d["here"] for d in shown["documents"]], [True])

    def test_one_that_the_province_adds(self):
        """A file, imported: no program is another."""
        path = self.world.path("own.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(OWN, file)
        self.world.server.verb("catalogue", "import", path)
        self.desk.sync()
        clerk = self.open_window()
        clerk.begin()
        clerk.scan_card(CARD)
        clerk.choose("hoa giai tranh chap dat dai", "Hòa giải tranh chấp đất đai")
        self.screen.key("ctrl+k")
        clerk.find("push button", part="Lưu tờ khai")
        clerk.sees(OWN["title"])
        clerk.holds("Người đề nghị *", "Nguyen Van Dinh")

    def test_a_label_read_over_a_declaration(self):
        """What was typed is kept: its dossier is offered over the reception, as from the reception itself."""
        code = self.desk.receive({"procedure": "1.001193", "applicant": {"name": "Trần Thị Mận"}})[0]["code"]
        clerk = self.open_window()
        clerk.begin()
        clerk.scan_card(CARD)
        clerk.choose("khai sinh", "Đăng ký khai sinh")
        self.screen.key("ctrl+k")
        clerk.find("push button", part="Lưu tờ khai")
        self.screen.type("Cha ")
        clerk.holds("Quan hệ với người được khai sinh *", "Cha ")
        self.screen.type(code + "\n", delay=2)
        clerk.alone()
        clerk.sees("Mở hồ sơ")
        wait_until(lambda: self.declared().get("quan_he"), 20, "what was typed on the disk")
        # Over the papers of a dossier it is opened at once.
        self.screen.key("Escape")
        clerk.open(code)
        self.screen.key("ctrl+p")
        clerk.find("push button", part="PDF")
        clerk.open(code)
        clerk.alone()
        self.assertEqual(clerk.errors(), [])


if __name__ == "__main__":
    tap.main()
