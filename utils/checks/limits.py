"""A time limit around a learner's code, so that a loop that never ends is named, not waited for."""

import signal
import threading
import traceback
from contextlib import contextmanager


class TimeUp(BaseException):
    """The code took longer than it may. No Exception, so that `except Exception` lets it out."""


@contextmanager
def time_limit(seconds, file=None, meaning="Does a loop never end?"):
    """Raise TimeUp, with the line that was running, if the block takes longer than `seconds`.

    file: str or None, the file whose line is shown: the learner's, not that of a library it called.
    meaning: str, what it probably means.

    Works where Python has alarm signals and in the main thread (Linux, macOS, Colab); elsewhere
    the block runs without a limit.
    """
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_, frame):
        stack = traceback.extract_stack(frame)
        last = ([line for line in stack if line.filename == file] or stack)[-1]
        raise TimeUp(
            f"It was still running after {seconds:g} seconds. {meaning}\n"
            f"It was stopped in line {last.lineno}: `{last.line}`"
        )

    before = signal.signal(signal.SIGALRM, stop)
    # It fires again and again: an `except:` in the learner's loop would swallow a single one.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.01)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
