# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen and a session bus of one's own, and the hands and eyes to use a window on them.

Names are what a screen reader would say. AT-SPI of GTK 4.8 cannot move the focus or click a row, so
hands are xdotool's: keys and clicks, as a clerk's would be.
"""

import atexit
import os
import signal
import subprocess
import time

from world import Failed, build, clean_environment, wait_until

SIZE = (1366, 768)
# Where nothing composes windows, libadwaita draws this many pixels around its own.
BORDER = 5
# No keys of its own: every key belongs to the program.
OPENBOX = '<?xml version="1.0"?>\n<openbox_config xmlns="http://openbox.org/3.4/rc"/>\n'


class Screen:
    """Xvfb, a session bus and a window manager. Made before anything imports Atspi."""

    def __init__(self, home, size=SIZE):
        self.home = home
        self.size = size
        self.children = []
        atexit.register(self.close)
        self.env = clean_environment(home)
        self.env.update(
            GSK_RENDERER="cairo",
            GDK_BACKEND="x11",
            GTK_A11Y="atspi",
            NO_AT_BRIDGE="0",
            GSETTINGS_BACKEND="memory",
            MOTCUA_LOCALEDIR=os.environ.get("MOTCUA_LOCALEDIR", os.path.join(build(), "po")),
            XDG_RUNTIME_DIR=self._runtime(home),
        )
        self._display(size)
        self._bus()
        self._manager()
        os.environ.update(self.env)

    @staticmethod
    def _runtime(home):
        folder = os.path.join(home, "runtime")
        os.makedirs(folder, mode=0o700, exist_ok=True)
        return folder

    def start(self, *command, env=None, log=None, **more):
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log or subprocess.DEVNULL,
            stderr=log or subprocess.DEVNULL,
            env=env or self.env,
            start_new_session=True,
            **more,
        )
        self.children.append(process)
        return process

    def _display(self, size):
        read, write = os.pipe()
        geometry = f"{size[0] + 2 * BORDER}x{size[1] + 2 * BORDER}x24"
        command = ("Xvfb", "-displayfd", str(write), "-screen", "0", geometry, "-noreset", "-nolisten", "tcp")
        self.start(*command, pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Failed("Xvfb did not start")
        self.env["DISPLAY"] = f":{number}"
        self.env.pop("WAYLAND_DISPLAY", None)

    def _bus(self):
        read, write = os.pipe()
        self.start("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--print-address={write}", pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as pipe:
            self.env["DBUS_SESSION_BUS_ADDRESS"] = pipe.readline().strip()

    def _manager(self):
        """Without one, a dialog gets no focus."""
        config = os.path.join(self.home, "openbox.xml")
        with open(config, "w", encoding="utf-8") as file:
            file.write(OPENBOX)
        self.start("openbox", "--config-file", config)
        asks = ["xdotool", "get_num_desktops"]
        wait_until(lambda: subprocess.run(asks, env=self.env, capture_output=True).returncode == 0, 20, "openbox")

    def shoot(self, path):
        """A picture of the screen, without the border."""
        part = f"{self.size[0]}x{self.size[1]}+{BORDER}+{BORDER}"
        command = ["import", "-window", "root", "-crop", part, "+repage", path]
        subprocess.run(command, env=self.env, check=True, timeout=30)

    def key(self, *keys):
        subprocess.run(["xdotool", "key", "--delay", "40", *keys], env=self.env, check=True, timeout=30)

    def type(self, text, delay=100):
        """Vietnamese letters need 100 ms each: xdotool remaps the keyboard for them."""
        subprocess.run(["xdotool", "type", "--delay", str(delay), text], env=self.env, check=True, timeout=120)

    def windows(self, pid):
        """How many windows of a process are on the screen, as X knows it."""
        command = ["xdotool", "search", "--onlyvisible", "--pid", str(pid)]
        return len(subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=30).stdout.split())

    def titled(self, title):
        """Whether a window of that title is on the screen, as X knows it."""
        command = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"]
        return subprocess.run(command, env=self.env, capture_output=True, timeout=30).returncode == 0

    def click(self, x, y):
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], env=self.env, check=True, timeout=30)

    def wheel(self, x, button):
        middle = str(self.size[1] // 2)
        subprocess.run(["xdotool", "mousemove", str(x), middle, "click", button], env=self.env, check=True, timeout=30)
        time.sleep(0.1)

    def close(self):
        for process in reversed(self.children):
            self.end(process)

    @staticmethod
    def end(process):
        """With all that it started; the group is its own. A number whose process was waited for may
        be another's by now."""
        if process.poll() is not None:
            return
        for how in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, how)
                process.wait(10)
                return
            except ProcessLookupError:
                return
            except subprocess.TimeoutExpired:
                continue


class Window:
    """A program's window through AT-SPI."""

    def __init__(self, screen, name, process):
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib

        # GTK 4.8 has no cache to ask for; libatspi says so for every window.
        GLib.log_set_handler("dbind", GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None, None)
        self.Atspi = Atspi
        self.screen = screen
        self.name = name
        self.process = process
        self.root = self.wait(self._application, 60, f"the window of {name}")
        # Then the window's coordinates, which are all that GTK says, tell the screen's.
        self.wait(self._active, 20, "the window to have the focus")
        screen.key("F11")
        self.wait(self._fills_the_screen, 20, "the window to fill the screen")

    def _application(self):
        if self.process.poll() is not None:
            raise Failed(f"{self.name} ended with {self.process.returncode}")
        desktop = self.Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_process_id() == self.process.pid and child.get_child_count():
                return child
        return None

    def _active(self):
        return self.root.get_child_at_index(0).get_state_set().contains(self.Atspi.StateType.ACTIVE)

    def _fills_the_screen(self):
        frame = self.root.get_child_at_index(0)
        box = self.Atspi.Component.get_extents(frame, self.Atspi.CoordType.WINDOW)
        return (box.width, box.height) == self.screen.size

    def alone(self, windows=1):
        """Waits until a dialog has closed. GTK 4.8 dies of being asked about one that is going away,
        so X is asked. windows: how many stay."""
        wait_until(lambda: self.screen.windows(self.process.pid) == windows, 20, "the dialog to close")
        settle()

    def wait(self, true, seconds=20, what="it"):
        """Nodes go stale while GTK rebuilds: asks again."""
        def patient():
            try:
                return true()
            except Failed:
                raise
            except Exception:  # a GError of a node that is gone
                return None

        try:
            return wait_until(patient, seconds, what)
        except Failed as error:
            raise Failed(f"{error}; {self.state()}\n{self.said()}") from None

    def state(self):
        ended = self.process.poll()
        return "the window says:" if ended is None else f"{self.name} ended with {ended}"

    def walk(self, node=None):
        node = node or self.root
        yield node
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child is not None:
                yield from self.walk(child)

    def visible(self, node):
        """GTK 4.8 says SHOWING of the frame only; what was never on the screen has no size."""
        if not node.get_state_set().contains(self.Atspi.StateType.VISIBLE):
            return False
        box = self.Atspi.Component.get_extents(node, self.Atspi.CoordType.WINDOW)
        # A folded sidebar is beside the screen.
        return box.width > 0 and box.height > 0 and 0 <= box.x + box.width // 2 <= self.screen.size[0]

    def seen(self, node):
        try:
            return self.visible(node)
        except Exception:  # no Component: the application itself, a page of a stack
            return False

    def all(self, role=None, name=None, part=None):
        """Every visible node of a role whose name is `name`, or has `part` in it."""
        for node in self.walk():
            if role is not None and node.get_role_name() != role:
                continue
            own = node.get_name() or ""
            if (name is None or own == name) and (part is None or part in own) and self.seen(node):
                yield node

    def find(self, role=None, name=None, part=None, seconds=20):
        what = f"{role or 'something'} “{name or part}”"
        return self.wait(lambda: next(self.all(role, name, part), None), seconds, what)

    def gone(self, role=None, name=None, part=None, seconds=20):
        what = f"the end of {role or 'something'} “{name or part}”"
        self.wait(lambda: next(self.all(role, name, part), None) is None, seconds, what)

    def sees(self, text, seconds=20):
        """Waits until a label, heading or row says it."""
        return self.find(part=text, seconds=seconds)

    def text(self, node):
        return self.Atspi.Text.get_text(node, 0, self.Atspi.Text.get_character_count(node))

    def focused(self):
        for node in self.walk():
            if node.get_state_set().contains(self.Atspi.StateType.FOCUSED):
                return node
        return None

    def place(self, node):
        """The middle of a node on the screen: AT-SPI knows it within the window only."""
        box = self.Atspi.Component.get_extents(node, self.Atspi.CoordType.WINDOW)
        return BORDER + box.x + box.width // 2, BORDER + box.y + box.height // 2

    def click(self, role=None, name=None, part=None):
        """By the node's own action where it has one, else with the mouse."""
        node = self.find(role, name, part)
        actions = [node.get_action_name(i) for i in range(node.get_n_actions())]
        if "click" in actions:
            node.do_action(actions.index("click"))
        else:
            self.screen.click(*self.place(node))
        return node

    def press(self, node):
        """With the mouse, turning its wheel until the node is in sight."""
        top, bottom = 60, self.screen.size[1] - 80
        x, y = self.place(node)
        before = None
        # What does not move with the wheel is where it is, at the foot or in a header.
        while y != before and not top <= y <= bottom:
            before = y
            self.screen.wheel(x, "4" if y < top else "5")
            x, y = self.place(node)
        self.screen.click(x, y)

    def said(self, most=150):
        """What the window says now, for whoever reads a failed test."""
        words = []
        try:
            for node in self.walk():
                name = node.get_name()
                if name and self.seen(node):
                    words.append(f"  {node.get_role_name()}: {name}")
        except Exception as error:  # a stale node ends the walk
            words.append(f"  ({error})")
        return "\n".join(words[:most])


def settle(seconds=0.4):
    """Lets an animation end, or what GTK does once no window is left to ask."""
    time.sleep(seconds)
