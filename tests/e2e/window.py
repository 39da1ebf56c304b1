# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window, used as a clerk uses it: keys, a card reader, the mouse where there is no key."""

import json
import os
import signal

import tap
from clerk import CARD, OTHER_CARD, Clerk, drafts
from office import AtAScreen
from world import OFFICE, make_pdf, reception, wait_until

PART = "Giấy chứng sinh"


class AtTheWindow(AtAScreen):
    def setUp(self):
        self.server = self.world.server
        if self.server.process is None:
            self.server.start()
        name = self.id().rsplit(".", 1)[-1]
        self.desk = self.world.desk(name)
        self.desk.activate("chi", "binh", "an")
        self.back = self.world.desk(name + "-back", login="an")
        self.clerk = None
        self.addCleanup(self.end_clerk)

    def open_window(self, **env):
        self.clerk = Clerk(self.screen, self.desk, **env)
        return self.clerk

    def end_clerk(self):
        if self.clerk is not None:
            self.clerk.stop()

    def at_the_province(self, code):
        """The second desk asks until it has the dossier."""
        def asked():
            self.back.sync()
            return any(d["code"] == code for d in self.back.ask("list"))

        wait_until(asked, 30, f"{code} at the second desk")

    def test_from_a_card_to_the_returned_result(self):
        clerk = self.open_window()
        clerk.signed_in("an")
        clerk.find("push button", part="● Đã đồng bộ lúc")
        self.server.stop()

        clerk.begin()
        clerk.scan_card()
        for field, value in (("Số định danh", "048205123456"), ("Ngày sinh", "05/03/2005")):
            clerk.holds(field, value)
        clerk.sees("Kiểm tra dấu")
        clerk.fill("Họ và tên", "Nguyễn Văn Đình")
        clerk.fill("Điện thoại", "0905123456")
        clerk.choose("dang ky khai sinh", "Đăng ký khai sinh")
        scan = self.world.path("chứng sinh.pdf")
        make_pdf(scan, pages=3)
        clerk.attach(PART, scan)
        clerk.sees("trang 1/3")
        clerk.click("push button", "Trang sau")
        clerk.sees("trang 2/3")
        code = clerk.save()
        clerk.sees("Đã lưu trên máy này, sẽ gửi khi có mạng.")
        clerk.find("image", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
        clerk.find("push button", part="còn 1 thay đổi chưa gửi")

        # The line comes back: nobody clicks anything.
        self.server.start()
        clerk.find("push button", part="● Đã đồng bộ lúc", seconds=90)
        self.at_the_province(code)
        shown = self.back.ask("show", code)
        self.assertEqual(shown["groups"]["applicant"]["name"], "Nguyễn Văn Đình")
        self.assertEqual(shown["groups"]["contact"]["phone"], "0905123456")
        self.assertEqual([d["here"] for d in shown["documents"]], [True])

        # Each step by whose step it is.
        for before, after, confirm, state in (
            ("an", "binh", None, "appraised"),
            ("binh", "chi", "Ký duyệt", "approved"),
            ("chi", "an", "Trả kết quả", "returned"),
        ):
            clerk.change_to(before, after)
            clerk.open(code)
            clerk.step(confirm)
            self.reach(code, state)
        for who in ("Nguyễn Thị Bình thẩm định", "Lê Thị Chi ký duyệt", "Trần Văn An"):
            clerk.sees(who)
        self.back.check()
        self.server.verb("check")

    def reach(self, code, state):
        def asked():
            self.back.sync()
            return self.back.ask("show", code)["state"] == state

        wait_until(asked, 30, f"{code} to be {state}")

    def test_two_people_and_one_key(self):
        received = self.back.receive(reception("Trần Thị Ngữ", contact={"phone": "0905000000"}))[0]
        self.back.sync()
        clerk = self.open_window()
        clerk.signed_in("an")
        clerk.open(received["code"])
        self.server.stop()
        self.back.verb("set", received["code"], "contact", json.dumps({"phone": "0905222222"}))
        clerk.fill("Số điện thoại", "0905111111")
        self.screen.key("ctrl+Return")
        clerk.find("push button", part="còn 1 thay đổi chưa gửi")
        self.server.start()
        clerk.find("push button", part="● Đã đồng bộ lúc", seconds=90)
        self.back.sync()
        self.assertEqual(len(self.back.ask("conflicts")), 1)

        clerk.back()
        clerk.press(clerk.find("list item", "Hai người cùng sửa 1"))
        for seen in ("được sửa ở", "0905111111", "0905222222", "Trước đó: "):
            clerk.sees(seen)
        self.screen.key("Right")
        self.screen.key("ctrl+Return")
        clerk.find("list item", "Hai người cùng sửa")

        def settled():
            self.back.sync()
            return self.back.ask("conflicts") == []

        wait_until(settled, 30, "the settlement at the second desk")
        self.assertEqual(self.back.value(received["id"], "contact")["phone"], "0905222222")
        history = json.dumps(self.back.ask("show", received["id"])["timeline"])
        self.assertIn("0905111111", history)
        self.back.check()
        self.server.verb("check")

    def test_refused_work_is_corrected_and_sent_again(self):
        """The right was taken away while the desk was off the line; given back, one key sends the work again."""
        clerk = self.open_window()
        clerk.signed_in("an")
        clerk.find("push button", part="● Đã đồng bộ lúc")
        self.server.stop()
        clerk.begin()
        clerk.scan_card()
        clerk.fill("Họ và tên", "Nguyễn Văn Đinh")
        clerk.choose("dang ky khai sinh", "Đăng ký khai sinh")
        code = clerk.save()
        clerk.back()
        self.server.start()
        self.role_of_an("officer")
        clerk.find("push button", part="▲ 1 việc cần xem lại", seconds=90)
        self.role_of_an("clerk")

        clerk.press(clerk.find("push button", part="▲ 1 việc cần xem lại"))
        clerk.sees("Không được nhận: người thực hiện không có quyền làm việc này.")
        clerk.click("push button", part="Xem và sửa…: ")
        clerk.fill("Họ và tên", "Nguyễn Văn Đình")
        clerk.find("push button", part="Sửa và gửi lại")
        self.screen.key("ctrl+Return")
        clerk.find("push button", part="● Đã đồng bộ lúc", seconds=90)
        self.at_the_province(code)
        self.assertEqual(self.back.ask("show", code)["groups"]["applicant"]["name"], "Nguyễn Văn Đình")
        self.back.check()
        self.server.verb("check")

    def role_of_an(self, role):
        self.server.verb("staff", "set", "--office", OFFICE, "--login", "an", "--role", role)

    def test_killed_while_typing(self):
        clerk = self.open_window()
        clerk.signed_in("an")
        clerk.begin()
        clerk.fill("Họ và tên", "Lê Văn Đỗ")
        wait_until(lambda: drafts(self.desk), 20, "the draft on the disk")
        self.screen.type(" Em")
        wait_until(lambda: drafts(self.desk)[0]["applicant"]["name"] == "Lê Văn Đỗ Em", 20, "the last letters on the disk")
        os.kill(clerk.process.pid, signal.SIGKILL)
        clerk.stop()

        clerk = self.open_window()
        clerk.signed_in("an")
        clerk.press(clerk.find("list item", "Hồ sơ nháp 1"))
        clerk.sees("Lê Văn Đỗ Em")
        self.screen.key("Return")
        clerk.holds("Họ và tên", "Lê Văn Đỗ Em")

    def test_what_is_no_pdf_is_said_and_nothing_typed_is_lost(self):
        bad = self.world.path("thư.pdf")
        with open(bad, "w", encoding="utf-8") as file:
            file.write("Kính gửi Ủy ban nhân dân xã")
        clerk = self.open_window()
        clerk.signed_in("an")
        clerk.begin()
        clerk.scan_card(OTHER_CARD)
        clerk.choose("khai sinh", "Đăng ký khai sinh")
        clerk.attach(PART, bad)
        clerk.sees("PDF", seconds=20)
        self.assertEqual(clerk.text(clerk.find("text", "Số định danh")), OTHER_CARD[:12])
        good = self.world.path("tốt.pdf")
        make_pdf(good, pages=1)
        clerk.attach(PART, good)
        clerk.sees("trang 1/1")
        clerk.save()

    def test_the_second_window_says_so(self):
        clerk = self.open_window()
        clerk.signed_in("an")
        second = Clerk(self.screen, self.desk)
        try:
            second.sees("Công việc này đang mở ở cửa sổ khác")
        finally:
            second.stop()

    def test_a_wrong_secret_blocks_nothing(self):
        clerk = self.open_window()
        clerk.sign_in("an", "nui cao 000001")
        clerk.sees("Mã PIN hoặc mật khẩu chưa khớp")
        clerk.signed_in("an")


if __name__ == "__main__":
    tap.main()
