"""How long the grader itself may take over what somebody handed in."""

import ctypes
import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass

SUBMISSION_SECONDS = 1200  # for all cells of a submission, retries included
MEMORY = 4 << 30  # bytes that a box may take
READ_SECONDS, JUDGE_SECONDS = 120, 120  # to take a submission apart; to judge one exercise


@dataclass(frozen=True)
class Limits:
    """What a submission may take. memory: bytes of a box; seconds: of the whole submission."""

    memory: int = MEMORY
    seconds: float = SUBMISSION_SECONDS


class TooSlow(BaseException):
    """The block took too long. No Exception, so that `except Exception` lets it out."""


@contextmanager
def at_most(seconds):
    """Raise TooSlow in the block where it takes longer.

    An alarm, which stops regular expressions too; beside the main thread, as on a cluster, where
    there is none, an exception that comes between two steps of Python.
    """
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        start, stop = _alarm(seconds)
    else:
        start, stop = _from_beside(seconds)
    start()
    try:
        yield
    finally:
        stop()


def _alarm(seconds):
    def ring(*_):
        raise TooSlow

    before = signal.getsignal(signal.SIGALRM)

    def start():
        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def stop():
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    return start, stop


def _from_beside(seconds):
    thread, lock, is_over = ctypes.c_ulong(threading.get_ident()), threading.Lock(), []

    def ring():
        with lock:
            if not is_over:
                raise_in(thread, ctypes.py_object(TooSlow))

    def stop():
        with lock:
            is_over.append(True)
        timer.cancel()

    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    return timer.start, stop
