#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The protocol's bytes a second time, written from data/protocol/specification.md and not from src/core.

usage: protocol.py           writes data/protocol/vectors
       protocol.py --check   says which of them are not what it would write
"""

import base64
import ctypes
import ctypes.util
import hashlib
import json
import os
import sys
import unicodedata
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
VECTORS = os.path.normpath(os.path.join(HERE, "..", "..", "data", "protocol", "vectors"))

sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
assert sodium.sodium_init() >= 0

OFFICE = "01900000-0000-7000-8000-00000000aaaa"
DEVICE = "01900000-0000-7000-8000-00000000dddd"
CLERK = "01900000-0000-7000-8000-00000000cccc"
RECORD = "01900000-0000-7000-8000-0000000000ff"
AT = 1795219200000000

# What a small request is packed with: part of the protocol, and never changed.
WORDS = (
    '"},"channel":"direct","code":"H"procedure":"1.00"received":"202'
    '{"body":{"offices":[""do":"dossier.transfer"'
    '"body":{"part":"","ticked":true,"document":{"name":".pdf","pages":1,"sha256":"","size":"do":"part.attach"'
    '"body":{"method":"cash","taken":000},"do":"fee.take","base":{"fee":["'
    '"body":{"group":"contact","value":{"phone":"09"do":"conflict.settle"'
    '"body":{"groups":{"contact":{"phone":"09"applicant":{"name":"do":"dossier.set"'
    '"body":{"text":""do":"note.add","base":{"note":["'
    '"step":"withdraw"complete"supplement"return"approve"},"read":"'
    ',"left":0,"limit":1000,"wait":30}\n'
    '{"cursor":[1,""],"motcua":1,"ops":1}\n '
    '{"at":1790000,"base":{"status":["01a2"]},"body":{"step":"appraise"},"by":"01a2","dev":"01a2",'
    '"do":"dossier.step","id":"01a2","n":1,"on":"01a2","v":1}\n'
)


def url64(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Key:
    def __init__(self, name):
        self.seed = hashlib.sha256(name.encode()).digest()
        self.public = ctypes.create_string_buffer(32)
        self.secret = ctypes.create_string_buffer(64)
        sodium.crypto_sign_seed_keypair(self.public, self.secret, self.seed)

    def sign(self, text):
        data, signature = text.encode(), ctypes.create_string_buffer(64)
        sodium.crypto_sign_detached(signature, None, data, ctypes.c_ulonglong(len(data)), self.secret)
        return url64(signature.raw)

    def line(self, value):
        text = value if isinstance(value, str) else canonical(value)
        return f"{self.sign(text)} {text}"

    def described(self):
        return {"seed": url64(self.seed), "public": url64(self.public.raw)}


PROVINCE, DESK, OTHER = Key("motcua vectors: province"), Key("motcua vectors: desk"), Key("motcua vectors: other")
MAC = hashlib.sha256(b"motcua vectors: mac").digest()


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def clean(text):
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return unicodedata.normalize("NFC", kept).strip(" \t\n")


def op_id(n):
    return f"01900000-0000-7000-8000-{n:012d}"


def op(n, verb, body, base, version=1, **more):
    return {
        "v": version, "id": op_id(n), "dev": DEVICE, "n": n, "at": AT + n, "by": CLERK, "on": RECORD, "do": verb,
        "body": body, "base": {g: [op_id(i) if isinstance(i, int) else i for i in ids] for g, ids in base.items()}, **more,
    }


def reception(n=1, subject="đơn"):
    return op(n, "dossier.receive", {
        "office": OFFICE, "code": "H05.032.07-261121-0421001", "procedure": "1.001193", "channel": "direct",
        "received": "2026-11-21T08:10", "applicant": {"name": "Trần Thị Bé"}, "subject": subject,
        "contact": {"phone": "0900"}, "fee": {"amount": 8000},
    }, {})


def receipt(op, reason=None):
    text = f"{op} admitted" if reason is None else f"{op} refused {reason}"
    mac = ctypes.create_string_buffer(32)
    sodium.crypto_auth(mac, text.encode(), ctypes.c_ulonglong(len(text.encode())), MAC)
    return url64(mac.raw[:16])


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def keys():
    return {
        "about": "The keys of all these vectors; nobody's. Ed25519 pairs from their seeds, and the MAC key of receipts.",
        "province": PROVINCE.described(), "desk": DESK.described(), "other": OTHER.described(), "mac": url64(MAC),
    }


def ops():
    plain = reception()
    line = DESK.line(plain)
    loose = json.dumps({**plain, "later": [1, None]}, ensure_ascii=True)
    return {
        "about": "Op lines, signed by the desk. parses: it is an op line; holds: its signature does.",
        "lines": [
            {"why": "as a desk writes it", "line": line, "parses": True, "holds": True},
            {"why": "not canonical, with a member that nobody knows: still an op", "line": DESK.line(loose), "parses": True, "holds": True},
            {"why": "one letter changed", "line": line.replace("Trần", "Trẩn"), "parses": True, "holds": False},
            {"why": "signed by another device", "line": OTHER.line(plain), "parses": True, "holds": False},
            {"why": "padded base64 is none", "line": line[:86] + "=" + line[86:], "parses": False},
            {"why": "two spaces: the text that is signed begins with one", "line": line[:86] + " " + line[86:], "parses": True, "holds": False},
            {"why": "a key twice", "line": DESK.line(canonical(plain)[:-1] + ',"v":1}'), "parses": False},
            {"why": "something after the value", "line": DESK.line(canonical(plain) + "x"), "parses": False},
            {"why": "n counts from 1", "line": DESK.line({**plain, "n": 0}), "parses": False},
            {"why": "an id that is no UUIDv7", "line": DESK.line({**plain, "id": plain["id"].replace("-7", "-4")}), "parses": False},
            {"why": "upper case is another id", "line": DESK.line({**plain, "on": RECORD.upper()}), "parses": False},
            {"why": "a base that names no ids", "line": DESK.line({**plain, "base": {"fee": ["x"]}}), "parses": False},
            {"why": "a tab", "line": line.replace(" ", "\t", 1), "parses": False},
            {"why": "33 levels", "line": DESK.line({**plain, "body": json.loads("[" * 32 + "]" * 32)}), "parses": False},
            {"why": "after the year 3000", "line": DESK.line({**plain, "at": 32503680000001000}), "parses": False},
        ],
        "canonical": [
            {"why": "keys by their bytes, no white space", "value": {"b": 1, "a": [True, None, "x"], "B": {}, "đ": 2}, "text": canonical({"b": 1, "a": [True, None, "x"], "B": {}, "đ": 2})},
            {"why": "escapes", "value": "\"\\/\b\f\n\r\tü", "text": canonical("\"\\/\b\f\n\r\tü")},
            {"why": "numbers", "value": [0, -1, 9007199254740993], "text": "[0,-1,9007199254740993]"},
        ],
        "clean": [
            {"why": "NFC and trimmed", "text": " Hòa \n", "is": clean(" Hòa \n")},
            {"why": "control characters go before composing", "text": "e\u0001\u0301", "is": clean("e\u0001\u0301")},
            {"why": "newline and tab within stay", "text": "a\n\tb", "is": "a\n\tb"},
        ],
    }


def bodies():
    good = {"groups": {"contact": {"phone": "0901"}}}
    document = {"sha256": sha256(b""), "name": "a.pdf", "size": 1, "pages": 1}
    cases = [
        ("a reception", reception(), True),
        ("without applicant", op(1, "dossier.receive", {k: v for k, v in reception()["body"].items() if k != "applicant"}, {}), False),
        ("an applicant without a name", op(1, "dossier.receive", {**reception()["body"], "applicant": {"id": "1"}}, {}), False),
        ("a change", op(2, "dossier.set", good, {"contact": [1]}), True),
        ("that names no base", op(2, "dossier.set", good, {}), False),
        ("that names the base of another group", op(2, "dossier.set", good, {"fee": [1]}), False),
        ("of a status, which only steps move", op(2, "dossier.set", {"groups": {"status": {"state": "approved"}}}, {"status": [1]}), False),
        ("of a group that there is not", op(2, "dossier.set", {"groups": {"colour": "red"}}, {"colour": [1]}), False),
        ("a step of version 1", op(2, "dossier.step", {"step": "appraise"}, {"status": [1]}), True),
        ("one that decides, without read", op(2, "dossier.step", {"step": "approve"}, {"status": [1]}), False),
        ("one of version 3, with its state", op(2, "dossier.step", {"step": "assign", "state": "handling", "assignee": "An"}, {"status": [1]}, 3), True),
        ("one of version 3 that does not say where", op(2, "dossier.step", {"step": "assign"}, {"status": [1]}, 3), False),
        ("a paper", op(2, "part.attach", {"part": "to-khai", "ticked": True, "document": document}, {"part:to-khai": [1]}), True),
        ("a document without its hash", op(2, "part.attach", {"part": "a", "document": {**document, "sha256": "x"}}, {"part:a": [1]}), False),
        ("a fee", op(2, "fee.take", {"taken": 8000, "method": "cash"}, {"fee": [1]}), True),
        ("less than nothing", op(2, "fee.take", {"taken": -1, "method": "cash"}, {"fee": [1]}), False),
        ("a note", op(2, "note.add", {"text": "gọi lại"}, {"note": [1]}), True),
        ("an empty one", op(2, "note.add", {"text": ""}, {"note": [1]}), False),
        ("a text of 4,001 bytes", op(2, "note.add", {"text": "x" * 4001}, {"note": [1]}), False),
        ("a settlement for neither side", op(2, "conflict.settle", {"group": "contact", "value": None}, {"contact": [1]}), True),
        ("of the case, which is written once", op(2, "conflict.settle", {"group": "case", "value": {}}, {"case": [1]}), False),
        ("a hand-over", op(2, "dossier.transfer", {"offices": [OFFICE]}, {"offices": [1]}, 2), True),
        ("to nobody", op(2, "dossier.transfer", {"offices": []}, {"offices": [1]}, 2), False),
        ("how an office's paper looks", op(2, "papers.set", {"groups": {"papers:set": "2025", "papers:01": None}}, {"papers:set": [1], "papers:01": [1]}, 5), True),
        ("what an office's papers are not", op(2, "papers.set", {"groups": {"office": {}}}, {"office": [1]}, 5), False),
        ("a verb of version 1 that there is not", op(2, "dossier.burn", {}, {}), False),
    ]
    texts = [
        ('"applied"', True), ('{"contact":"contested","part:a":"applied"}', True), ('"refused:step"', True),
        ('{"=":{"offices":[["%s"],false]},"offices":"applied"}' % OFFICE, True),
        ('"merged"', False), ('{"contact":"refused"}', False), ('{"=":{"colour":[1]}}', False), ("{}", True), ("[]", False),
    ]
    return {
        "about": "Bodies that are what their verb asks for, and bodies that are refused:format; rulings as they are written.",
        "bodies": [{"why": why, "op": value, "good": good} for why, value, good in cases],
        "rulings": [{"text": text, "good": good} for text, good in texts],
    }


def running(before, n, kind, ruling, mac, line):
    return sha256("\t".join((before, str(n), kind, ruling, mac, line)).encode())[:32]


def feed():
    first, second = reception(), op(2, "fee.take", {"taken": -1, "method": "cash"}, {"fee": [1]})
    entries, before = [], ""
    for n, (kind, ruling, mac, line, about) in enumerate([
        ("op", '"applied"', receipt(first["id"]), DESK.line(first), "admitted"),
        ("op", '"refused:format"', receipt(second["id"], "format"), DESK.line(second), "refused, with its reason in the receipt"),
        ("gone", "", "", RECORD, "the record is seen no longer"),
    ], 1):
        before = running(before, n, kind, ruling, mac, line)
        entries.append({"why": about, "n": n, "kind": kind, "ruling": ruling, "receipt": mac, "line": line, "hash": before})
    return {
        "about": "A feed from its beginning: the running hash after each entry. Receipts are made with keys.json's mac.",
        "entries": entries,
        "receipts": [
            {"op": first["id"], "reason": None, "receipt": receipt(first["id"])},
            {"op": first["id"], "reason": "step", "receipt": receipt(first["id"], "step")},
        ],
    }


def certificates():
    good = {"device": DEVICE, "issued": AT // 1000, "key": url64(DESK.public.raw), "office": OFFICE, "slot": "0421"}
    return {
        "about": "Certificates; genuine: the province of keys.json has signed what it says.",
        "certificates": [
            {"why": "genuine", "text": PROVINCE.line(good), "genuine": True, **good},
            {"why": "signed by a desk", "text": DESK.line(good), "genuine": False},
            {"why": "another slot than was signed", "text": PROVINCE.line(good).replace("0421", "0422"), "genuine": False},
            {"why": "a key that is none", "text": PROVINCE.line({**good, "key": "abc"}), "genuine": False},
        ],
    }


def requests():
    cases = [("GET", f"/v1/blobs/{sha256(b'')}", b""), ("PATCH", f"/v1/blobs/{sha256(b'')}", b""), ("POST", "/v1/sync", sync_request().encode())]
    signed = []
    for method, path, body in cases:
        text = f"{method} {path}\n{sha256(body)}"
        signed.append({"method": method, "path": path, "body": base64.b64encode(body).decode(), "text": text, "sign": DESK.sign(text)})
    return {"about": "What MC-Sign signs, by the desk. Of a PATCH the body is not part of it.", "requests": signed}


def sync_request():
    first = DESK.line(reception())
    second = DESK.line(op(2, "note.add", {"text": "gọi lại"}, {"note": [1]}))
    return f'{{"cursor":[0,""],"motcua":1,"ops":2,"wait":0}}\n{first}\n{second}\t{receipt(op_id(2), "role")}\trole\n'


def sync_answer():
    first, second = feed()["entries"][:2]
    entry = "\t".join((str(first["n"]), "op", first["ruling"], first["receipt"], op_id(1)))
    return (
        f'{{"cursor":[1,"{first["hash"]}"],"entries":1,"head":7,"motcua":1,"rulings":2,"time":1795219200000}}\n'
        f'{op_id(2)}\t"refused:format"\n{op_id(3)}\t{{"missing":["{op_id(9)}"]}}\n{entry}\n'
    ), second


def packed(data, window, words=b""):
    pack = zlib.compressobj(6, zlib.DEFLATED, window, 8, zlib.Z_DEFAULT_STRATEGY, *([words] if words else []))
    return base64.b64encode(pack.compress(data) + pack.flush()).decode()


def wire():
    request, (answer, _) = sync_request(), sync_answer()
    first, second = feed()["entries"][:2]
    lines = ["\t".join((str(e["n"]), e["kind"], e["ruling"], e["receipt"], e["line"])) for e in (first, second)]
    ahead = (
        f'{{"cursor":[0,""],"entries":0,"first":[9,"{"9" * 32}","4 {RECORD}"],"head":9,"motcua":1,"rulings":0,'
        f'"said":[2,"{second["hash"]}"],"time":1795219200000}}\n{lines[0]}\n{lines[1]}\n'
    )
    reset = '{"cursor":[9,"%s"],"entries":0,"head":4,"motcua":1,"points":[[4,"%s"],[3,"%s"]],"rulings":0,"time":1795219200000}\n' % (
        "0" * 32, "4" * 32, "3" * 32)
    return {
        "about": "Bodies of /v1/sync. words: the preset dictionary of Content-Encoding mc (raw deflate). packed is base64; a packer may write other bytes.",
        "words": WORDS,
        "packed": [
            {"how": "mc", "packed": packed(request.encode(), -15, WORDS.encode()), "plain": request},
            {"how": "gzip", "packed": packed(request.encode(), 31), "plain": request},
            {"how": "mc", "why": "torn", "packed": base64.b64encode(base64.b64decode(packed(request.encode(), -15, WORDS.encode()))[:-9]).decode(), "plain": None},
            {"how": "gzip", "why": "not packed", "packed": base64.b64encode(request.encode()).decode(), "plain": None},
        ],
        "requests": [
            {"why": "whole", "body": request, "whole": True, "ops": 2, "cursor": [0, ""], "limit": 1000, "wait": 0, "left": 0},
            {"why": "a line is missing", "body": request[: request.rindex("\n", 0, -1) + 1], "whole": False},
            {"why": "the last line is cut", "body": request[:-5], "whole": False},
            {"why": "more lines than it counts", "body": request.replace('"ops":2', '"ops":1'), "whole": False},
            {"why": "another protocol", "body": request.replace('"motcua":1', '"motcua":2'), "whole": False},
            {"why": "no cursor", "body": '{"motcua":1,"ops":0}\n', "whole": False},
            {"why": "nothing to send, and it would wait", "body": '{"cursor":[7,"%s"],"motcua":1,"ops":0,"wait":25}\n' % ("7" * 32), "whole": True,
             "ops": 0, "cursor": [7, "7" * 32], "limit": 1000, "wait": 25, "left": 0},
            {"why": "a new desk, which would have first what it needs at once", "body": '{"cursor":[0,""],"first":[0,"",""],"motcua":1,"ops":0}\n', "whole": True,
             "ops": 0, "cursor": [0, ""], "limit": 1000, "wait": 0, "left": 0, "first": True},
            {"why": "out of bounds is brought into them", "body": '{"cursor":[0,""],"limit":99999,"motcua":1,"ops":0,"wait":999}\n', "whole": True,
             "ops": 0, "cursor": [0, ""], "limit": 2000, "wait": 60, "left": 0},
        ],
        "answers": [
            {"why": "whole: a ruling, a missing parent, and the entry of an op that was sent", "body": answer, "whole": True, "rulings": 2, "entries": 1, "head": 7, "points": None},
            {"why": "cut within the last line", "body": answer[:-3], "whole": False},
            {"why": "cut after a line", "body": answer[: answer.rindex("\n", 0, -1) + 1], "whole": False},
            {"why": "something after it", "body": answer + "x\n", "whole": False},
            {"why": "the page of a portal", "body": "<!doctype html>\n<p>Xin chào\n", "whole": False},
            {"why": "an envelope of somebody else", "body": answer.replace('"motcua":1,', ""), "whole": False},
            {"why": "what a new desk is told ahead of its feed", "body": ahead, "whole": True, "rulings": 0, "entries": 0, "said": 2, "head": 9, "points": None},
            {"why": "lines ahead that are not what their hash says", "body": ahead.replace("applied", "refused:role"), "whole": False},
            {"why": "one of them missing", "body": ahead[: ahead.rindex("\n", 0, -1) + 1], "whole": False},
            {"why": "another feed than the cursor's: points, and nothing else", "body": reset, "whole": True, "rulings": 0, "entries": 0, "head": 4, "points": [[4, "4" * 32], [3, "3" * 32]]},
        ],
    }


NAMES = {"a": "applied", "m": "merged", "c": "contested"}
STATES = ["received", "appraised", "approved", "supplement", "returned", "withdrawn"]


def value_of(group, value):
    return {"applicant": {"name": value}, "contact": {"phone": value}}.get(group, value)


def history(line):
    """One line of tests/vectors/judge.txt as signed ops."""
    group, _, *words = line.split()
    at = words.index(">")
    told = []
    for n, word in enumerate(words[:at], 2):
        base, rest = word.split("=")
        ids = [op_id(999) if i == "x" else op_id(int(i) + 1) for i in base.split(",")]
        if group == "fee":
            change = op(n, "fee.take", {"taken": int(rest[0]), "method": "cash"}, {group: ids})
        else:
            change = op(n, "dossier.set", {"groups": {group: value_of(group, rest[0])}}, {group: ids})
        forced = rest[1] == "r"
        ruling = '"refused:role"' if forced else '"applied"' if rest[1] == "a" else canonical({group: NAMES[rest[1]]})
        told.append({"line": DESK.line(change), "ruling": ruling, **({"right": "role"} if forced else {})})
    return group, told, [op_id(int(tip) + 1) for tip in words[at + 1 :]]


def read_of(tips):
    return sha256("".join(sorted(f"{group} {tip}\n" for group, tip in tips)).encode())[:32]


CONTENT = [(group, op_id(1)) for group in ("applicant", "case", "contact", "subject")]


def stories():
    """Told by hand: what the histories have not."""
    appraise = op(2, "dossier.step", {"step": "appraise"}, {"status": [1]})
    return [
        ("a step is judged by the tips that it names: withdrawn, blind, from what was replaced", "status",
         [(appraise, '"applied"'), (op(3, "dossier.step", {"step": "withdraw"}, {"status": [1]}), '{"status":"contested"}')], [2, 3]),
        ("no such step from there", "status",
         [(appraise, '"applied"'), (op(3, "dossier.step", {"step": "appraise"}, {"status": [2]}), '"refused:step"')], [2]),
        ("what builds on a refused step is refused after it", "status",
         [(op(2, "dossier.step", {"step": "complete"}, {"status": [1]}), '"refused:step"'),
          (op(3, "dossier.step", {"step": "complete"}, {"status": [2]}), '"refused:after"'),
          (op(4, "dossier.step", {"step": "appraise"}, {"status": [2]}), '"applied"')], [4]),
        ("approved on what stands", "status",
         [(appraise, '"applied"'), (op(3, "dossier.step", {"step": "approve"}, {"status": [2]}, read=read_of(CONTENT)), '"applied"')], [3]),
        ("approved on what has changed meanwhile", "status",
         [(appraise, '"applied"'), (op(4, "dossier.set", {"groups": {"contact": {"phone": "0901"}}}, {"contact": [1]}), '"applied"'),
          (op(3, "dossier.step", {"step": "approve"}, {"status": [2]}, read=read_of(CONTENT)), '{"status":"contested"}')], [2, 3]),
        ("a settlement names all tips and leaves one", "contact",
         [(op(2, "dossier.set", {"groups": {"contact": {"phone": "0901"}}}, {"contact": [1]}), '"applied"'),
          (op(3, "dossier.set", {"groups": {"contact": {"phone": "0902"}}}, {"contact": [1]}), '{"contact":"contested"}'),
          (op(4, "conflict.settle", {"group": "contact", "value": {"phone": "0902"}}, {"contact": [2, 3]}), '"applied"')], [4]),
        ("one op over two groups is judged group by group", "contact",
         [(op(2, "dossier.set", {"groups": {"contact": {"phone": "0901"}}}, {"contact": [1]}), '"applied"'),
          (op(3, "dossier.set", {"groups": {"contact": {"phone": "0902"}, "subject": "khác"}}, {"contact": [1], "subject": [1]}),
           '{"contact":"contested","subject":"applied"}')], [2, 3]),
        ("notes are never in conflict", "note",
         [(op(2, "note.add", {"text": "a"}, {"note": [1]}), '"applied"'), (op(3, "note.add", {"text": "b"}, {"note": [1]}), '"applied"')], []),
        ("a hand-over of version 2, by a judge who says outcomes only on the wire", "offices",
         [(op(2, "dossier.transfer", {"offices": [OFFICE]}, {"offices": [1]}, 2), '"applied"')], [2]),
    ]


# Of 8,078: the first of each kind of these lengths.
KINDS = [
    ("a second tip of an equal value, taken away together with the first", lambda w, l: "m" in verdicts(w) and l.split(">")[1].split()[1:] == []),
    ("a blind author goes on from a tip of his own that is contested", lambda w, l: verdicts(w).count("c") >= 2),
    ("who names a refused op names what that was built on", lambda w, l: "r" in verdicts(w) and not verdicts(w).endswith("r")),
    ("two equal acts are two", lambda w, l: l.startswith("fee") and "c" in verdicts(w)),
    ("merged and contested in one history", lambda w, l: "m" in verdicts(w) and "c" in verdicts(w)),
]


def verdicts(words):
    return "".join(word[-1] for word in words)


def judge():
    with open(os.path.join(HERE, "judge.txt"), encoding="utf-8") as file:
        lines = [line for line in file.read().splitlines() if line and not line.startswith(("#", "status"))]
    told = []
    for why, is_one in KINDS:
        chosen = [line for line in lines if is_one(line.split()[2 : line.split().index(">")], line)]
        for line in sorted(chosen, key=lambda line: (abs(len(line) - 40), line))[:4]:
            group, ops, tips = history(line)
            told.append({"why": why, "group": group, "reception": DESK.line(reception(subject="0")), "ops": ops, "tips": tips, "line": line})
    for why, group, ops, tips in stories():
        told.append({"why": why, "group": group, "reception": DESK.line(reception()),
                     "ops": [{"line": DESK.line(o), "ruling": r} for o, r in ops], "tips": [op_id(i) for i in tips]})
    return {
        "about": "Histories of one record: a reception, then ops in the order of the province. ruling: what the judge says; right: the judge was not asked, "
                 "the author had no right; tips: of the group in the end, the standing one first. line: where it stands in tests/vectors/judge.txt, "
                 "which has 8,078 such histories and explains its notation in its head.",
        "histories": told,
    }


FILES = {
    "keys.json": keys, "ops.json": ops, "rulings.json": bodies, "feed.json": feed, "certificates.json": certificates,
    "requests.json": requests, "wire.json": wire, "judge.json": judge,
}


def main():
    stale = []
    for name, make in FILES.items():
        text = json.dumps(make(), ensure_ascii=False, indent=1) + "\n"
        path = os.path.join(VECTORS, name)
        if "--check" not in sys.argv:
            os.makedirs(VECTORS, exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            continue
        with open(path, encoding="utf-8") as file:
            if file.read() != text:
                stale.append(name)
    if stale:
        sys.exit(f"not what protocol.py writes: {', '.join(stale)}")


if __name__ == "__main__":
    main()
