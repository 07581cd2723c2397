"""The clean side of a kernel: the process that runs the probes, as the grader sees it.

It holds no code of the learner's. Beside a boxed kernel it is a fork of the same forkserver, in a
box of its own; beside a local one, a thread of the grader.
"""

import os
import secrets
import select
import socket
import threading

from ...checks.probes import trial
from ...checks.probes.wire import Gone, Stream
from .forkserver import fork_into

SECONDS = 10  # until it has sent its evidence, once the kernel says that it is done
NO_EVIDENCE = "It sent no evidence."
START_SECONDS = 60


class Trial:
    """Asks for evidence. control: socket, connected to the clean side.

    is_in_step: whether the next answer will be that to the next question.
    """

    is_in_step = True

    def __init__(self, control):
        self._socket = control
        control.settimeout(SECONDS)
        self._control = Stream(control.makefile("rb"), control.makefile("wb"))

    def begin(self, week, exercise, seed):
        """Have an exercise tried, as soon as the kernel lets it. week, seed: int."""
        self._control.send({"week": week, "exercise": exercise, "seed": seed})

    def evidence(self, exercise):
        """Return what the clean side says of the exercise that it began, see `probes.trial.answer`:
        a dict, with "problem" where there is no evidence."""
        try:
            sent = self._control.receive()
            self.is_in_step = sent.get("exercise") == exercise
        except Gone:
            self.is_in_step = False
        return sent if self.is_in_step else {"problem": NO_EVIDENCE}

    def is_gone(self):
        """Whether the process ended by itself, as one does that takes too much memory."""
        if not select.select([self._socket], [], [], 0)[0]:
            return False  # it is there, and silent
        try:
            return not self._socket.recv(1, socket.MSG_PEEK)
        except OSError:
            return True

    def close(self):
        self._control.close()
        self._socket.close()


class BoxedTrial(Trial):
    """In a box of its own. forkserver: its address; limits: dict, see `boxed_kernel.LIMITS`.

    stream: socket, the other end of the connection to the kernel.
    """

    def __init__(self, forkserver, limits, stream):
        ours, theirs = socket.socketpair()
        super().__init__(ours)
        folder, address, new_box = forkserver
        self.box = new_box(folder)
        self._report, report = os.pipe()
        with theirs, stream:
            streams = [theirs.fileno(), stream.fileno()]
            fork_into(self.box, address, {"role": "trial", "limits": limits}, report, streams)

    def close(self):
        super().close()
        self.box.close()
        if self._report is not None:
            os.close(self._report)
            self._report = None


class LocalTrial(Trial):
    """In a thread of this process. where: str, tells the kernel where to connect."""

    def __init__(self):
        ours, theirs = socket.socketpair()
        super().__init__(ours)
        self._token = secrets.token_hex(16)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(START_SECONDS)
        self.where = f"{self._listener.getsockname()[1]}:{self._token}"
        threading.Thread(target=self._serve, args=(theirs,), daemon=True).start()

    def _serve(self, control):
        try:
            stream, _ = self._listener.accept()
        except OSError:
            return
        stream.settimeout(None)
        if stream.recv(len(self._token), socket.MSG_WAITALL) == self._token.encode():
            trial.serve(trial.connect(control.detach()), trial.connect(stream.detach()))

    def close(self):
        super().close()
        self._listener.close()
