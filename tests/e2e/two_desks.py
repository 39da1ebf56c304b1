# SPDX-License-Identifier: GPL-3.0-or-later
"""Two desks and a province, through the real programs, on good roads and bad ones; see also pains.py."""

import hashlib
import json
import os
import random
import re
import signal
import subprocess
import time

import tap
from pair import Pair, phone
from roads import LossyRoad
from world import BIRTH, OFFLINE, REFUSED, USAGE, make_pdf, reception

CODE = re.compile(r"^H05\.032\.07-\d{6}-\d{7,}$")
PART = "giay-chung-sinh"


class TwoDesks(Pair):
    # The main road

    def test_received_offline_reaches_the_other_desk(self):
        self.server.stop()
        applicant = {"id": "045190001234", "dob": "1990-05-17", "sex": "male", "address": "Thôn Đại An"}
        received = self.front.receive(
            reception("Nguyễn Văn Đình", applicant=applicant, contact={"phone": "0905123456"}, channel="direct")
        )[0]
        self.assertRegex(received["code"], CODE)
        self.front.sync(expect=OFFLINE)
        self.assertEqual([d["code"] for d in self.front.ask("list")], [received["code"]])

        self.server.start()
        self.front.sync()
        self.back.sync()
        self.assertEqual([d["code"] for d in self.back.ask("list")], [received["code"]])
        self.assertEqual(self.back.value(received["code"], "applicant")["name"], "Nguyễn Văn Đình")
        self.assertEqual(self.back.value(received["code"], "contact")["phone"], "0905123456")
        self.assert_sound()

    def test_a_scan_follows(self):
        received = self.receive_known()
        scan = self.world.path("giấy chứng sinh.pdf")
        make_pdf(scan, pages=30)
        self.server.stop()
        self.front.verb("attach", received["code"], PART, scan)
        self.front.sync(expect=OFFLINE)
        self.server.start()
        self.sync_all()
        document = self.back.value(received["id"], f"part:{PART}")["document"]
        with open(scan, "rb") as file:
            self.assertEqual(document["sha256"], hashlib.sha256(file.read()).hexdigest())
        self.assertEqual(document["pages"], 30)
        shown = self.back.ask("show", received["id"])["documents"]
        self.assertEqual([(d["sha256"], d["here"]) for d in shown], [(document["sha256"], True)])
        # On the disk neither its name nor its first bytes say what it is.
        for place, _, names in os.walk(self.back.folder):
            for name in names:
                self.assertNotIn(document["sha256"], name)
                with open(os.path.join(place, name), "rb") as file:
                    self.assertNotIn(b"%PDF", file.read())
        self.assert_sound()

    def test_each_step_by_whose_step_it_is(self):
        received = self.receive_known()
        self.front.verb("step", received["code"], "appraise", expect=REFUSED)
        for login, step, state in (
            ("binh", "appraise", "appraised"),
            ("chi", "approve", "approved"),
            ("an", "return", "returned"),
        ):
            self.back.login(login)
            self.back.verb("step", received["code"], step)
            self.assertEqual(self.back.value(received["id"], "status")["state"], state)
        self.back.sync()
        self.front.sync()
        self.assertEqual(self.front.value(received["id"], "status")["state"], "returned")
        self.assertEqual(self.front.ask("conflicts"), [])
        self.assert_sound()

    def test_the_receipt_is_a_pdf_with_the_code(self):
        self.server.stop()
        received = self.front.receive(reception("Trần Thị Ngữ"))[0]
        paper = self.world.path("receipt.pdf")
        self.front.verb("print", received["code"], "receipt", paper)
        text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True).stdout
        self.assertIn(received["code"], text)
        self.assertIn("Trần Thị Ngữ", text)

    def test_a_register_leaves_who_saved_it(self):
        self.front.receive(reception("Trần Thị Ngữ"))
        for name in ("register.pdf", "register.xlsx"):
            self.front.verb("register", "2026", "-", self.world.path(name))
        self.sync_all()
        for desk in (self.front, self.back):
            printed = desk.ask("printed")
            self.assertEqual([(p["paper"], p["by"], p["on_paper"]) for p in printed],
                             [("register:2026/", "Trần Văn An", False)] * 2)
        self.assert_sound()

    # Two people

    def test_different_groups_merge_silently(self):
        received = self.receive_known()
        self.front.verb("set", received["code"], "contact", phone("0905111222"))
        self.back.verb("set", received["code"], "subject", json.dumps("Khai sinh cho con thứ hai"))
        self.sync_all()
        for desk in (self.front, self.back):
            self.assertEqual(desk.ask("conflicts"), [])
            self.assertEqual(desk.value(received["id"], "contact")["phone"], "0905111222")
            self.assertEqual(desk.value(received["id"], "subject"), "Khai sinh cho con thứ hai")
        self.assert_sound()

    def contest(self):
        """Both change the telephone apart; the front's reaches the province first."""
        received = self.receive_known(contact={"phone": "0905000000"})
        self.front.verb("set", received["code"], "contact", phone("0905111111"))
        self.back.verb("set", received["code"], "contact", phone("0905222222"))
        self.sync_all()
        return received

    def test_the_same_group_is_a_conflict_on_both(self):
        received = self.contest()
        for desk in (self.front, self.back):
            conflicts = desk.ask("conflicts")
            self.assertEqual(len(conflicts), 1)
            self.assertIn("contact", conflicts[0]["id"])
            self.assertIn(received["id"], conflicts[0]["id"])
            text = json.dumps(conflicts[0], ensure_ascii=False)
            for seen in ("0905111111", "0905222222", "0905000000", "Trần Văn An"):
                self.assertIn(seen, text)
            # What stood first stands until somebody decides.
            self.assertEqual(desk.value(received["id"], "contact")["phone"], "0905111111")
        self.assert_sound()

    def assert_settled(self, received, number):
        self.sync_all()
        for desk in (self.front, self.back):
            self.assertEqual(desk.ask("conflicts"), [])
            self.assertEqual(desk.value(received["id"], "contact")["phone"], number)
            history = json.dumps(desk.ask("show", received["id"])["timeline"])
            for kept in ("0905111111", "0905222222"):
                self.assertIn(kept, history)
        self.assert_sound()

    def test_settled_for_the_other_value(self):
        received = self.contest()
        self.front.verb("settle", self.front.ask("conflicts")[0]["id"], "theirs")
        self.assert_settled(received, "0905222222")

    def test_settled_for_ones_own_value_without_a_line(self):
        received = self.contest()
        self.server.stop()
        self.back.verb("settle", self.back.ask("conflicts")[0]["id"], "ours")
        self.back.sync(expect=OFFLINE)
        self.server.start()
        self.back.sync()
        self.assert_settled(received, "0905222222")

    def test_settled_for_a_third_value(self):
        received = self.contest()
        self.back.verb("settle", self.back.ask("conflicts")[0]["id"], "value", phone("0905333333"))
        self.assert_settled(received, "0905333333")

    def test_both_settle_apart_and_differ(self):
        received = self.contest()
        self.front.verb("settle", self.front.ask("conflicts")[0]["id"], "ours")
        self.back.verb("settle", self.back.ask("conflicts")[0]["id"], "ours")
        self.sync_all()
        for desk in (self.front, self.back):
            self.assertEqual(len(desk.ask("conflicts")), 1)
        self.back.verb("settle", self.back.ask("conflicts")[0]["id"], "value", phone("0905444444"))
        self.assert_settled(received, "0905444444")

    def test_nfd_and_nfc_are_the_same_text(self):
        received = self.receive_known()
        composed, decomposed = "Thôn Đại Ấn", "Tho\u0302n Đa\u0323i A\u0302\u0301n"
        for desk, address in ((self.front, composed), (self.back, decomposed)):
            value = {"name": "Nguyễn Văn Đình", "address": address}
            desk.verb("set", received["code"], "applicant", json.dumps(value, ensure_ascii=False))
        self.sync_all()
        self.assertEqual(self.back.ask("conflicts"), [])
        self.assertEqual(self.back.value(received["id"], "applicant")["address"], composed)
        self.assert_sound()

    # Bad luck

    def test_the_province_killed_between_commit_and_answer(self):
        road = LossyRoad(self.server.port)
        self.addCleanup(road.close)
        desk = self.world.desk("far", url=road.url, login="an")
        received = desk.receive(reception("Phạm Thị Lựu"))[0]
        road.losing = True
        desk.sync(expect=OFFLINE)
        self.server.kill()
        self.server.start()
        road.losing = False
        desk.sync()
        self.sync_all()
        self.assertEqual([d["code"] for d in self.back.ask("list")], [received["code"]])
        desk.check()
        self.assert_sound()

    def test_killed_while_receiving_many(self):
        many = "".join(json.dumps(reception(f"Võ Thị Ngữ {i}")) + "\n" for i in range(400))
        dice = random.Random(20261121)
        for _ in range(6):
            process = subprocess.Popen(
                self.front.command("receive", "-"),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=self.front.env,
            )
            process.stdin.write(many.encode())
            process.stdin.close()
            # Any moment of the run will do; which one it is must not matter.
            time.sleep(dice.uniform(0.005, 0.4))
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.front.check()
        for dossier in self.front.ask("list"):
            self.assertRegex(dossier["code"], CODE)
        codes = [d["code"] for d in self.front.ask("list")]
        self.assertEqual(len(codes), len(set(codes)))
        self.front.receive(reception("Người sau cùng"))
        self.sync_all()
        self.assert_sound()

    # Bad input

    def test_what_is_refused(self):
        received = self.receive_known()
        not_a_pdf = self.world.path("letter.pdf")
        with open(not_a_pdf, "w", encoding="utf-8") as file:
            file.write("Kính gửi Ủy ban nhân dân xã")
        for words in (
            ("attach", received["code"], PART, not_a_pdf),
            ("attach", received["code"], PART, self.world.path("nowhere.pdf")),
            ("set", received["code"], "status", json.dumps({"state": "returned"})),
            ("set", received["code"], "contact", json.dumps([1])),
            ("step", received["code"], "return"),
            ("show", "H05.032.07-260101-9999999"),
            ("settle", f"{received['id']}/contact", "ours"),
        ):
            with self.subTest(words=words):
                answer = self.front.verb(*words, expect=REFUSED)
                self.assertNotEqual(answer.err.strip(), "")
        self.front.verb("receive", "-", secret='{"procedure": "9.999999", "applicant": {"name": "A"}}\n', expect=REFUSED)
        self.front.verb("receive", "-", secret=f'{{"procedure": "{BIRTH}"}}\n', expect=REFUSED)
        self.assertEqual(len(self.front.ask("list")), 1)
        self.assert_sound()

    def test_usage(self):
        for words in ((), ("fly",), ("show",), ("set", "x")):
            with self.subTest(words=words):
                self.front.verb(*words, expect=USAGE)

    def test_a_wrong_secret(self):
        for _ in range(2):
            self.front.verb("login", "an", secret="000001\n", expect=REFUSED)

    def test_an_invitation_is_for_one_desk(self):
        code = self.server.invite()
        first, second = (self.world.path(name) for name in ("one", "two"))
        self.front.folder = first
        self.front.verb("enrol", "--server", self.server.url, "--code", code)
        self.front.folder = second
        self.front.verb("enrol", "--server", self.server.url, "--code", code, expect=REFUSED)


if __name__ == "__main__":
    tap.main()
