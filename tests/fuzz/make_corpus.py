# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the corpus anew from real lines (tests/fixtures/v1/ops.txt): python3 tests/fuzz/make_corpus.py

What a fuzzer once found lies beside them in files called found-*, which stay.
"""

import gzip
import hashlib
import json
import os
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
OPS = os.path.join(HERE, "..", "fixtures", "v1", "ops.txt")
UNSIGNED = "A" * 86
CONTACT = '{"contact":"contested"}'
RECEIPT = "m3ZQ2v0d1cS8kq7Jx4YbTw"
CARDS = {
    "2021": "001205123456||Nguyễn Văn Mẫu|05032005|Nam|Thôn Ví Dụ, Xã Thử Nghiệm, Ba Vì, Hà Nội|12082021",
    "2021-old-number": "001205123456|012345678|Nguyễn Văn Mẫu|05032005|Nam|Thôn Ví Dụ|12082021",
    "2021-dropped": "001205123456|Nguyễn Văn Mẫu|05032005|Nam|Thôn Ví Dụ|12082021",
    "2024": "001205123456||Trần Thị Mẫu|31122001|Nữ|Thôn Ví Dụ|01072024|||Trần Văn Cha|Lê Thị Mẹ|",
    "no-marks": "001205123456||Nguyen Van Mau|00002005|Nam|Thon Vi Du|12082021",
    "decomposed": "001205123456||Nguye\u0302\u0303n Va\u0306n Ma\u0302\u0303u|05032005|Nam|Tho\u0302n|12082021",
    "a-letter": "https://motcua.example/H05.032.07-261122-6537001",
}
TUS = "Tus-Resumable: 1.0.0"
PIECE = [TUS, "Content-Type: application/offset+octet-stream", "Upload-Offset: 0", "Content-Length: 4"]
# The half-finished one's (fuzz-scan.c).
HALF = hashlib.sha256(b"half").hexdigest()
SCANS = {
    "options": ("OPTIONS", "/v1/blobs", [], ""),
    "head": ("HEAD", "/v1/blobs/H", [TUS], ""),
    "announce": ("POST", "/v1/blobs", [TUS, "Upload-Length: 5000", "MC-Blob: " + "0" * 64], ""),
    "metadata": ("POST", "/v1/blobs", [TUS, "Upload-Length: 7", "Upload-Metadata: filename YQ==, sha256 " + "MDAw" * 22], ""),
    "piece": ("PATCH", "/v1/blobs/H", PIECE, "half"),
    "sha1": ("PATCH", "/v1/blobs/H", PIECE + ["Upload-Checksum: sha1 GrHdBxSz5T+9g8JqhMbhl6Y4hto="], "half"),
    "sha256": ("PATCH", "/v1/blobs/H", PIECE + ["Upload-Checksum: sha256 " + "A" * 43 + "="], "half"),
    "chunked": ("PATCH", "/v1/blobs/H", PIECE[:3] + ["Transfer-Encoding: chunked"], "4\r\nhalf\r\n0\r\n\r\n"),
    "end": ("DELETE", "/v1/blobs/H", [TUS], ""),
    "end-whole": ("DELETE", "/v1/blobs/W", [TUS], ""),
    "read": ("GET", "/v1/blobs/W", ["Range: bytes=1-2"], ""),
    "override": ("POST", "/v1/blobs/H", PIECE + ["X-HTTP-Method-Override: PATCH", "Expect: 100-continue"], "half"),
    # What lies: about where it goes on, how much follows, what it is, how large it will be.
    "offset-behind": ("PATCH", "/v1/blobs/H", [*PIECE[:2], "Upload-Offset: 4999", "Content-Length: 4"], "half"),
    "offset-below": ("PATCH", "/v1/blobs/H", [*PIECE[:2], "Upload-Offset: -1", "Content-Length: 4"], "half"),
    "offset-huge": ("PATCH", "/v1/blobs/H", [*PIECE[:2], "Upload-Offset: 99999999999999999999", "Content-Length: 4"], "half"),
    "length-more": ("PATCH", "/v1/blobs/H", [*PIECE[:3], "Content-Length: 4096"], "half"),
    "length-less": ("PATCH", "/v1/blobs/H", [*PIECE[:3], "Content-Length: 2"], "half"),
    "length-twice": ("PATCH", "/v1/blobs/H", [*PIECE, "Content-Length: 2"], "half"),
    "length-both": ("PATCH", "/v1/blobs/H", [*PIECE, "Transfer-Encoding: chunked"], "4\r\nhalf\r\n0\r\n\r\n"),
    "past-the-end": ("PATCH", "/v1/blobs/H", [*PIECE[:3], "Content-Length: 6000"], "half" * 1500),
    "other-type": ("PATCH", "/v1/blobs/H", [TUS, "Content-Type: text/html", *PIECE[2:]], "half"),
    "whole-again": ("PATCH", "/v1/blobs/W", PIECE, "half"),
    "sum-of-nothing": ("PATCH", "/v1/blobs/H", [*PIECE, "Upload-Checksum: "], "half"),
    "sum-md5": ("PATCH", "/v1/blobs/H", [*PIECE, "Upload-Checksum: md5 1B2M2Y8AsgTpgAmY7PhCfg=="], "half"),
    "announce-nothing": ("POST", "/v1/blobs", [TUS, "Upload-Length: 0", "MC-Blob: " + "1" * 64], ""),
    "announce-below": ("POST", "/v1/blobs", [TUS, "Upload-Length: -5", "MC-Blob: " + "1" * 64], ""),
    "announce-huge": ("POST", "/v1/blobs", [TUS, "Upload-Length: 9223372036854775807", "MC-Blob: " + "1" * 64], ""),
    "announce-deferred": ("POST", "/v1/blobs", [TUS, "Upload-Defer-Length: 1", "MC-Blob: " + "1" * 64], ""),
    "announce-larger": ("POST", "/v1/blobs", [TUS, "Upload-Length: 50", "MC-Blob: " + HALF], ""),
    "announce-body": ("POST", "/v1/blobs", [TUS, "Upload-Length: 4", "MC-Blob: " + "2" * 64, *PIECE[1:2], "Content-Length: 4"], "half"),
    "hash-short": ("POST", "/v1/blobs", [TUS, "Upload-Length: 5", "MC-Blob: 00"], ""),
    "hash-upper": ("HEAD", "/v1/blobs/" + "A" * 64, [TUS], ""),
    "hash-two": ("POST", "/v1/blobs", [TUS, "Upload-Length: 5", "MC-Blob: " + "3" * 64, "Upload-Metadata: sha256 " + "MDAw" * 22], ""),
    "hash-path": ("GET", "/v1/blobs/../../etc/passwd", [], ""),
    "hash-encoded": ("GET", "/v1/blobs/%2e%2e%2f%2e%2e%2fserver.sqlite", [], ""),
    "hash-zero": ("DELETE", "/v1/blobs/W%00", [TUS], ""),
    "hash-more": ("HEAD", "/v1/blobs/W/part?x=1#y", [TUS], ""),
    "version-other": ("PATCH", "/v1/blobs/H", ["Tus-Resumable: 0.2.2", *PIECE[1:]], "half"),
    "read-all": ("GET", "/v1/blobs/W", [], ""),
    "read-half": ("GET", "/v1/blobs/H", ["Range: bytes=0-"], ""),
    "read-open": ("GET", "/v1/blobs/W", ["Range: bytes=1-", 'If-Range: "abc"'], ""),
    "read-end": ("GET", "/v1/blobs/W", ["Range: bytes=-2", "If-Range: Sun, 22 Nov 2026 00:00:00 GMT"], ""),
    "read-behind": ("GET", "/v1/blobs/W", ["Range: bytes=3-"], ""),
    "read-backwards": ("GET", "/v1/blobs/W", ["Range: bytes=2-1"], ""),
    "read-many": ("GET", "/v1/blobs/W", ["Range: bytes=0-0,2-2"], ""),
    "read-huge": ("GET", "/v1/blobs/W", ["Range: bytes=9223372036854775807-9223372036854775808"], ""),
    "expect": ("PATCH", "/v1/blobs/H", [*PIECE, "Expect: 100-continue"], "half"),
    "expect-other": ("PATCH", "/v1/blobs/H", [*PIECE, "Expect: 200-ok"], "half"),
    "override-all": ("GET", "/v1/blobs/W", [TUS, "X-HTTP-Method-Override: DELETE"], ""),
    "override-other": ("POST", "/v1/blobs/H", [TUS, "X-HTTP-Method-Override: CONNECT"], ""),
    "put": ("PUT", "/v1/blobs/H", PIECE, "half"),
    "long-header": ("HEAD", "/v1/blobs/W", [TUS, "Upload-Metadata: " + "a," * 3000], ""),
    "two": ("HEAD", "/v1/blobs/W", [TUS, "", "HEAD /v1/blobs/x HTTP/1.1"], ""),
}


def put(target, name, content):
    folder = os.path.join(HERE, "corpus", target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())


def op(like, **members):
    """A line of version 2, made of one of version 1; nobody asks here who signed it."""
    json_text = json.loads(like.split(" ", 1)[1])
    json_text.update(members)
    return UNSIGNED + " " + json.dumps(json_text, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def numbered(last):
    return f"01a20171-0000-7000-8000-{last:012d}"


def newer(receive):
    """A transfer and a twin on the record of `receive`, the answer to the twin, and an op of a verb to come."""
    made, office, other = json.loads(receive.split(" ", 1)[1]), numbered(901), numbered(902)
    twin = f"twin:{other}"
    common = {"v": 2, "by": made["by"], "read": None}
    common.pop("read")
    return [
        op(receive, **common, id=numbered(1), do="dossier.transfer", n=21,
           body={"offices": [made["body"]["office"], office], "why": "Đúng thẩm quyền"}, base={"offices": [made["id"]]}),
        op(receive, **common, id=numbered(2), do="dossier.twin", n=22,
           body={"other": other, "code": "H05.032.08-261122-6538001", "office": "Xã Bên Cạnh"},
           base={twin: [made["id"]]}),
        op(receive, **common, id=numbered(3), do="dossier.set", n=23, instead=numbered(2),
           body={"groups": {twin: {"code": "x", "office": "y", "answer": "same"}}}, base={twin: [numbered(2)]}),
        op(receive, id=numbered(4), v=3, do="dossier.later", n=24, body={"what": "ever"}, base={"later:x": [made["id"]]}),
    ]


def ruling(line):
    verb = json.loads(line.split(" ", 1)[1])["do"]
    return {
        "dossier.set": CONTACT,
        "note.add": '"refused:role"',
        "dossier.transfer": '{"offices":"applied","=":{"offices":[["a"],false]}}',
        "dossier.later": '{"later:x":"merged","=":{"form:x":["v",true]}}',
    }.get(verb, '"applied"')


def request(lines, cursor=(0, "")):
    head = {"motcua": 1, "cursor": cursor, "ops": len(lines), "limit": 1000, "wait": 25, "left": 3}
    return json.dumps(head, separators=(",", ":")) + "\n" + "".join(line + "\n" for line in lines)


def answer(rulings, entries, **more):
    last = "".join(entries[-1:])
    cursor = (len(entries), hashlib.sha256(last.encode()).hexdigest()[:32])
    head = {"motcua": 1, "time": 1795320396190, "rulings": len(rulings), "entries": len(entries), "cursor": cursor,
            "head": len(entries), **more}
    return json.dumps(head, separators=(",", ":")) + "\n" + "".join(line + "\n" for line in rulings + entries)


def bare(content):
    """Deflated without a head; without the words that are left out, which only the core knows."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def entries_of(lines):
    return [f"{n}\top\t{ruling(line)}\t{RECEIPT}\t{line}" for n, line in enumerate(lines, 1)]


def main():
    with open(OPS, encoding="utf-8") as file:
        lines = file.read().splitlines()
    ids = {line: json.loads(line.split(" ", 1)[1])["id"] for line in lines}
    # The calendar and the procedure are long and teach nothing more.
    lines = [line for line in lines if len(line) < 1000]
    receive = next(line for line in lines if '"do":"dossier.receive"' in line)
    record = json.loads(receive.split(" ", 1)[1])["on"]
    history = [line for line in lines if f'"on":"{record}"' in line] + newer(receive)
    for number, line in enumerate(lines + newer(receive), 1):
        put("op", f"line-{number:02d}", line)
    put("op", "history", "\n".join(history))
    put("op", "history-backwards", "\n".join(history[:1] + history[:0:-1]))

    put("batch", "nothing-new", request([], (66, "d3bc1e6337d1b6ace4b021910bec5343")))
    put("batch", "history", request(history))
    put("batch", "carried", request([history[0] + f"\t{RECEIPT}\t", history[1] + f"\t{RECEIPT}\trole"]))
    put("batch", "torn", request(history[:3]).rsplit('"', 1)[0])
    put("batch", "packed.gz", gzip.compress(request(history[:2]).encode(), 9, mtime=0))
    put("batch", "packed.small", bare(request(lines[:1]).encode()))
    put("batch", "portal", "<!doctype html><title>Wi-Fi</title><p>Xin chào, đăng nhập để dùng mạng.\n")

    put("feed", "nothing-new", answer([], []))
    put("feed", "history", answer([], entries_of(history)))
    put("feed", "rulings", answer([f"{ids[lines[-1]]}\t{CONTACT}", f'{numbered(9)}\t{{"missing":["{numbered(8)}"]}}'], []))
    put("feed", "reset", answer([f'{ids[receive]}\t"applied"'], [], points=[[4, "0" * 32], [1, "f" * 32]]))
    put("feed", "gone", answer([], [f"1\tgone\t\"applied\"\t-\t{record}"]))
    put("feed", "just-sent", answer([], [f'1\top\t"applied"\t{RECEIPT}\t{ids[receive]}']))
    put("feed", "torn", answer([], entries_of(history[:2]))[:-40])

    asked = {"login": "an", "code": "ACDEF-34679", "device": numbered(1), "to": "A" * 43}
    put("unlock", "asked", json.dumps(asked))
    put("unlock", "sealed", json.dumps({**asked, "sealed": "A" * 155, "certificate": UNSIGNED + " {}"}))
    put("unlock", "box", json.dumps({"motcua": 1, "box": "A" * 120}))
    put("unlock", "answer", json.dumps({"motcua": 1, "answer": UNSIGNED + " " + json.dumps({"to": "A" * 43})}))

    for name, text in CARDS.items():
        put("card", name, text)
    for name, (method, path, headers, body) in SCANS.items():
        put("scan", name, "\n".join([method, path]) + "\n" + "".join(f"{line}\r\n" for line in [*headers, ""]) + body)


if __name__ == "__main__":
    main()
