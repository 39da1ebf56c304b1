# SPDX-License-Identifier: GPL-3.0-or-later
"""With the real ibus-unikey on, as in every office: the word being typed is never lost to a key."""


import tap
from clerk import Clerk, drafts
from office import AtAScreen
from world import wait_until

# Telex for Đình. Until the word is ended it is the input method's, not yet the field's.
TELEX, WORD = "Ddifnh", "Đình"


class Composing(AtAScreen):
    UNIKEY = True

    def setUp(self):
        self.desk = self.world.desk(self.id().rsplit(".", 1)[-1])
        self.clerk = Clerk(self.screen, self.desk)
        self.addCleanup(self.clerk.stop)
        self.clerk.signed_in("an")

    def compose(self, field="Họ và tên"):
        """Types the word and proves that it is still being composed."""
        self.clerk.press(self.clerk.find("text", field))
        self.screen.type(TELEX, delay=60)
        self.assertNotEqual(self.clerk.text(self.clerk.find("text", field)), WORD)

    def drafted(self):
        kept = drafts(self.desk)
        return bool(kept) and kept[0].get("applicant", {}).get("name") == WORD

    def test_each_key_ends_the_word_first(self):
        for key in ("F3", "Escape", "alt+2", "F1", "F4", "F5", "F6", "F7", "F8", "F9", "F12", "ctrl+f"):
            with self.subTest(key=key):
                self.clerk.begin()
                self.compose()
                self.screen.key(key)
                wait_until(self.drafted, 20, f"{WORD} in the draft after {key}")
                self.clerk.stop()
                self.desk = self.world.desk("after-" + key.replace("+", "-"))
                self.clerk = Clerk(self.screen, self.desk)
                self.clerk.signed_in("an")

    def test_saving_ends_the_word_first(self):
        self.clerk.begin()
        self.clerk.choose("khai sinh", "Đăng ký khai sinh")
        self.compose()
        self.clerk.save()
        self.clerk.sees(WORD + " · Đăng ký khai sinh")

    def test_a_button_ends_the_word_first(self):
        self.clerk.begin()
        self.clerk.choose("khai sinh", "Đăng ký khai sinh")
        self.compose()
        self.clerk.press(self.clerk.find("push button", "Lưu và in giấy hẹn"))
        self.clerk.sees(WORD + " · Đăng ký khai sinh")

    def test_procedures_are_found_while_the_word_is_composed(self):
        self.clerk.begin()
        self.clerk.press(self.clerk.find("text", "Tìm thủ tục"))
        self.screen.type("hoaf giair", delay=60)
        self.clerk.find("list item", "Hòa giải tranh chấp đất đai")

    def test_a_card_is_read_past_the_input_method(self):
        self.clerk.begin()
        self.clerk.scan_card("048205123456||NGUYEN VAN THUOWNG|05032005|Nam|Da Nang|12082021")
        self.clerk.holds("Họ và tên", "NGUYEN VAN THUOWNG")


if __name__ == "__main__":
    tap.main()
