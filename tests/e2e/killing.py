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
import time

sys.dont_write_bytecode = True


class Killing:
    def __init__(self, world, rng):
        self.world, self.rng = world, rng
        self.desks = [world.desk("one", login="an"), world.desk("two", login="an")]
        self.codes = [set(), set()]
        self.counts = dict.fromkeys(("received", "changed", "synced", "killed", "server killed"), 0)
        self.number = 0

    def start(self, desk, *words, text=""):
        process = subprocess.Popen(
            desk.command(*words, as_json=True),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=desk.env,
        )
        process.stdin.write(text)
        process.stdin.close()
        return process

    def perhaps_killed(self, process):
        """Ends by itself, or by SIGKILL at some moment; returns what it had said until then."""
        if self.rng.random() < 0.35:
            time.sleep(self.rng.random() * 0.12)
            process.kill()
            self.counts["killed"] += 1
        out = process.stdout.read()
        process.stdout.close()
        process.wait()
        return out

    def receive(self, which):
        lines = []
        for _ in range(self.rng.randint(1, 60)):
            self.number += 1
            lines.append(json.dumps({"procedure": "1.001193", "applicant": {"name": f"Nguyễn Văn {self.number}"}}))
        out = self.perhaps_killed(self.start(self.desks[which], "receive", "-", text="\n".join(lines)))
        # A whole line is an acknowledgement: the code may be on paper already.
        said = {json.loads(line)["code"] for line in out.split("\n")[:-1] if line}
        self.codes[which] |= said
        self.counts["received"] += len(said)

    def change(self, which):
        known = self.codes[0] | self.codes[1]
        if not known:
            return
        code = self.rng.choice(sorted(known))
        value = json.dumps({"phone": f"09{self.rng.randrange(10**8):08d}"})
        self.perhaps_killed(self.start(self.desks[which], "set", code, "contact", value))
        self.counts["changed"] += 1

    def sync(self, which):
        process = self.start(self.desks[which], "sync")
        if self.rng.random() < 0.25 and self.world.server.process is not None:
            time.sleep(self.rng.random() * 0.1)
            self.world.server.kill()
            self.counts["server killed"] += 1
        self.perhaps_killed(process)
        if self.world.server.process is None:
            self.world.server.start()
        self.counts["synced"] += 1

    def turn(self):
        act = self.rng.choices((self.receive, self.change, self.sync), (3, 4, 3))[0]
        act(self.rng.randrange(2))

    def settle(self):
        for _ in range(3):
            for desk in self.desks:
                desk.sync(timeout=600)
        for desk in self.desks:
            desk.check()
        self.world.server.verb("check")
        lists = [{d["code"]: d["id"] for d in desk.ask("list")} for desk in self.desks]
        if lists[0] != lists[1]:
            raise SystemExit("the two desks differ")
        lost = (self.codes[0] | self.codes[1]) - set(lists[0])
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

    from world import World

    print(f"seed {asked.seed}", flush=True)
    with World() as world:
        killing = Killing(world, random.Random(asked.seed))
        end = time.monotonic() + asked.minutes * 60
        while time.monotonic() < end:
            killing.turn()
        dossiers = killing.settle()
    print(", ".join(f"{count} {what}" for what, count in killing.counts.items()))
    print(f"{dossiers} dossiers: nothing lost, nothing doubled, all three equal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
