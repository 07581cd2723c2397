"""Tells whether a source is too slow, and remembers for this process how fast each one was."""

import math
import os
import time
from collections import deque
from urllib.parse import urlsplit

from ..errors import CourseError

MIN_KB_PER_SECOND = 200.0
WINDOW_SECONDS = 20.0
SMALL = 1_000_000  # bytes; smaller files are fetched from any source that has them
_rates = {}  # (host, folder): bytes per second, as last measured


class TooSlow(Exception):
    """The source stayed below the minimum rate, and another one may be faster."""


def minimum_rate():
    """Return the bytes per second below which a source is left: `COURSE_MIN_RATE` kB/s, or 200.

    0 turns it off. Raises CourseError if the variable holds no such number.
    """
    asked = os.environ.get("COURSE_MIN_RATE", "").strip()
    try:
        rate = float(asked) if asked else MIN_KB_PER_SECOND
        if 0 <= rate < math.inf:
            return rate * 1000
    except ValueError:
        pass
    raise CourseError(
        f"COURSE_MIN_RATE must be a number of kB per second, or 0 for any speed; it is '{asked}'."
    )


def in_words(rate):
    """Return bytes per second as text."""
    return f"{rate / 1000:,.0f} kB/s" if rate < 1e6 else f"{rate / 1e6:,.1f} MB/s"


def host_of(url):
    """Return what to call a source: its host, or the folder."""
    return urlsplit(url).netloc.rpartition("@")[2] or url


def _place(url):
    parts = urlsplit(url)
    return parts.netloc, parts.path.rpartition("/")[0]


def remember(url, rate):
    """Keep how fast a source was. rate: float, bytes per second, or None if it can't be told."""
    if rate is not None:
        _rates[_place(url)] = rate


def known_rate(url):
    """Return the rate of a source that was too slow when last seen, or None.

    A folder that was never seen is judged by its host's others.
    """
    place = _place(url)
    of_host = [rate for (host, _), rate in _rates.items() if host and host == place[0]]
    rate = _rates.get(place, max(of_host, default=math.inf))
    return rate if rate < minimum_rate() else None


class Watch:
    """Measures one visit to a source.

    window: float, the seconds over which the rate is measured; leave: a function of the rate
    (bytes per second) and of the bytes still to come (or None), which says whether to leave.
    """

    def __init__(self, window, leave):
        self.window, self.leave, self.least = window, leave, minimum_rate()
        self.points = deque()  # (seconds, bytes) since the visit began, two a second
        self.first = self.last = None

    def saw(self, size, at, total):
        """Count bytes that have just arrived. Raises TooSlow.

        size, at: how many these are, and all until now; total: those of the file, or None.
        """
        now = time.monotonic()
        if self.first is None:  # the seconds before the first byte are no transfer
            self.first = self.last = (now, 0)
            self.points.append(self.first)
            return
        if self.least and (total is None or total >= SMALL):
            self._judge(now, None if total is None else total - at)
        self.last = (now, self.last[1] + size)
        if now - self.points[-1][0] >= self.window / 40:
            self.points.append(self.last)

    def rate(self):
        """Return the bytes per second of the whole visit, or None if it was too short to tell."""
        seconds = self.last[0] - self.first[0] if self.first else 0
        return self.last[1] / seconds if seconds > 0 and self.last[1] >= SMALL else None

    def _judge(self, now, left):
        """Leave if even a kind reading of the last window is too slow.

        After a pause only a part of what has arrived is read yet. So the window ends where the
        pause began, unless it is slow at twice the speed that is seen with the pause.
        """
        while len(self.points) > 1 and self.points[1][0] <= self.last[0] - self.window:
            self.points.popleft()
        since, before = self.points[0]
        moved, until = self.last[1] - before, self.last[0]
        if now - since < self.window:
            return
        speed = moved / (now - since)
        kindly = 2 * speed
        if until - since >= self.window:
            kindly = min(kindly, moved / (until - since))
        near_the_end = left is not None and left <= speed * self.window / 2
        if kindly >= self.least or near_the_end:
            return
        if self.leave(speed, left):
            raise TooSlow
        self.points.clear()  # it stays: the next verdict is due after another window
        self.points.append(self.last)
