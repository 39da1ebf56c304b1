# SPDX-License-Identifier: GPL-3.0-or-later
"""The real ibus-unikey on a screen of one's own, as in every office."""

import subprocess

from world import wait_until


def start(screen):
    """Turns it on for every program that the screen starts from now on."""
    screen.env.update(GTK_IM_MODULE="ibus", XMODIFIERS="@im=ibus")
    screen.start("ibus-daemon", "--panel", "disable", "--config", "disable", "--xim")
    wait_until(lambda: is_on(screen), 30, "ibus-unikey")


def is_on(screen):
    """Asks for the engine, then whether it is on: the asking also wants a keyboard map, which Xvfb refuses."""
    ask = lambda *more: subprocess.run(
        ["ibus", "engine", *more], env=screen.env, capture_output=True, text=True, timeout=20
    )
    ask("Unikey")
    return ask().stdout.strip() == "Unikey"
