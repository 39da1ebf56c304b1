# SPDX-License-Identifier: GPL-3.0-or-later
"""A reader that plays keyboard, and a person who types, with the real ibus-unikey (Telex) between.

Runs on a screen and a session bus of its own. The keys come from xdotool, whose pause between two
keys is half of its --delay.
"""

import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
import tap  # noqa: E402

CARD = "001205123456||NGUYEN VAN THUOWNG|05032005|Nam|Thon Vi Du, Xa Thu Nghiem|12082021"
CODE = "H05.032.07-261121-0421042"
NEEDED = ("xvfb-run", "dbus-run-session", "xdotool", "ibus-daemon", "ibus")
INSIDE = "MC_READER_INSIDE"
PATIENCE = 20


def on_a_screen_of_its_own():
    """Starts this file again inside; never returns."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing or not os.path.exists("/usr/libexec/ibus-engine-unikey"):
        print(f"1..0 # SKIP missing: {', '.join(missing) or 'ibus-unikey'}")
        sys.exit(0)
    home = tempfile.mkdtemp(prefix="motcua-reader-")
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "IBUS_ADDRESS")}
    env.update(
        {
            INSIDE: home,
            "HOME": home,
            "XDG_CONFIG_HOME": home + "/config",
            "XDG_CACHE_HOME": home + "/cache",
            "XDG_RUNTIME_DIR": home,
            "GSK_RENDERER": "cairo",
            "GTK_A11Y": "none",
            "NO_AT_BRIDGE": "1",
            "GTK_IM_MODULE": "ibus",
            "GSETTINGS_BACKEND": "memory",
        }
    )
    env.pop("G_DEBUG", None)  # ibus says things of its own
    done = subprocess.run(
        ["dbus-run-session", "--", "xvfb-run", "-a", "-s", "-screen 0 800x600x24 -noreset", sys.executable, *sys.argv],
        env=env,
    )
    shutil.rmtree(home, ignore_errors=True)
    sys.exit(done.returncode)


def wait_until(true, why):
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise AssertionError(why)
        threading.Event().wait(0.05)


def keys(*names):
    subprocess.run(["xdotool", "key", "--delay", "240", *names], check=True)


def by_hand(text, delay=240):
    subprocess.run(["xdotool", "type", "--delay", str(delay), text], check=True)


def by_reader(text, end="\n", delay=10):
    subprocess.run(["xdotool", "type", "--delay", str(delay), text + end], check=True)


def breath():
    """No finger follows a reader at once: an Enter that does is taken for the reader's own."""
    threading.Event().wait(0.3)


class Window:
    """The program under test and what it says."""

    def __init__(self):
        program = os.path.join(os.environ["MC_BUILD_ROOT"], "tests", "app", "reader-window")
        self.process = subprocess.Popen([program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def next(self, timeout=PATIENCE):
        return self.lines.get(timeout=timeout)

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class ReaderUnderIbus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.Popen(
            ["ibus-daemon", "--xim", "--panel=disable", "--emoji-extension=disable"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

        def unikey():
            subprocess.run(["ibus", "engine", "Unikey"], capture_output=True)
            return subprocess.run(["ibus", "engine"], capture_output=True, text=True).stdout.strip() == "Unikey"

        wait_until(unikey, "ibus-unikey does not start")
        cls.window = Window()
        assert cls.window.next() == "ready"
        cls.input_method_is_there()

    @classmethod
    def input_method_is_there(cls):
        """The field has its input method once "aa" becomes "â"."""
        subprocess.run(["xdotool", "mousemove", "100", "16", "click", "1"], check=True)

        def composed():
            by_hand("aa")
            keys("Return")
            try:
                return cls.window.next(timeout=2) == "enter [] field [â]"
            except queue.Empty:
                return False

        wait_until(composed, "no input method in the field")

    @classmethod
    def tearDownClass(cls):
        cls.window.stop()
        subprocess.run(["ibus", "exit"], capture_output=True)

    def said(self, expected):
        self.assertEqual(self.window.next(), expected)

    def field_is(self, text):
        breath()
        keys("Return")
        self.said(f"enter [] field [{text}]")

    def test_a_card_leaves_nothing(self):
        for delay in (2, 10, 40):
            by_reader(CARD, delay=delay)
            self.said("card [NGUYEN VAN THUOWNG] field []")
            self.field_is("")

    def test_a_card_that_ends_in_tab(self):
        by_reader(CARD, end="\t")
        self.said("card [NGUYEN VAN THUOWNG] field []")
        self.field_is("")  # the focus has not moved either

    def test_a_code_in_the_middle_of_a_word(self):
        by_hand("Ddif")
        breath()
        by_reader(CODE)
        self.said(f"code [{CODE}] field [Đì]")
        by_hand("x")
        self.field_is("Đìx")

    def test_a_selection_is_not_typed_over(self):
        by_hand("Ddifnh ")
        keys("ctrl+a")
        breath()
        by_reader(CODE)
        self.said(f"code [{CODE}] field [Đình ]")
        self.field_is("Đình ")

    def test_something_unknown_is_said(self):
        by_reader("Xyz hello world")
        self.said("unknown [Xyz hello world] field []")
        self.field_is("")

    def test_typing_is_typing(self):
        for text, delay, expected in (
            ("Ddifnh", 240, "Đình"),
            ("Nguyeexn Vawn Maaux", 200, "Nguyễn Văn Mẫu"),
            ("Ddifnh Vawn", 40, "Đình Văn"),
            ("Traanf Thij", 10, "Trần Thị"),
        ):
            by_hand(text, delay)
            self.field_is(expected)

    def test_digits_keep_their_order(self):
        for delay in (2, 10, 40, 200):
            by_hand("0123456789 9876543210", delay)
            self.field_is("0123456789 9876543210")

    def test_a_field_for_numbers(self):
        breath()
        keys("Tab")
        by_reader(CARD)
        self.said("card [NGUYEN VAN THUOWNG] field []")
        by_hand("0912345678")
        breath()
        by_reader(CODE)
        self.said(f"code [{CODE}] field [0912345678]")
        self.field_is("0912345678")
        keys("shift+Tab")


if __name__ == "__main__":
    if INSIDE not in os.environ:
        on_a_screen_of_its_own()
    tap.main()
