"""Starts the forkserver, and asks it for kernels."""

import array
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from ... import config
from ...checks.probes import course_stand_ins
from ...errors import CourseError
from .box import Box

HERE = Path(__file__).parent
INSIDE = ("forkserver_main.py", "ipython_kernel.py", "join.py", "seccomp.py")
PROBES = config.ROOT / "utils" / "checks" / "probes"
ENVIRONMENT = {  # of the forkserver and of every kernel
    "PATH": "/usr/bin:/bin",
    "MALLOC_ARENA_MAX": "2",  # each reserves address space, which the limit of memory counts
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",  # the cores are busy with other boxes
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "CUDA_VISIBLE_DEVICES": "-1",
    "MPLBACKEND": "agg",
    "PYTHONDONTWRITEBYTECODE": "1",
}
FOLDERS = {"HOME": "", "TMPDIR": "", "MPLCONFIGDIR": "/matplotlib", "IPYTHONDIR": "/ipython"}


def environment(home="/tmp"):
    """Return the variables that a kernel sees. home: str, the folder that it may write to."""
    chosen = {name: os.environ[name] for name in ("KERAS_BACKEND",) if name in os.environ}
    folders = {name: home + folder for name, folder in FOLDERS.items()}
    return {**ENVIRONMENT, **folders, **chosen}


class ForkServer:
    """A process that has imported what a week needs. modules: list of str; new_box: class of the
    boxes into which it forks, `Box` or `OtherUser`.

    folder: pathlib.Path, its private folder with copies of the probes and of `inside`; that, and
    nothing else of the course, is what a box sees.
    """

    def __init__(self, modules, new_box=Box):
        self.modules, self.new_box = list(modules), new_box
        self.folder = Path(tempfile.mkdtemp(prefix="forkserver-"))
        self.folder.chmod(0o755)  # another user reads it in the box
        self.private = Path(tempfile.mkdtemp(prefix="grading-"))
        self.socket = str(self.private / "socket")
        self._copy()
        log = open(self.private / "log", "wb")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(self.folder / "forkserver_main.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment(),
            cwd="/",
            text=True,
        )
        settings = {
            "socket": self.socket,
            "modules": self.modules,
            "folders": [str(self.folder), str(self.private)],
        }
        log.close()
        self.process.stdin.write(json.dumps(settings) + "\n")
        self.process.stdin.flush()
        self.is_ready = False

    def _copy(self):
        for name in INSIDE:
            shutil.copy(HERE / "inside" / name, self.folder / name)
        shutil.copytree(
            PROBES, self.folder / "probes", ignore=shutil.ignore_patterns("__pycache__")
        )
        course_stand_ins.lend(config.ROOT, self.folder)
        for path in (self.folder, *self.folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)

    @property
    def address(self):
        """What a kernel needs: the folder that boxes see, the socket, the class of boxes."""
        return self.folder, self.socket, self.new_box

    def wait(self):
        """Wait until all modules are imported."""
        if not self.is_ready and self.process.stdout.readline() != "ready\n":
            log = (self.private / "log").read_text(errors="replace")[-2000:]
            self.close()
            raise CourseError(f"The forkserver did not start.\n{log}")
        self.is_ready = True

    def close(self):
        """End it; it removes its folders."""
        self.process.stdin.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.private, ignore_errors=True)


def fork_into(box, address, request, report, streams):
    """Have the forkserver fork a process into a box.

    address: str, the forkserver's socket; request: dict with "role" ("kernel" or "trial"), "limits"
    and what the role needs; report: descriptor, which is closed here, that tells how it ended;
    streams: list of descriptors that it gets.
    """
    about = {"uid": box.uid, "environment": environment(box.home), "folder": box.home}
    request = {**about, **request}
    request["streams"] = len(streams)
    namespaces = box.namespaces()
    try:
        _ask(address, [*namespaces.values(), report, *streams], request)
    finally:
        for descriptor in (*namespaces.values(), report):
            os.close(descriptor)


def _ask(path, descriptors, request):
    """Send one request to the forkserver that listens at `path`."""
    descriptors = array.array("i", descriptors)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
        connection.connect(path)
        connection.sendmsg(
            [json.dumps(request).encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, descriptors)]
        )
