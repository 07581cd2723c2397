"""A real HTTP server on loopback that misbehaves as its paths say, and counts what it sends.

/good/NAME answers ranges; /plain/NAME ignores them; /slow/NAME sends slowly; /404/NAME, /403/NAME
and /500/NAME answer that; /flaky/NAME answers 503 twice, then well; /hang/NAME says nothing;
/early/NAME closes after a third of what is left; /html/NAME sends a web page; /wrong/NAME sends
other bytes of the right size; /short/NAME sends half; /nosize/NAME names no size.
"""

import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def log_message(self, *_):
        """Stay quiet."""

    def do_GET(self):
        _, mode, name = self.path.split("/", 2) if self.path.count("/") > 1 else ("", "good", "")
        name = name or self.path.strip("/")
        self.server.requests[mode] += 1
        body = self.server.files.get(name)
        if mode in ("404", "403", "500") or body is None:
            return self.send_error(int(mode) if mode.isdigit() else 404)
        if mode == "flaky" and self.server.requests[mode] <= 2:
            return self.send_error(503)
        if mode == "hang":
            return self.server.stop.wait(20)
        if mode == "html":
            body, kind = b"<html>Please log in</html>", "text/html; charset=utf-8"
            return self.send_body(mode, body, 0, kind)
        if mode == "wrong":
            body = bytes(255 - byte for byte in body)
        if mode == "short":
            body = body[: len(body) // 2]
        start = self.asked_start() if mode != "plain" else 0
        self.server.starts.append(start)
        if start >= len(body):
            return self.send_error(416)
        return self.send_body(mode, body, start)

    def asked_start(self):
        asked = self.headers.get("Range", "")
        return int(asked.removeprefix("bytes=").split("-")[0]) if asked else 0

    def send_body(self, mode, body, start, kind="application/octet-stream"):
        rest = body[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Type", kind)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        if mode != "nosize":
            self.send_header("Content-Length", str(len(rest)))
        self.send_header("ETag", f'"{hash(body)}"')
        self.end_headers()
        if mode == "early":
            rest = rest[: max(len(rest) // 3, 1)]
        step = 1 << 15 if mode == "slow" else 1 << 18
        for place in range(0, len(rest), step):
            try:
                self.wfile.write(rest[place : place + step])
            except OSError:
                return
            self.server.sent[mode] += len(rest[place : place + step])
            if mode == "slow":
                time.sleep(0.004)


class Server(ThreadingHTTPServer):
    """files: {name: bytes} it serves; requests, sent: counts by mode; starts: where each began."""

    daemon_threads = True

    def __init__(self, files):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files, self.requests, self.sent = dict(files), Counter(), Counter()
        self.starts = []
        self.stop = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"

    def close(self):
        self.stop.set()
        self.shutdown()
        self.server_close()
