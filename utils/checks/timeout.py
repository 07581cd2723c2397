"""A time limit around a learner's code, so that an endless loop is reported."""

import signal
import threading
import time
import traceback
from contextlib import contextmanager

PATIENCE = 4  # times the limit that code may take by the clock, in case the machine is busy


class TimeUp(BaseException):
    """The code took too long. It isn't an Exception, so `except Exception` doesn't catch it."""


@contextmanager
def time_limit(seconds, file=None, meaning="Does a loop never end?"):
    """Raise TimeUp, with the line that was running, if the block takes longer than `seconds`.

    These are seconds of this thread's CPU time, so that a busy machine stops nobody; by the clock,
    `PATIENCE` times as many are allowed. file: str or None, the file whose line is shown: the
    learner's, not that of a library it called. meaning: str, what it probably means.

    Works where Python has timers and in the main thread (Linux, macOS, Colab); elsewhere, as on
    Windows and in a browser, the block runs without a limit.
    """
    has_timers = hasattr(signal, "setitimer") and hasattr(time, "thread_time")
    if not has_timers or threading.current_thread() is not threading.main_thread():
        yield
        return

    start, worked = time.monotonic(), time.thread_time()

    def stop(_, frame):
        late = time.monotonic() - start >= PATIENCE * seconds
        if time.thread_time() - worked < seconds and not late:
            return  # asked again in a moment
        lines = [line for line in traceback.extract_stack(frame) if file in (None, line.filename)]
        text = f"It was still running after {seconds:g} seconds. {meaning}"
        if lines:  # none if the check itself trains what it was given
            text += f"\nIt was stopped in line {lines[-1].lineno}: `{lines[-1].line}`"
        raise TimeUp(text)

    before = signal.signal(signal.SIGALRM, stop)
    # It fires again and again: an `except:` in the learner's loop would swallow a single one.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.01)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
