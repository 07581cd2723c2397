"""Talks to a Jupyter kernel that isn't trusted, with the interface that nbval wants of a kernel."""

import time
from functools import partial
from queue import Empty

from ..results import Status
from .listener import Listener, Stopped


class Channels(Listener):
    """The channels of one kernel; a subclass starts it, calls `_begin`, sets `_session` and perhaps
    `_report`, calls `_attach`, and has `stop`."""

    language = "python"

    def _attach(self, connect):
        """Connect to the kernel's channels. connect: function (channel's name, kind) ->
        Connection."""
        self._listen(connect)
        self._greet()

    def _greet(self):
        """Ask until an answer comes on both channels: subscribing takes a moment."""
        for attempt in range(50):
            message = self._send("kernel_info_request", {})
            self._wait(partial(self._replied, message), 10)
            try:
                self.await_idle(message, 0.01 * (1 + attempt))
                return
            except Empty:
                continue
        raise Stopped(Status.KERNEL_DIED, "The kernel did not answer.")

    def _send(self, kind, content):
        """Send a request; return its id."""
        try:
            return self._session.send(self._shell, kind, content)["header"]["msg_id"]
        except TimeoutError:
            self._stop_with(Status.TIMED_OUT, "It did not read the next cell.")
        except OSError:
            self._say_how_it_ended()

    def execute_cell_input(self, cell_input, allow_stdin=None):
        """Send code to the kernel; return the message's id."""
        if self._poller is None:
            raise Stopped(Status.KERNEL_DIED, "The kernel is gone.")
        self._begin()
        content = {
            "code": cell_input,
            "silent": False,
            "store_history": False,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        return self._send("execute_request", content)

    def await_reply(self, msg_id, timeout=None):
        """Wait until the cell is done. Raises Stopped where it never will be."""
        seconds = self.seconds or timeout
        try:
            self._wait(lambda: self._replied(msg_id), seconds)
        except Empty:
            self._stop_with(Status.TIMED_OUT, f"It was still running after {seconds:.0f} seconds.")

    def _replied(self, msg_id):
        return self._last_reply == msg_id

    def get_message(self, stream, timeout=None):
        """Return the next message of iopub; Empty where none comes in time."""
        self._wait(lambda: self._messages, timeout)
        return self._messages.popleft()

    def await_idle(self, parent_id, timeout):
        """Read on until the kernel says that it has done this."""
        end = time.monotonic() + timeout
        while True:
            message = self.get_message("iopub", max(0, end - time.monotonic()))
            is_ours = message["parent_header"].get("msg_id") == parent_id
            if is_ours and message["content"].get("execution_state") == "idle":
                return

    def is_alive(self):
        """Whether cells can still be run."""
        return self._poller is not None

    def interrupt(self):
        """A cell that ran out of time loses its kernel: there is nothing to interrupt."""

    def run(self, source):
        """Run a cell and wait until it is done, whatever it says."""
        message = self.execute_cell_input(source)
        self.await_reply(message)

    def said(self, source, seconds=60):
        """Run a cell; return all that it printed, and its error."""
        message = self.execute_cell_input(source)
        self.await_reply(message, seconds)
        texts = []
        while True:
            content = self.get_message("iopub", 10)["content"]
            if content.get("execution_state") == "idle":
                return "".join(texts)
            texts.append(content.get("text") or "")
            if "ename" in content:
                texts.append(f"{content['ename']}: {content['evalue']}")
