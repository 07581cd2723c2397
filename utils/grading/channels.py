"""Talks to a Jupyter kernel that isn't trusted, with the interface that nbval wants of a kernel.

Bytes are counted before they are read, a message that can't be read ends the kernel, and its end is
noticed at once.
"""

import json
import os
import time
from collections import deque
from functools import partial
from queue import Empty

import zmq

MIB = 1 << 20
OUTPUT_LIMIT = 8 * MIB  # bytes that one cell may send; evidence is far smaller
IDLE_SECONDS, POLL_SECONDS = 5, 0.5


class Stopped(Exception):
    """A cell was stopped. status: one of the statuses of `judging`; text: the reason in words."""

    def __init__(self, status, text):
        super().__init__(text)
        self.status, self.text = status, text


def careful_context():
    """Return a ZeroMQ context whose sockets are bounded, and connect once."""
    context = zmq.Context()
    context.setsockopt(zmq.LINGER, 0)
    context.setsockopt(zmq.MAXMSGSIZE, OUTPUT_LIMIT)  # larger ones break the connection
    context.setsockopt(zmq.RECONNECT_IVL, -1)  # what stands at the address later isn't trusted
    context.setsockopt(zmq.RCVHWM, 10_000)
    return context


class Channels:
    """The channels of one kernel; a subclass starts it, sets `_session` and `_context`, calls
    `_attach`, and has `stop`. `_report` is a descriptor that tells its end, or None."""

    language = "python"
    seconds = None  # that the next cell may take; nbval's own option holds for all cells
    _context = _poller = _report = _session = None

    def _begin(self):
        """Forget what came from the cell before."""
        self._messages, self._bytes, self._last_reply = deque(), 0, None
        self._deadline = time.monotonic() + (self.seconds or 1e9) + IDLE_SECONDS

    def _attach(self, addresses):
        """Connect to the kernel's channels. addresses: dict with shell and iopub."""
        self._shell = self._context.socket(zmq.DEALER)
        self._iopub = self._context.socket(zmq.SUB)
        self._iopub.subscribe(b"")
        self._shell.connect(addresses["shell"])
        self._iopub.connect(addresses["iopub"])
        self._broken = [
            channel.get_monitor_socket(zmq.EVENT_DISCONNECTED)
            for channel in (self._shell, self._iopub)
        ]
        self._poller = zmq.Poller()
        for source in (self._shell, self._iopub, *self._broken):
            self._poller.register(source, zmq.POLLIN)
        if self._report is not None:
            self._poller.register(self._report, zmq.POLLIN)
        self._greet()

    def _greet(self):
        """Ask until an answer comes on both channels: subscribing takes a moment."""
        for attempt in range(50):
            message = self._session.send(self._shell, "kernel_info_request", {})["header"]["msg_id"]
            self._wait(partial(self._replied, message), 10)
            try:
                self.await_idle(message, 0.01 * (1 + attempt))
                return
            except Empty:
                continue
        raise Stopped("kernel died", "The kernel did not answer.")

    # --- what nbval calls

    def execute_cell_input(self, cell_input, allow_stdin=None):
        """Send code to the kernel; return the message's id."""
        self._begin()
        content = {
            "code": cell_input,
            "silent": False,
            "store_history": False,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        return self._session.send(self._shell, "execute_request", content)["header"]["msg_id"]

    def await_reply(self, msg_id, timeout=None):
        """Wait until the cell is done. Raises Stopped where it never will be."""
        seconds = self.seconds or timeout
        try:
            self._wait(lambda: self._replied(msg_id), seconds)
        except Empty:
            self._stop_with("timed out", f"It was still running after {seconds:g} seconds.")

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

    # --- reading

    def _replied(self, msg_id):
        return self._last_reply == msg_id

    def _stop_with(self, status, text):
        self.stop()
        raise Stopped(status, text)

    def _wait(self, done, seconds):
        """Read what comes until `done()`; Empty when the time is over."""
        end = min(time.monotonic() + (1e9 if seconds is None else seconds), self._deadline)
        while not done():
            if self._poller is None:
                raise Stopped("kernel died", "The kernel is gone.")
            left = max(0, end - time.monotonic())
            ready = dict(self._poller.poll(min(left, POLL_SECONDS) * 1000))
            if ready and time.monotonic() < self._deadline:
                self._read(ready)
            elif self._is_gone():
                self._stop_with("kernel died", "The process of the notebook ended.")
            elif time.monotonic() >= self._deadline:
                self._stop_with("timed out", "It was not done when its time was over.")
            elif left <= POLL_SECONDS:
                raise Empty

    def _is_gone(self):
        """Whether the kernel ended without a word; that of a box always reports."""
        return False

    def _read(self, ready):
        for channel in (self._iopub, self._shell):
            if channel in ready:
                self._take(channel)
                return  # what was sent comes before the news that the kernel is gone
        if self._report in ready:
            self._stop_with("kernel died", self._last_words())
        if any(monitor in ready for monitor in self._broken):
            self._end_of_connection()

    def _end_of_connection(self):
        """A connection breaks where the kernel ended, and where a message was too long."""
        poller = zmq.Poller()
        if self._report is not None:
            poller.register(self._report, zmq.POLLIN)
        if self._report is not None and poller.poll(1000):
            self._stop_with("kernel died", self._last_words())
        if self._is_gone():
            self._stop_with("kernel died", "The process of the notebook ended.")
        self._stop_with("output limit", f"It sent more than {OUTPUT_LIMIT // MIB} MB at once.")

    def _last_words(self):
        text = os.read(self._report, 4096).decode(errors="replace")
        try:
            code = json.loads(text)["ended"]
        except (ValueError, KeyError, TypeError):
            return "The process of the notebook ended."
        how = f"by signal {-code}" if code < 0 else f"with exit status {code}"
        return f"The process of the notebook ended {how}."

    def _take(self, channel):
        parts = channel.recv_multipart(zmq.NOBLOCK)
        self._bytes += sum(map(len, parts))
        if self._bytes > OUTPUT_LIMIT:
            self._stop_with("output limit", f"It printed more than {OUTPUT_LIMIT // MIB} MB.")
        try:
            _, parts = self._session.feed_identities(parts)
            message = self._session.deserialize(parts)
            answered = message["parent_header"].get("msg_id")
            if not isinstance(message["content"], dict):
                raise ValueError("a message without content")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._stop_with("kernel died", "It sent messages that can't be read.")
        if channel is self._shell:
            self._last_reply = answered
        else:
            self._messages.append(message)

    def _close_channels(self):
        self._poller = None
        if self._context is not None:
            self._context.destroy(linger=0)
            self._context = None
