"""Waits for what a kernel sends: bytes are counted as they are read, and its end is noticed."""

import json
import os
import select
import time
from collections import deque
from queue import Empty

from ..results import Status
from .zmtp import Connection, Ended, TooMuch, Unreadable

MIB = 1 << 20
OUTPUT_LIMIT = 8 * MIB  # bytes that one cell may send; evidence is far smaller
IDLE_SECONDS, POLL_SECONDS = 5, 0.1
KILLED = -9  # how a process ends that something outside killed, as a system short of memory does


class Stopped(Exception):
    """A cell was stopped. status: Status; text: the reason in words;
    killed: whether it was by SIGKILL, which needn't be the cell's own doing;
    short: whether the machine was short of memory, so that it may have killed."""

    def __init__(self, status, text, killed=False, short=False):
        super().__init__(text)
        self.status, self.text, self.killed, self.short = status, text, killed, short


class Listener:
    """The reading half of `channels.Channels`; it knows nothing of cells but when one begins."""

    seconds = None  # that the next cell may take; nbval's own option holds for all cells
    _report = _session = _poller = None  # the report tells how a box's kernel ended
    _shell = _iopub = None

    def _begin(self):
        """Forget what came from the cell before."""
        self._messages, self._bytes, self._last_reply = deque(), 0, None
        self._deadline = time.monotonic() + (self.seconds or 1e9) + IDLE_SECONDS

    def _listen(self, connect):
        """Connect to both channels. connect: function (channel's name, kind) -> Connection."""
        self._iopub, self._shell = connect("iopub", b"SUB"), connect("shell", b"DEALER")
        self._has_ended = False
        self._poller = select.poll()
        for source in (self._iopub, self._shell, self._report):
            if source is not None:
                self._poller.register(source, select.POLLIN)

    def _wait(self, done, seconds):
        """Read what comes until `done()`; Empty when the time is over."""
        end = min(time.monotonic() + (1e9 if seconds is None else seconds), self._deadline)
        while not done():
            if self._poller is None:
                raise Stopped(Status.KERNEL_DIED, "The kernel is gone.")
            self._watch()
            left = max(0, end - time.monotonic())
            pause = 0 if self._has_ended else min(left, POLL_SECONDS)
            ready = [number for number, _ in self._poller.poll(pause * 1000)]
            if ready and time.monotonic() < self._deadline:
                self._read(ready)
            elif self._has_ended or self._is_gone():
                self._say_how_it_ended()
            elif time.monotonic() >= self._deadline:
                self._stop_with(Status.TIMED_OUT, "It was not done when its time was over.")
            elif left <= POLL_SECONDS:
                raise Empty

    def _watch(self):
        """Stop a box that takes too much memory; without a box there is no limit."""

    def _was_short(self):
        """Whether the machine was short of memory."""
        return False

    def _is_gone(self):
        """Whether the kernel ended without a word; that of a box always reports."""
        return False

    def _read(self, ready):
        for channel in (self._iopub, self._shell):
            if channel.fileno() in ready:
                self._take(channel)
                return  # what was sent comes before the news that the kernel is gone
        self._say_how_it_ended()

    def _take(self, channel):
        try:
            self._bytes += channel.read()
            is_too_much = self._bytes > OUTPUT_LIMIT
        except Ended:
            self._poller.unregister(channel)
            self._has_ended = True
            return
        except TooMuch:
            is_too_much = True
        except Unreadable:
            self._stop_with(Status.KERNEL_DIED, "It sent messages that can't be read.")
        if is_too_much:
            self._stop_with(Status.OUTPUT_LIMIT, f"It sent more than {OUTPUT_LIMIT // MIB} MB.")
        while channel.messages:
            self._note(channel, channel.messages.popleft())

    def _note(self, channel, parts):
        """Keep one message, where it is one."""
        try:
            _, parts = self._session.feed_identities(parts)
            message = self._session.deserialize(parts)
            answered = message["parent_header"].get("msg_id")
            if not isinstance(message["content"], dict):
                raise ValueError("a message without content")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._stop_with(Status.KERNEL_DIED, "It sent messages that can't be read.")
        if channel is self._shell:
            self._last_reply = answered
        else:
            self._messages.append(message)

    def _say_how_it_ended(self):
        """Stop: the kernel's process ended, or it closed its connections."""
        if self._report is None:
            self._stop_with(Status.KERNEL_DIED, "The process of the notebook ended.")
        poller = select.poll()
        poller.register(self._report, select.POLLIN)
        if not poller.poll(1000):
            self._stop_with(Status.KERNEL_DIED, "The notebook closed its connection to the grader.")
        try:
            code = int(json.loads(os.read(self._report, 4096))["ended"])
        except (ValueError, KeyError, TypeError):
            self._stop_with(Status.KERNEL_DIED, "The process of the notebook ended.")
        how = f"by signal {-code}" if code < 0 else f"with exit status {code}"
        text = f"The process of the notebook ended {how}."
        self._stop_with(Status.KERNEL_DIED, text, code == KILLED, self._was_short())

    def _stop_with(self, status, text, killed=False, short=False):
        self.stop()
        raise Stopped(status, text, killed, short)

    def _close_channels(self):
        self._poller = None
        for channel in (self._shell, self._iopub):
            if channel is not None:
                channel.close()


def connect(address, kind):
    """Return a Connection that holds no more than a cell may send."""
    return Connection(address, kind, OUTPUT_LIMIT)
