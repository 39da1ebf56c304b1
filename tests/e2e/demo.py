# SPDX-License-Identifier: GPL-3.0-or-later
"""A demonstration commune: a province on loopback, a desk with dossiers in every state, the window.

    demo.py --build DIR --folder DIR

With no display it plays a clerk's day through the real program under Xvfb and leaves numbered
pictures and the printed PDFs in the folder.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True

# Procedure, applicant, phone, and how far the dossier has come.
DOSSIERS = [
    ("1.001193", "Nguyễn Văn Đình", "0905111222", []),
    ("2.000815", "Trần Thị Số", "0905111223", ["appraise"]),
    ("1.004873", "Lê Hoàng Phúc", "0905111224", ["appraise", "approve"]),
    ("1.014027", "Phạm Thị Ngọc Ánh", "0905111225", ["appraise"]),
    ("1.000656", "Hoàng Đức Đạt", "0905111226", ["appraise", "approve", "return"]),
    ("1.001193", "Võ Thị Mỹ Duyên", "0905111227", []),
    ("1.012812", "Đặng Quốc Ưng", "0905111228", ["supplement"]),
    ("1.000894", "Bùi Thị Hồng Nhung", "0905111229", ["appraise", "approve"]),
    ("2.000908", "Hồ Sỹ Ký", "0905111230", []),
    ("1.003622", "Lý Thị Ỷ", "0905111231", []),
    ("1.001699", "Nguyễn Thị Phượng", "0905111232", ["appraise"]),
    ("2.000884", "Trương Văn Đỗ", "0905111233", []),
]
WHO = {"appraise": "binh", "approve": "chi", "return": "an", "supplement": "an"}


def receptions():
    for i, (procedure, name, phone, _) in enumerate(DOSSIERS):
        yield {
            "procedure": procedure,
            "applicant": {
                "name": name,
                "id": f"0481901{i:05d}",
                "dob": f"19{60 + 3 * i}-03-05",
                "address": f"Thôn {i + 1}, xã Thử Nghiệm",
            },
            "contact": {"phone": phone},
        }


def carry_on(desk, received):
    """Each dossier as far as it has come, by the people whose step it is."""
    for who in ("an", "binh", "chi", "an"):
        desk.login(who)
        for dossier, (_, _, _, steps) in zip(received, DOSSIERS):
            while steps and WHO[steps[0]] == who:
                desk.verb("step", dossier["code"], steps.pop(0))


def quarrel(front, back, code):
    """Two desks change one phone number without seeing each other."""
    front.login("an")
    front.verb("set", code, "contact", json.dumps({"phone": "0905333444"}))
    back.verb("set", code, "contact", json.dumps({"phone": "0905555666"}))
    for desk in (back, front, back):
        desk.sync()


def furnish(world):
    front = world.desk("desk", login="an")
    received = front.receive(*receptions())
    carry_on(front, received)
    front.login("an")
    front.sync()
    back = world.desk("back-office", login="binh")
    back.sync()
    return front, back, received


def show(world, front):
    from world import PEOPLE, program

    print(f"province   {world.server.url}\nprofile    {front.folder}")
    for login, (role, name, secret) in PEOPLE.items():
        print(f"sign in    {login:<5} {name:<16} {role:<8} {secret}")
    sys.stdout.flush()
    return subprocess.run([program("motcua"), "--profile", front.folder], check=False).returncode


class Album:
    """Numbered pictures of the screen."""

    def __init__(self, screen, folder):
        self.screen, self.folder, self.made = screen, folder, []

    def take(self, name):
        from screen import settle

        settle(0.6)
        path = os.path.join(self.folder, f"{len(self.made) + 1:02d}-{name}.png")
        self.screen.shoot(path)
        self.made.append(path)

    def add(self, path):
        self.made.append(path)


def receive_offline(world, clerk, album):
    """The line is down, and a person stands at the counter."""
    from clerk import pdf_text
    from world import make_pdf

    world.server.stop()
    clerk.begin()
    clerk.scan_card()
    clerk.holds("Số định danh", "048205123456")
    clerk.fill("Họ và tên", "Nguyễn Văn Đình")
    clerk.fill("Điện thoại", "0905123456")
    clerk.press(clerk.find("text", "Tìm thủ tục"))
    clerk.screen.type("dang ky khai sinh", delay=20)
    clerk.find("list item", "Đăng ký khai sinh")
    album.take("find-the-procedure")
    clerk.screen.key("Return")
    clerk.find("push button", "Thủ tục khác")
    scan = world.path("giấy chứng sinh.pdf")
    make_pdf(scan, pages=2)
    clerk.attach("Giấy chứng sinh", scan)
    clerk.sees("trang 1/2")
    album.take("reception")
    code = clerk.save()
    clerk.find("image", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    album.take("received-offline")
    receipt = os.path.join(album.folder, "receipt.pdf")
    clerk.back()
    return code, receipt, pdf_text


def print_receipt(desk, code, receipt, pdf_text, clerk, album):
    """The window has the profile: it is closed before the command line looks into it."""
    clerk.stop()
    desk.login("an")
    desk.verb("print", code, "receipt", receipt)
    if "Nguyễn Văn Đình" not in pdf_text(receipt):
        raise SystemExit("the printed receipt does not name the applicant")
    album.add(receipt)


def play(world, front, back, received):
    from clerk import Clerk
    from screen import Screen

    screen = Screen(world.folder)
    album = Album(screen, world.folder)
    clerk = Clerk(screen, front)
    clerk.find("push button", "Đăng nhập")
    album.take("sign-in")
    clerk.signed_in("an")
    clerk.find("push button", part="● Đã đồng bộ lúc")
    clerk.queue(2)
    clerk.find("label", part="Nguyễn Văn Đình")
    album.take("queue")
    code, receipt, pdf_text = receive_offline(world, clerk, album)
    clerk.find("push button", part="chưa gửi")
    album.take("waiting-to-be-sent")
    world.server.start()
    clerk.find("push button", part="● Đã đồng bộ lúc", seconds=120)
    clerk.change_to("an", "binh")
    clerk.open(code)
    album.take("dossier")
    clerk.step()
    clerk.sees("Nguyễn Thị Bình thẩm định")
    clerk.back()
    clerk.change_to("binh", "chi")
    clerk.queue(4)
    album.take("for-approval")
    clerk.stop()
    quarrel(front, back, received[0]["code"])
    clerk = Clerk(screen, front)
    clerk.signed_in("an")
    clerk.press(clerk.find("list item", "Hai người cùng sửa 1"))
    clerk.sees("Trước đó: ")
    album.take("conflict")
    screen.key("Right")
    screen.key("ctrl+Return")
    clerk.find("list item", "Hai người cùng sửa")
    album.take("settled")
    print_receipt(front, code, receipt, pdf_text, clerk, album)
    front.check()
    world.server.verb("check")
    screen.close()
    return album.made


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--folder", required=True)
    asked = parser.parse_args()
    build = os.path.abspath(asked.build)
    os.environ["MOTCUA_BUILD"] = build
    # What an installed program would find by itself.
    os.environ["MOTCUA_LOCALEDIR"] = os.path.join(build, "po")
    os.environ["GSETTINGS_SCHEMA_DIR"] = os.path.join(build, "data")
    folder = os.path.abspath(asked.folder)
    shutil.rmtree(folder, ignore_errors=True)

    from world import World

    with World(folder) as world:
        front, back, received = furnish(world)
        if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            return show(world, front)
        for path in play(world, front, back, received):
            print(os.path.relpath(path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
