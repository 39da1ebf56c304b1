# SPDX-License-Identifier: GPL-3.0-or-later
"""Two desks and a province under load, killed at random: SIGKILL at any moment, to any of them.

    killing.py --build DIR --minutes N [--seed S]

At the end everything is synced and checked: what was acknowledged is everywhere, nothing is doubled,
both desks and the province are equal.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True

from world import World, wait_until  # noqa: E402  after the line above

AT_WORK_S = 0.2
SERVER_LIVES_S = 4.0


def has_store(process):
    """Whether it is past the sign-in, or has ended."""
    fds = f"/proc/{process.pid}/fd"
    try:
        return process.poll() is not None or any(
            os.readlink(os.path.join(fds, fd)).endswith("-wal") for fd in os.listdir(fds)
        )
    except OSError:  # it closes one meanwhile
        return False


class Clerk(threading.Thread):
    """Works at one desk, whose program is killed again and again."""

    def __init__(self, desk, known, seed):
        super().__init__()
        self.desk, self.known, self.rng = desk, known, random.Random(seed)
        self.counts = dict.fromkeys(("received", "changed", "synced", "killed", "told to wait"), 0)
        self.number = 0
        self.failure = None
        self.home = threading.Event()

    def run(self):
        try:
            while not self.home.is_set():
                self.rng.choices((self.receive, self.change, self.sync), (3, 4, 3))[0]()
        except Exception as failure:  # said by whoever waits for the clerk
            self.failure = failure

    def start_verb(self, *words, text=""):
        process = subprocess.Popen(
            self.desk.command(*words, as_json=True),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=self.desk.env,
        )
        process.stdin.write(text)
        process.stdin.close()
        return process

    def perhaps_killed(self, process):
        """Ends by itself, or by SIGKILL at some moment; returns what it had said until then."""
        if self.rng.random() < 0.35:
            self.kill_soon(process)
        out = process.stdout.read()
        process.stdout.close()
        process.wait()
        self.counts["told to wait"] += "has to wait" in out
        return out

    def kill_soon(self, process):
        """Mostly while it works, sometimes at the door: that counts as a try of the secret, as a plug pulled there does."""
        if self.rng.random() < 0.9:
            wait_until(lambda: has_store(process), 60, "the store")
        time.sleep(self.rng.random() * AT_WORK_S)
        if process.poll() is None:
            process.kill()
            self.counts["killed"] += 1

    def receive(self):
        lines = []
        for _ in range(self.rng.randint(1, 60)):
            self.number += 1
            lines.append(json.dumps({"procedure": "1.001193", "applicant": {"name": f"Nguyễn Văn {self.number}"}}))
        out = self.perhaps_killed(self.start_verb("receive", "-", text="\n".join(lines)))
        # A whole line is an acknowledgement: the code may be on paper already.
        answers = [json.loads(line) for line in out.split("\n")[:-1] if line]
        said = {answer["code"] for answer in answers if "code" in answer}
        self.known.update(said)
        self.counts["received"] += len(said)

    def change(self):
        known = sorted(self.known.copy())
        if not known:
            return
        value = json.dumps({"phone": f"09{self.rng.randrange(10**8):08d}"})
        self.perhaps_killed(self.start_verb("set", self.rng.choice(known), "contact", value))
        self.counts["changed"] += 1

    def sync(self):
        self.perhaps_killed(self.start_verb("sync"))
        self.counts["synced"] += 1


def work(world, clerks, minutes, rng):
    """Meanwhile the server is killed, too; returns how often."""
    killed = 0
    end = time.monotonic() + minutes * 60
    for clerk in clerks:
        clerk.start()
    while time.monotonic() < end and not any(clerk.failure for clerk in clerks):
        time.sleep(rng.random() * SERVER_LIVES_S)
        world.server.kill()
        killed += 1
        time.sleep(rng.random())
        world.server.start()
    for clerk in clerks:
        clerk.home.set()
    for clerk in clerks:
        clerk.join()
        if clerk.failure:
            raise clerk.failure
    return killed


def settle(world, desks, known):
    """How many dossiers everybody has at the end."""
    for _ in range(3):
        for desk in desks:
            desk.sync(timeout=600)
    for desk in desks:
        desk.check()
    world.server.verb("check")
    lists = [{d["code"]: d["id"] for d in desk.ask("list")} for desk in desks]
    if lists[0] != lists[1]:
        raise SystemExit("the two desks differ")
    lost = known - set(lists[0])
    if lost:
        raise SystemExit(f"acknowledged and lost: {sorted(lost)[:5]}")
    return len(lists[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked = parser.parse_args()
    os.environ["MOTCUA_BUILD"] = os.path.abspath(asked.build)

    print(f"seed {asked.seed}", flush=True)
    rng = random.Random(asked.seed)
    with World() as world:
        known = set()
        clerks = [Clerk(world.desk(name, login="an"), known, rng.random()) for name in ("one", "two")]
        servers = work(world, clerks, asked.minutes, rng)
        # A try of the secret that was cut off may have made the next one wait.
        wait_until(lambda: all(clerk.desk.verb("notices", expect=None).code == 0 for clerk in clerks), 120, "the door")
        dossiers = settle(world, [clerk.desk for clerk in clerks], known)
    for what in clerks[0].counts:
        print(f"{sum(clerk.counts[what] for clerk in clerks)} {what}", end=", ")
    print(f"{servers} times the server killed")
    print(f"{dossiers} dossiers: nothing lost, nothing doubled, all three equal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
