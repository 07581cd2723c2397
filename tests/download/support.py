"""What tests of downloads share: servers, each a host with a pace of its own; small disks."""

import contextlib
import hashlib
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from tests.support.helpers import environment
from utils import config
from utils.download.cache import fetch

BODY = np.random.default_rng(1).bytes(3_000_000)
SLOW = 20_000  # bytes per second; the default minimum is ten times as much
TICK = 0.05  # seconds between two pieces


class Source(ThreadingHTTPServer):
    """Serves `body` under any path, and counts.

    pace: bytes per second, or None for as fast as it goes; at_once: how many bytes of the file are
    sent before the pace holds; every: seconds between two pieces, by default TICK. ranges: whether
    it answers them; tag: its ETag; total: the size that Content-Range states, if a wrong one;
    encoding: how it labels what it sends; sized: whether it states a size.
    starts: where each of its answers began; sent: bytes.
    """

    daemon_threads = True

    def __init__(self, body, pace=None, at_once=0, every=TICK, ranges=True, tag='"1"', total=None,
                 encoding="", sized=True, files=None):  # fmt: skip
        super().__init__(("127.0.0.1", 0), Handler)
        self.body, self.pace, self.at_once, self.every = body, pace, at_once, every
        self.ranges, self.tag, self.total = ranges, tag, total
        self.encoding, self.sized, self.files = encoding, sized, files or {}
        self.starts, self.sent = [], 0
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_):
        """Say nothing: clients leave."""

    def close(self):
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""

    def do_GET(self):
        server, name = self.server, self.path.rpartition("/")[2]
        body = server.files.get(name, server.body)
        if body is None:
            return self.send_error(404)
        asked = self.headers.get("Range", "") if server.ranges else ""
        if asked and self.headers.get("If-Range") not in (None, server.tag):
            asked = ""
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        server.starts.append(start)
        if start >= len(body):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(body)}")
            return self.end_headers()
        self.send_response(206 if asked else 200)
        if asked:
            total = server.total or len(body)
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        if server.sized:
            self.send_header("Content-Length", str(len(body) - start))
        if server.tag:
            self.send_header("ETag", server.tag)
        if server.encoding:
            self.send_header("Content-Encoding", server.encoding)
        self.end_headers()
        return self.send_paced(body, start)

    def send_paced(self, body, at):
        server, next_time = self.server, time.monotonic()
        while at < len(body):
            if server.pace is None:
                size = len(body) - at
            elif at < server.at_once:
                size = server.at_once - at
            else:
                size = max(round(server.pace * server.every), 1)
                next_time = max(next_time, time.monotonic() - server.every) + server.every
            piece = body[at : at + size]
            try:
                self.wfile.write(piece)
            except OSError:
                return
            at += len(piece)
            server.sent += len(piece)
            time.sleep(max(next_time - time.monotonic(), 0))


def hash_of(body):
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def assert_right(cache, name="a.bin", body=BODY):
    assert fetch(name).read_bytes() == body
    assert not [path.name for path in cache.iterdir() if ".part" in path.name]


def fetch_elsewhere(registry_file, cache, window=None):
    """Start another Python that fetches, by default with the default window; return its Popen."""
    code = (
        "import sys; from pathlib import Path; from utils import registry;"
        "from utils.download import fetch, rate; registry.REGISTRY_FILE = Path(sys.argv[1]);"
        f"rate.WINDOW_SECONDS = {window} or rate.WINDOW_SECONDS; print(fetch('a.bin'))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(registry_file)],
        cwd=config.ROOT,
        env=environment(COURSE_DATA=str(cache)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextlib.contextmanager
def small_disk(folder, size="1m"):
    """Mount a real disk of one megabyte, or skip where this user may not."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)
