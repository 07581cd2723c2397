"""Fetch + verify + unpack beside plain curl + sha256sum + tar, on the same files in one run.

    COURSE_MIRROR=... python -m tests.benchmarks.downloads

Prints, for each archive of the mirror, MB/s of the archive for both, and their ratio, as the median
of several rounds in which the two take turns. Goal: at most 1.2 times curl's seconds.
"""

import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.support.helpers import environment
from utils import config

ARCHIVES = ("cifar-10-python.tar.gz", "102flowers.tgz", "Flickr8k_Dataset.zip")
ROUNDS = 5


class Quiet(SimpleHTTPRequestHandler):
    """Serve a folder without a log."""

    def log_message(self, *_):
        """Say nothing."""


def ours(name, address, folder):
    """Return the seconds of fetch + verify + unpack, measured inside a fresh process."""
    code = (
        "import sys, time; from utils.download import unpack; start = time.perf_counter();"
        "unpack(sys.argv[1]); print('seconds', time.perf_counter() - start)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, name],
        cwd=config.ROOT,
        env=environment(COURSE_DATA=str(folder), COURSE_MIRROR=address),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.rsplit("seconds ", 1)[1])


def plain(name, address, folder, expected):
    """Return the seconds of curl, then sha256sum, then tar or unzip."""
    archive = folder / name
    unpack = (
        ["unzip", "-q", str(archive)] if name.endswith(".zip") else ["tar", "xzf", str(archive)]
    )
    start = time.perf_counter()
    subprocess.run(["curl", "-s", "-o", str(archive), f"{address}/{name}"], check=True)
    found = subprocess.run(["sha256sum", str(archive)], capture_output=True, text=True, check=True)
    assert found.stdout.startswith(expected)
    subprocess.run(unpack, cwd=folder, check=True)
    return time.perf_counter() - start


def main():
    """Run all rounds and print a table."""
    mirror = Path(os.environ["COURSE_MIRROR"])
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(mirror)))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    print(f"{config.describe_machine()}\nmedian of {ROUNDS} rounds")
    print(
        f"{'archive':26} {'MB':>6} {'ours MB/s':>10} {'curl MB/s':>10} {'our seconds / curl':>19}"
    )
    for name in ARCHIVES:
        size = (mirror / name).stat().st_size / 1e6
        expected = hashlib.sha256((mirror / name).read_bytes()).hexdigest()
        times = []
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory() as a, tempfile.TemporaryDirectory() as b:
                pair = ours(name, address, a), plain(name, address, Path(b), expected)
                times.append(pair)
        mine, theirs = (statistics.median(column) for column in zip(*times, strict=True))
        ratio = statistics.median(a / b for a, b in times)
        print(f"{name:26} {size:6.1f} {size / mine:10.1f} {size / theirs:10.1f} {ratio:19.2f}")
    server.shutdown()


if __name__ == "__main__":
    main()
