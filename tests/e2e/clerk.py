# SPDX-License-Identifier: GPL-3.0-or-later
"""What a clerk does at the window, in the words that are on it."""

import os
import subprocess

from screen import Window
from world import PEOPLE, Failed, program

CARD = "048205123456||NGUYEN VAN DINH|05032005|Nam|Thon Dai An, xa Thu Nghiem, Da Nang|12082021"
# Somebody else: who has the same matter under way is asked about before it is saved.
OTHER_CARD = "048099123457||LE VAN TAM|07081999|Nam|Thon Dai An, xa Thu Nghiem, Da Nang|12082021"
RECEIVED, SUPPLEMENT, APPROVAL, RETURN = 2, 3, 4, 5


class Clerk(Window):
    def __init__(self, screen, desk, **env):
        self.desk = desk
        self.log = open(desk.folder + ".log", "ab")
        process = screen.start(
            program("motcua"), "--profile", desk.folder, log=self.log, env={**screen.env, **env}
        )
        super().__init__(screen, "motcua", process)

    def errors(self):
        """What GTK or the program complained of."""
        with open(self.desk.folder + ".log", encoding="utf-8", errors="replace") as file:
            return [line for line in file if "WARNING" in line or "CRITICAL" in line or "ERROR" in line]

    def state(self):
        return f"{super().state()}\n{''.join(self.errors())}"

    def stop(self):
        self.screen.end(self.process)
        self.log.close()

    # Doors

    def sign_in(self, login, secret=None):
        self.press(self.find("list item", part=PEOPLE[login][1]))
        self.screen.type(secret or PEOPLE[login][2], delay=60)
        self.screen.key("Return")

    def signed_in(self, login):
        self.sign_in(login)
        self.find("push button", part=PEOPLE[login][1])

    def sign_out(self, login):
        self.click("push button", PEOPLE[login][1])
        self.click("menu item", "Khóa máy")
        self.find("push button", "Đăng nhập")

    def change_to(self, before, after):
        self.sign_out(before)
        self.signed_in(after)

    # Reception

    def begin(self):
        self.screen.key("F2")
        return self.find("text", "Họ và tên")

    def scan_card(self, text=CARD):
        """As a reader does that is a keyboard: faster than any hand, and Enter at the end."""
        self.screen.type(text + "\n", delay=2)

    def fill(self, name, text):
        """Types into a field, in place of what it holds."""
        field = self.find("text", name)
        self.press(field)
        self.screen.key("ctrl+a")
        self.screen.type(text)
        self.holds(name, text)

    def holds(self, name, text):
        """Waits until a field has that text."""
        held = []

        def asked():
            held[:] = [self.text(self.find("text", name))]
            return held[0] == text

        try:
            self.wait(asked, 20, f"{name} to be {text!r}")
        except Failed as error:
            raise Failed(f"{name} holds {held}: {error}") from None

    def choose(self, words, procedure):
        self.press(self.find("text", "Tìm thủ tục"))
        self.screen.type(words, delay=20)
        self.find("list item", procedure)
        self.screen.key("Return")
        self.find("push button", "Thủ tục khác")

    def part(self, name):
        """The row of a required paper."""
        node = self.find("check box", part=name)
        while node.get_name() != "McReceptionPartRow":
            node = node.get_parent()
        return node

    def tick(self, name):
        self.press(self.find("check box", part=name))

    def attach(self, part, path):
        """Through the file chooser of GTK: a slash begins a path in it."""
        row = self.part(part)
        button = next(n for n in self.walk(row) if n.get_role_name() == "push button" and "tệp" in n.get_name().lower())
        button.do_action(0)
        self.find(part="Chọn tệp quét")
        folder, name = os.path.split(path)
        self.screen.key("slash")
        self.screen.type(folder[1:] + "/", delay=20)
        # The keyboard is remapped for each Vietnamese letter, and the window must have heard of it.
        self.screen.type(name, delay=20 if name.isascii() else 100)
        self.screen.key("Return")
        self.alone()

    def save(self):
        """Saves with one key; returns the code, as large as it is shown."""
        self.screen.key("ctrl+Return")
        self.find("push button", part="In giấy hẹn")
        # The page before it, with a code of its own, lies behind: the one on top comes last.
        return list(self.all("label", part="H05.032.07-"))[-1].get_name()

    # Dossiers

    def search(self, words):
        self.screen.key("F3")
        self.screen.key("ctrl+a")
        self.screen.type(words, delay=20)
        self.find("label", part=f"Tìm “{words}”")

    def open(self, code):
        """With a barcode gun, from the receipt: a burst that is a code opens its dossier."""
        self.screen.type(code + "\n", delay=2)
        self.find("text", "Nội dung yêu cầu")
        self.find("label", code)

    def back(self):
        self.screen.key("Escape")

    def step(self, confirm=None):
        self.screen.key("F6")
        if confirm:
            # A button of a dialog is named twice: by its mnemonic and by its label.
            self.click("push button", f"{confirm} {confirm}")
            self.alone()

    def queue(self, digit):
        self.screen.key(f"alt+{digit}")


def drafts(desk):
    """What is kept of receptions begun at a desk, as it lies on the disk; read beside the open window."""
    return [draft["reception"] for draft in desk.ask("drafts")]


def pdf_text(path):
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
