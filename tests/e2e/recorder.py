# SPDX-License-Identifier: GPL-3.0-or-later
"""A road that changes nothing and writes down what goes over it. The server closes a connection after each answer,
so that one connection is one request and its answer."""

import base64
import json
import os
import socket
import threading
import zlib

SOURCE = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))


def words():
    """What a small request is packed with."""
    with open(os.path.join(SOURCE, "data", "protocol", "vectors", "wire.json"), encoding="utf-8") as file:
        return json.load(file)["words"].encode()


def unpacked(headers, body):
    encoding = {name.lower(): value for name, value in headers}.get("content-encoding")
    if encoding == "gzip":
        return zlib.decompress(body, 31)
    if encoding == "mc":
        return zlib.decompressobj(-15, zdict=words()).decompress(body)
    return body


def parted(data):
    """The first line, the headers and the body of what went one way; None where it was cut off."""
    head, end, body = data.partition(b"\r\n\r\n")
    if not end:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = [line.split(": ", 1) for line in lines]
    length = {name.lower(): value for name, value in headers}.get("content-length")
    return (first, headers, body) if length is None or int(length) == len(body) else None


class Recorder:
    def __init__(self, port):
        self.port = port
        self.kept = []
        self.lock = threading.Lock()
        self.threads = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                desk, _ = self.listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(desk,), daemon=True)
            self.threads.append(thread)
            thread.start()

    def _serve(self, desk):
        up, down = bytearray(), bytearray()
        with desk, socket.create_connection(("127.0.0.1", self.port), timeout=90) as province:
            thread = threading.Thread(target=self._carry, args=(desk, province, up), daemon=True)
            thread.start()
            self._carry(province, desk, down)
            try:
                desk.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            thread.join(10)
        with self.lock:
            self.kept.append((bytes(up), bytes(down)))

    @staticmethod
    def _carry(source, to, kept):
        try:
            while data := source.recv(65536):
                kept += data
                to.sendall(data)
            to.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def exchanges(self):
        """What came through whole, in the form that tests/node/openapi.mjs reads."""
        for thread in self.threads:
            thread.join(15)
        return [e for e in (self._exchange(*kept) for kept in self.kept) if e is not None]

    @staticmethod
    def _exchange(up, down):
        asked, answer = parted(up), parted(down)
        if asked is None:
            # Of a torn request the answer still counts.
            asked = (up.partition(b"\r\n")[0].decode("latin-1"), [], b"")
        if answer is None or asked[0].count(" ") != 2:
            return None
        method, path, _ = asked[0].split(" ")
        text = {}
        for name, (_, headers, body) in (("asked", asked), ("answered", answer)):
            try:
                text[name] = unpacked(headers, body)
            except zlib.error:
                text[name] = body
        return {
            "method": method,
            "path": path,
            "status": int(answer[0].split(" ")[1]),
            "asked": {"headers": asked[1], "body": base64.b64encode(text["asked"]).decode()},
            "answered": {"headers": answer[1], "body": base64.b64encode(text["answered"]).decode()},
        }

    def close(self):
        self.listener.close()
