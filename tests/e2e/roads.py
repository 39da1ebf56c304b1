# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad roads between a desk and the province: one that loses answers, and one that is no road."""

import http.server
import socket
import threading


class LossyRoad:
    """Passes bytes on to a port. While `losing`, requests arrive and their answers do not."""

    def __init__(self, port):
        self.port = port
        self.losing = False
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
                self.bytes_up += len(data)
                province.sendall(data)
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
                self.bytes_down += len(data)
                desk.sendall(data)
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
