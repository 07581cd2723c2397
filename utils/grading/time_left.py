"""How far a run is: one line for each submission, with the time that is left."""

import sys
import time

from ..display.console import duration
from .intake.learner_names import printable
from .sandbox.limits import SUBMISSION_SECONDS

SLOW, LEAST = 3, 10  # times what others took; seconds, in which all stop that had their time


class Progress:
    """One line that counts, with the time left. total: int; stream: a text file.

    running: function () -> {folder: seconds for which it has been graded}; most: seconds that one
    submission may take.
    """

    def __init__(self, total, stream=None, running=dict, most=SUBMISSION_SECONDS):
        self.total, self.stream = total, stream or sys.stdout
        self.running, self.most = running, most
        self.done, self.timed, self.start = 0, 0, time.monotonic()

    def step(self, name, words, was_graded=True):
        """Say that one more is done. was_graded: whether it took the time that grading takes."""
        self.done += 1
        self.timed += was_graded
        self._say(f"{name}: {words}")

    def wait(self):
        """Say that nothing is done, but something at work."""
        self._say(f"still at work: {', '.join(self.running())}")

    def _say(self, words):
        line = f"{self.done} of {self.total} · {self._left()} · {words}"
        print(sayable(line, self.stream), file=self.stream, flush=True)

    def _left(self):
        """Return the time left in words: what others took, unless that says little.

        That is where one at work takes far longer than they did. A file that was refused at once
        says nothing about those that will be graded.
        """
        ages, rest = list(self.running().values()), self.total - self.done
        if not rest:
            return "0 s left"
        if not self.timed and rest > len(ages):
            return "time left unknown yet"
        usual = (time.monotonic() - self.start) / self.timed if self.timed else self.most
        oldest = max(ages, default=0)
        is_slow = oldest > SLOW * usual * len(ages)
        if not ages or (self.timed and not is_slow):
            return f"{duration(max(usual * rest, oldest))} left"
        least = usual * rest if self.timed else 0
        return f"up to {duration(max(least, self.most - min(ages), LEAST))} left"


def sayable(line, stream):
    """Return a line that does nothing to a terminal, in characters that it has."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return printable(line).encode(encoding, "replace").decode(encoding)
