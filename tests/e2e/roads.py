# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad roads between a desk and the province: one that loses answers, one that refuses, one that is no road."""

import http.client
import http.server
import socket
import threading
import time


class LossyRoad:
    """Passes bytes on to a port. While `losing`, requests arrive and their answers do not; while
    `halving`, half of each answer does; with a `budget`, all breaks after so many bytes of answers more; with a
    `budget_up`, of requests."""

    def __init__(self, port):
        self.port = port
        self.losing = False
        self.halving = False
        self.budget = None
        self.budget_up = None
        self.lost = 0
        self.bytes_up = 0
        self.bytes_down = 0
        self.requests = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                desk, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(desk,), daemon=True).start()

    def _serve(self, desk):
        self.requests += 1
        with desk:
            try:
                province = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            except OSError:
                return
            with province:
                up = threading.Thread(target=self._up, args=(desk, province), daemon=True)
                up.start()
                self._down(province, desk)
                # Wakes the thread that may still be waiting for the desk.
                self._shut(desk)
                up.join(5)

    def _up(self, desk, province):
        try:
            while data := desk.recv(65536):
                if self.budget_up is not None:
                    data = data[: self.budget_up]
                    self.budget_up -= len(data)
                self.bytes_up += len(data)
                province.sendall(data)
                if self.budget_up == 0:
                    self._shut(desk)
                    self._shut(province)
                    return
            province.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def _down(self, province, desk):
        try:
            while data := province.recv(65536):
                if self.losing:
                    # The whole answer is there: the province has committed.
                    self.lost += 1
                    return
                if self.halving:
                    data = data[: len(data) // 2]
                if self.budget is not None:
                    data = data[: self.budget]
                    self.budget -= len(data)
                self.bytes_down += len(data)
                desk.sendall(data)
                if self.halving or self.budget == 0:
                    self.lost += 1
                    return
        except OSError:
            pass

    @staticmethod
    def _shut(end):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def close(self):
        self._shut(self.listener)
        self.listener.close()


class SlowRoad(LossyRoad):
    """Passes on `rate` bytes a second each way; None: all at once."""

    def __init__(self, port, rate):
        self.rate = rate
        super().__init__(port)

    def _pass(self, source, sink):
        due = 0
        try:
            while data := source.recv(2048 if self.rate else 65536):
                if self.rate:
                    # By the clock, so that a busy machine makes the line no slower.
                    due = max(due, time.monotonic() - 0.2) + len(data) / self.rate
                    time.sleep(max(0, due - time.monotonic()))
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def _up(self, desk, province):
        self._pass(desk, province)

    def _down(self, province, desk):
        self._pass(province, desk)


class _GatewayPage(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}

    def refuse(self, status, headers):
        page = f"<html><h1>{status}</h1><hr>gateway</html>".encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "text/html", "Content-Length": str(len(page))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page)
        return status

    def carry_on(self, body):
        gateway = self.server.gateway
        province = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=60)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in self.HOP}
        province.request(self.command, self.path, body, headers)
        answer = province.getresponse()
        data = answer.read()
        province.close()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in self.HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        return answer.status

    def answer(self):
        gateway = self.server.gateway
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        gateway.taken += 1
        if gateway.busy or (gateway.most is not None and gateway.taken > gateway.most):
            status = self.refuse(503, {"Retry-After": str(gateway.busy or 60)})
        elif gateway.largest is not None and len(body) > gateway.largest:
            status = self.refuse(413, {})
        else:
            status = self.carry_on(body)
        gateway.seen.append((self.command, self.path, len(body), status))

    do_GET = do_POST = do_PUT = do_PATCH = do_HEAD = answer

    def log_message(self, *_):
        pass


class Gateway:
    """A proxy in front of the province: takes no body over `largest` bytes, nothing while `busy` (the seconds
    that it asks for), and nothing after `most` requests in all."""

    def __init__(self, port):
        self.port = port
        self.busy = 0
        self.largest = None
        self.most = None
        self.taken = 0
        self.seen = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _GatewayPage)
        self.server.daemon_threads = True
        self.server.gateway = self
        # A desk that went away meanwhile is nothing to tell of.
        self.server.handle_error = lambda *_: None
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class _PortalPage(http.server.BaseHTTPRequestHandler):
    PAGE = "<!doctype html><title>Wi-Fi</title><p>Xin chào, đăng nhập để dùng mạng.".encode()

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.PAGE)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(self.PAGE)

    do_GET = do_POST = do_PUT = do_PATCH = do_HEAD = answer

    def log_message(self, *_):
        pass


class Portal:
    """The sign-in page of a guest network: 200 and HTML to everything, on a given port."""

    def __init__(self, port):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), _PortalPage)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
