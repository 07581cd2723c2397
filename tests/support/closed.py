"""Real closed places: files of another account, folders without permission, and small disks.

Root overrules permissions, so what is tried as root runs in a thread that has given up that right.
"""

import contextlib
import ctypes
import functools
import os
import shutil
import subprocess
import sys
import threading

import pytest

from tests.support.helpers import environment
from utils import config

OVERRULE = (1, 2, 3)  # capabilities: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
VERSION, DROP_FROM_BOUNDING_SET = 0x20080522, 24
SOMEBODY = 4321  # the number of an account that isn't this one

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)


def obeying(test):
    """Run a test in a thread that obeys permissions, also if root runs it."""

    @functools.wraps(test)
    def run(*args, **options):
        failed = []

        def body():
            try:
                if os.geteuid() == 0:
                    _obey()
                test(*args, **options)
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=body)
        thread.start()
        thread.join()
        if failed:
            raise failed[0]

    return run


def _obey():
    """Give up root's right to overrule permissions, for this thread and what it starts."""
    if sys.platform != "linux":
        pytest.skip("root can give up its rights only on Linux")
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(VERSION, 0), (ctypes.c_uint32 * 6)()
    for right in OVERRULE:
        libc.prctl(DROP_FROM_BOUNDING_SET, right, 0, 0, 0)
    if libc.capget(header, sets) != 0:
        pytest.skip("this system doesn't say what root may do")
    for number in range(3):  # effective, permitted, inheritable
        sets[number] &= ~sum(1 << right for right in OVERRULE)
    assert libc.capset(header, sets) == 0


@contextlib.contextmanager
def closed(folder, mode=0o555):
    """Take the right to write into a folder while the block runs."""
    before = folder.stat().st_mode
    folder.chmod(mode)
    try:
        yield folder
    finally:
        folder.chmod(before)


def given_away(path, mode=0o600):
    """Give a file or folder to another account, which alone may use it."""
    path.chmod(mode)
    os.chown(path, SOMEBODY, SOMEBODY)
    return path


def in_box(code, *options, timeout=300, **changes):
    """Run Python code in a box of bubblewrap whose disks `options` decide; return what it prints.

    options: bubblewrap's, which come after the whole system, such as `--ro-bind A A`, or `--size`,
    N, `--tmpfs`, DIR for a small disk. timeout: seconds. changes: environment variables.
    """
    if shutil.which("bwrap") is None:
        pytest.skip("needs bubblewrap for its disks")
    box = ["bwrap", "--dev-bind", "/", "/", *map(str, options)]
    if subprocess.run([*box, "true"], capture_output=True).returncode:
        pytest.skip("bubblewrap doesn't work here")
    done = subprocess.run(
        [*box, sys.executable, "-c", code],
        cwd=config.ROOT,
        env=environment(TF_CPP_MIN_LOG_LEVEL="3", **changes),
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
