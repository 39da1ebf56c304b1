#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What real desks and a real province say to each other is what data/protocol/openapi.yaml says, by validators
that were not written here."""

import base64
import json
import os
import subprocess
import sys
import tempfile
import unittest

import tap
from recorder import Recorder
from world import SOURCE, World, build, make_pdf, reception

sys.path.insert(0, os.path.join(SOURCE, "tests", "conform"))
import province  # noqa: E402

PART = "giay-chung-sinh"
DOCUMENT = os.path.join(SOURCE, "data", "protocol", "openapi.yaml")
VALIDATE = os.path.join(SOURCE, "tests", "node", "openapi.mjs")


def validate(exchanges):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps(e) + "\n" for e in exchanges)
        file.flush()
        env = {**os.environ, "MOTCUA_NODE": os.environ.get("MOTCUA_NODE", os.path.join(build(), "node"))}
        done = subprocess.run(["node", VALIDATE, DOCUMENT, file.name], capture_output=True, text=True, env=env, timeout=60)
    if done.returncode != 0:
        raise AssertionError(done.stderr[-3000:])
    return json.loads(done.stdout)


def play(world, recorder):
    """A day of an office: two desks, scans, a conflict, work that is refused, a hand-over."""
    front = world.desk("front", url=recorder.url)
    back = world.desk("back", url=recorder.url, login="binh")
    scan = world.path("scan.pdf")
    make_pdf(scan, pages=30)
    dossier = front.receive(*(reception(f"Nguyễn Văn {i}") for i in range(20)))[0]["id"]
    front.verb("attach", dossier, PART, scan)
    front.sync()
    back.sync()
    front.verb("set", dossier, "contact", json.dumps({"phone": "0901"}))
    back.verb("set", dossier, "contact", json.dumps({"phone": "0902"}))
    back.verb("step", dossier, "appraise")
    for desk in (front, back, front, back):
        desk.sync()
    back.verb("settle", back.ask("conflicts")[0]["id"], "ours")
    front.verb("fee", dossier, "8000", "cash")
    for desk in (back, front, back):
        desk.sync()
    front.verb("enrol", "--server", recorder.url, "--code", "AAAA-AAAA-AAAA", expect=None)


def conform(world, recorder):
    """Every other status of every route; what is asked there is wrong on purpose."""
    world.server.verb("office", "add", "--code", province.OTHER, "--name", "Xã Khác")
    world.server.verb(
        "staff", "add", "--office", province.OTHER, "--login", "khac", "--name", "Khác", "--role", "clerk"
    )
    codes = [world.server.invite(), world.server.invite()]
    codes.append(world.server.verb("invite", "--office", province.OTHER).out.split()[-1])
    return province.conform(recorder.url, codes, world.folder)


class Traffic(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with World() as world:
            day, tried = Recorder(world.server.port), Recorder(world.server.port)
            play(world, day)
            cls.conforms = conform(world, tried)
            cls.day = day.exchanges()
            cls.tried = [{**e, "strange": True} for e in tried.exchanges()]
            day.close()
            tried.close()
        cls.said = validate(cls.day + cls.tried)

    def exchange(self, method, path, status):
        for exchange in self.day:
            if (exchange["method"], exchange["status"]) == (method, status) and exchange["path"].startswith(path):
                return json.loads(json.dumps(exchange))
        self.fail(f"no {method} {path} {status} in the day")

    def told(self, exchange):
        wrong = validate([exchange])["wrong"]
        return " / ".join(wrong[0]["what"]) if wrong else ""

    def test_the_document_is_openapi(self):
        self.assertEqual((self.said["version"], self.said["document"]), ("3.1.0", []))

    def test_the_day_is_as_the_document_says(self):
        wrong = [{**e, "of": self.day[e["at"]]["path"]} for e in self.said["wrong"] if e["at"] < len(self.day)]
        self.assertEqual(wrong, [])
        self.assertGreater(len(self.day), 20)

    def test_every_route_was_gone(self):
        gone = {(e["method"], e["path"][:9]) for e in self.day}
        for route in [("POST", "/v1/enrol"), ("POST", "/v1/unloc"), ("POST", "/v1/sync"), ("POST", "/v1/blobs")]:
            self.assertIn(route, gone)
        for method in ("PATCH", "GET"):
            self.assertIn((method, "/v1/blobs"), gone)

    def test_what_conform_asks_is_answered_as_the_document_says(self):
        code, _, said = self.conforms
        self.assertEqual(code, 0, said)
        wrong = [e for e in self.said["wrong"] if e["at"] >= len(self.day)]
        wrong = [{**e, "of": self.tried[e["at"] - len(self.day)]["path"]} for e in wrong]
        self.assertEqual(wrong, [])
        seen = {e["status"] for e in self.tried}
        self.assertLessEqual({200, 201, 204, 206, 400, 401, 403, 404, 409, 412, 413, 415, 416, 429, 460}, seen)

    def test_a_wrong_answer_is_caught(self):
        sync = self.exchange("POST", "/v1/sync", 200)
        body = base64.b64decode(sync["answered"]["body"])

        def damaged(new):
            return {**sync, "answered": {**sync["answered"], "body": base64.b64encode(new).decode()}}

        self.assertEqual(self.told(sync), "")
        self.assertIn("is not in the document", self.told({**sync, "status": 202}))
        self.assertIn("is not in the document", self.told({**sync, "path": "/v1/other"}))
        self.assertIn("is not in the document", self.told({**sync, "method": "PUT"}))
        self.assertIn("pattern", self.told(damaged(body + b"rubbish\n")))
        self.assertIn("envelope", self.told(damaged(body.replace(b'"motcua":1', b'"motcua":2'))))
        more = {**sync, "answered": {**sync["answered"], "headers": [*sync["answered"]["headers"], ["X-Other", "1"]]}}
        self.assertIn("additional", self.told(more))
        unsigned = {**sync, "asked": {**sync["asked"], "headers": []}}
        self.assertIn("not signed", self.told(unsigned))

    def test_a_wrong_error_is_caught(self):
        enrol = self.exchange("POST", "/v1/enrol", 200)
        value = json.loads(base64.b64decode(enrol["answered"]["body"]))
        for name, wrong in (("slot", "42"), ("device", "x"), ("motcua", 2), ("more", 1)):
            body = base64.b64encode(json.dumps({**value, name: wrong}).encode()).decode()
            self.assertNotEqual(self.told({**enrol, "answered": {**enrol["answered"], "body": body}}), "", name)
        begun = self.exchange("POST", "/v1/blobs", 201)
        without = [h for h in begun["answered"]["headers"] if h[0] != "Tus-Resumable"]
        self.assertIn("without", self.told({**begun, "answered": {**begun["answered"], "headers": without}}))


if __name__ == "__main__":
    tap.main()
