"""A kernel in a box."""

import os
import secrets
import select
import socket

from jupyter_client.session import Session

from ..results import Status
from .channels import Channels
from .forkserver import fork_into
from .limits import MEMORY
from .listener import MIB, Stopped, connect
from .memory import Memory
from .trials import BoxedTrial

LIMITS = {
    "memory": MEMORY,
    "file_bytes": 32 * MIB,
    "cpu_seconds": 3600,
    "threads": 512,
    "files": 512,
}
START_SECONDS = 60
PORTS = {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5}
SOCKETS = ".sockets/kernel"  # in the home of the box


class BoxedKernel(Channels):
    """A Jupyter kernel, forked by the forkserver into a box of its own.

    forkserver: its address, see `ForkServer`; limits: dict, what differs from LIMITS.
    """

    trial = None  # the BoxedTrial beside it
    memory = None  # a Memory, as soon as there is a kernel to watch

    def __init__(self, forkserver, limits=None):
        folder, address, new_box = forkserver
        limits = {**LIMITS, **(limits or {})}
        self._begin()
        self.box = new_box(folder)
        try:
            ours, theirs = socket.socketpair()
            self._ask(address, ours, limits)
            self.trial = BoxedTrial(forkserver, limits, theirs)
            self._connect(limits["memory"])
        except BaseException:
            self.stop()
            raise

    def _ask(self, address, stream, limits):
        """Have the kernel forked. stream: socket, its end of the connection to the clean side."""
        self._report, report = os.pipe()
        self._key = secrets.token_hex(32)
        connection = {"transport": "ipc", "ip": f"{self.box.home}/{SOCKETS}", **PORTS}
        request = {"role": "kernel", "limits": limits, "key": self._key, "connection": connection}
        with stream:
            fork_into(self.box, address, request, report, [stream.fileno()])

    def _connect(self, limit):
        self._await_byte()
        self._session = Session(key=self._key.encode(), signature_scheme="hmac-sha256")
        base = f"{self.box.root}{self.box.home}/{SOCKETS}"
        self._attach(lambda name, kind: connect(f"{base}-{PORTS[f'{name}_port']}", kind))
        self.memory = Memory(self._shell.peer(), self.box.written, limit)

    def _watch(self):
        if self.memory is not None and self.memory.is_over():
            limit = self.memory.limit / 1024 / MIB
            size = f"{limit:.3g} GB" if limit >= 1 else f"{limit * 1024:.0f} MB"
            self._stop_with(Status.KERNEL_DIED, f"It took more than {size} of memory.")
        if self.box.is_full():
            self._stop_with(Status.KERNEL_DIED, "It wrote more files than it may.")

    def _was_short(self):
        return self.memory is not None and self.memory.was_short()

    def _await_byte(self):
        """Wait until the kernel has bound its sockets."""
        poller = select.poll()
        poller.register(self._report, select.POLLIN)
        if not poller.poll(START_SECONDS * 1000):
            raise Stopped(
                Status.KERNEL_DIED, f"The kernel did not start in {START_SECONDS} seconds."
            )
        said = os.read(self._report, 4096)
        if not said.startswith(b"r"):
            raise Stopped(Status.KERNEL_DIED, f"The kernel did not start: {said.decode()[:500]}")

    def stop(self):
        """End the kernel and its box."""
        self._poller = None
        self.box.close()
        if self.trial is not None:
            self.trial.close()
            self.trial = None
        self._close_channels()
        if self._report is not None:
            os.close(self._report)
            self._report = None
