"""What two parts of the sandbox earn: kernels that are forked, and messages that are counted.

    python -m tests.benchmarks.kernels forks 1 3     submissions a minute, forked and started cold
    python -m tests.benchmarks.kernels messages      memory that a message without an end takes

It prints a table; copy it to utils/grading/sandbox/README.md. A cold kernel here has no box: a box
would add its 14 ms to it.
"""

import contextlib
import os
import signal
import socket
import statistics
import struct
import sys
import tempfile
import time
from pathlib import Path

import zmq

from utils.grading.batch import Grader, open_forkserver
from utils.grading.intake import submissions
from utils.grading.sample_cohort import make_cohort
from utils.grading.sandbox.listener import MIB, OUTPUT_LIMIT
from utils.grading.sandbox.zmtp import GREETING, Connection, TooMuch

COUNT, SECONDS = 6, 6
PUB_IS_READY = b"\x05READY\x0bSocket-Type\0\0\0\x03PUB"
ENDLESS = struct.pack("!BQ", 3, MIB) + bytes(MIB)  # a part of 1 MiB, and more to come


def seconds_of(grader, submission):
    """Return the seconds that one submission takes."""
    start = time.perf_counter()
    grader.grade(submission)
    return time.perf_counter() - start


def forks(week, folder):
    """Print what a week's submissions take, each graded in both ways in turn."""
    cohort = folder / f"week{week}"
    make_cohort(cohort, week, COUNT, seed=1)
    found = submissions.find(cohort, folder / "none")
    server = open_forkserver(week)
    try:
        server.wait()
        evidence = folder / f"evidence{week}"
        forked, cold = Grader(week, 1, evidence, server), Grader(week, 1, evidence)
        forked.grade(found[0])  # computes the evidence of references, once
        times = [(seconds_of(forked, one), seconds_of(cold, one)) for one in found]
    finally:
        server.close()
    rates = [60 / statistics.mean(column) for column in zip(*times)]
    ratio = statistics.median(slow / fast for fast, slow in times)
    print(f"| week {week} | {rates[0]:.0f} | {rates[1]:.1f} | {ratio:.1f} |")


def send_without_end(address):
    """Be a kernel that sends parts of one message without an end."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen()
    connection, _ = listener.accept()
    connection.sendall(GREETING + struct.pack("!BB", 4, len(PUB_IS_READY)) + PUB_IS_READY)
    with contextlib.suppress(OSError):  # the reader has gone
        for _ in range(4000):
            connection.sendall(ENDLESS)


def memory():
    """Return the megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def by_libzmq(address):
    """Read with libzmq, capped in size and number of messages; return the memory held."""
    context = zmq.Context()
    reader = context.socket(zmq.SUB)
    for option, value in ((zmq.MAXMSGSIZE, OUTPUT_LIMIT), (zmq.RCVHWM, 10), (zmq.SUBSCRIBE, b"")):
        reader.setsockopt(option, value)
    reader.connect(f"ipc://{address}")
    time.sleep(SECONDS)
    return memory()


def by_our_own(address):
    """Read with the course's own connection until it refuses; return the memory held."""
    connection = Connection(address, b"SUB", OUTPUT_LIMIT)
    try:
        while True:
            connection.read()
    except TooMuch:
        return memory()


def messages(folder):
    """Print how much memory each reader took."""
    for read in (by_libzmq, by_our_own):
        address = str(folder / read.__name__)
        sender = os.fork()
        if sender == 0:
            send_without_end(address)
            os._exit(0)
        time.sleep(0.5)
        before = memory()
        print(f"| {read.__name__} | {read(address) - before:.0f} MB |")
        os.kill(sender, signal.SIGKILL)
        os.waitpid(sender, 0)


def main(part, *weeks):
    """Run one part."""
    with tempfile.TemporaryDirectory() as folder:
        if part == "messages":
            messages(Path(folder))
        for week in weeks:
            forks(int(week), Path(folder))


if __name__ == "__main__":
    os.environ["COURSE_PROFILE"] = "tiny"
    main(*sys.argv[1:])
