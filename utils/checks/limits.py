"""A time limit around a learner's code, so that a loop that never ends is named, not waited for."""

import signal
import threading
import traceback
from contextlib import contextmanager


class TimeUp(BaseException):
    """The code took longer than it may. No Exception, so that `except Exception` lets it out."""


@contextmanager
def time_limit(seconds):
    """Raise TimeUp, with the line that was running, if the block takes longer than `seconds`.

    Works where Python has alarm signals and in the main thread (Linux, macOS, Colab); elsewhere
    the block runs without a limit.
    """
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_, frame):
        last = traceback.extract_stack(frame)[-1]
        raise TimeUp(
            f"It was still running after {seconds:g} seconds. Does a loop never end?\n"
            f"It was stopped in line {last.lineno}: `{last.line}`"
        )

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # again, should an `except:` swallow it
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
