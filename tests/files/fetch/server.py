"""A web server on this machine that misbehaves as asked: each path is a way to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n"
    b"BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20240101T000000Z\r\nDTSTART;VALUE=DATE:20240805\r\n"
    b"DTEND;VALUE=DATE:20240810\r\nSUMMARY:Dong - annual leave\r\nEND:VEVENT\r\n"
    b"END:VCALENDAR\r\n"
)


class Server(ThreadingHTTPServer):
    """Keeps the headers of every request; ``calendar`` is what good paths give."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.calendar = CALENDAR
        self.etag = '"one"'

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        way, _, rest = self.path.removeprefix("/").partition("/")
        getattr(self, f"way_{way.replace('-', '_')}", self.way_missing)(rest)

    def _send(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def way_good(self, _: str) -> None:
        if self.headers.get("If-None-Match") == self.server.etag:
            self._send(304, b"")
        else:
            self._send(200, self.server.calendar, ETag=self.server.etag)

    def way_login(self, _: str) -> None:
        given = self.headers.get("Authorization")
        self._send(*((200, CALENDAR) if given == "Basic bWU6YSBi" else (401, b"")))

    def way_page(self, _: str) -> None:
        self._send(200, b"\n<!DOCTYPE html><html>Sign in</html>", Content_Type="text/html")

    def way_text(self, _: str) -> None:
        self._send(200, b"hello")

    def way_empty(self, _: str) -> None:
        self._send(200, b"")

    def way_cut(self, _: str) -> None:
        self._send(200, CALENDAR[:100])

    def way_breaks_off(self, _: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(CALENDAR)))
        self.end_headers()
        self.wfile.write(CALENDAR[:100])

    def way_status(self, code: str) -> None:
        self._send(int(code), b"no")

    def way_to(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where.replace("@", ":/", 1))
        self.end_headers()

    def way_round(self, _: str) -> None:
        self.send_response(302)
        self.send_header("Location", "/round/")
        self.end_headers()

    def way_silent(self, _: str) -> None:
        time.sleep(20)

    def way_drips(self, _: str) -> None:
        """A byte at a time, for ever: never silent for long, never done."""
        self.send_response(200)
        self.end_headers()
        try:
            for byte in CALENDAR * 100:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def way_drips_headers(self, _: str) -> None:
        try:
            self.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
            for _ in range(400):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def way_huge(self, _: str) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            self.wfile.write(b"BEGIN:VCALENDAR\r\n")
            while True:
                self.wfile.write(b"X-FILLER:" + b"x" * 65536 + b"\r\n")
        except OSError:
            pass

    def way_nonsense(self, _: str) -> None:
        self.wfile.write(b"this is not HTTP\r\n\r\n")

    def way_missing(self, _: str) -> None:
        self._send(404, b"not here")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
