"""What a check knows in a copy for learners, without references: evidence computed before.

`utils.student` writes it, one file a week: `week<N>/kept.zip`. It holds values alone, as JSON that
`probes.serialize` reads: for each of a few seeds the evidence of the reference, of the second
implementations that a right answer agrees with, and of the catalogued mistakes.
"""

import json
import zipfile
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from .. import config
from ..errors import CourseError
from .naming import Mistake
from .probes import serialize
from .stand_in import stand_in

FILE, WEEK = "kept.zip", "week"  # the second is an entry in the first


def path_of(week):
    """Return the pathlib.Path of what is kept of a week; in the whole course there is none."""
    return Path(__file__).parent / f"week{week}" / FILE


def is_used(week):
    """Return whether a week's checks take from it what they know."""
    return not config.solutions_path(week).is_file() and path_of(week).is_file()


def names(week):
    """Return the names of a week's exercises, in the order of its reference solutions."""
    return list(_about(week)["exercises"])


def kept_of(week, name):
    """Return the Kept of an exercise, or None in the whole course, where references are run."""
    return Kept(week, name) if is_used(week) else None


class Compared(list):
    """Evidence as `Check.compared` returns it: properties have been looked at already."""


class Kept:
    """What is known of one exercise. It takes the place of its functions, and of running them.

    reference: a function or class with the reference's parameters, for `wrong_interface` alone;
    witnesses: dict, name → role; mistakes: list of Mistake, whose functions are roles; a role is
    a str, as `Check.role_of` gives it. seeds: list of int, those on which anything is known.
    """

    def __init__(self, week, name):
        self.week, self.name = week, name
        about = _about(week)
        row = about["exercises"][name]
        self.seeds = about["seeds"]
        self.reference = stand_in(row["interface"])
        self.witnesses = {name: name for name in row["witnesses"]}
        self.mistakes = [
            Mistake(f"mistake {number}", said) for number, said in enumerate(row["mistakes"])
        ]
        self.evidence = lru_cache(len(row["mistakes"]) + 8)(self._evidence)

    def known(self, function, seed):
        """Return the evidence that one of the course's own functions gives on a seed.

        function: `reference`, or a role. Raises CourseError for a seed of which nothing is known.
        """
        return self.evidence("reference" if function is self.reference else function, seed)

    def get(self, function, seed, is_enough):
        """Return the same, all of it; see `tried.Tried`."""
        return self.known(function, seed)

    def counting(self, seed):
        """Return which cases count for partial credit on a seed, see `share.counting`."""
        return _entry(self.week, f"{self.name}/{seed}")["counting"]

    def _evidence(self, role, seed):
        entry = _entry(self.week, f"{self.name}/{seed}")
        seen = [entry["seen"][number] for number in entry["roles"][role]]
        return Compared(serialize.decode(json.dumps(seen)))


def draws(seed):
    """Return what NumPy draws on a seed, in each of the ways that probes draw: list of float."""
    rng = np.random.default_rng(seed)
    drawn = [rng.random(2), rng.normal(size=2), rng.uniform(-1, 1, 2), rng.integers(1000, size=2)]
    drawn += [rng.permutation(9), rng.choice(9, 3, replace=False), rng.standard_normal(2, "f4")]
    return [float(number) for part in drawn for number in part]


@cache
def _about(week):
    """Return what is kept of a week as a whole. Raises CourseError where inputs would differ."""
    about = _entry(week, WEEK)
    if not np.allclose(draws(about["seeds"][0]), about["draws"]):
        raise CourseError(
            f"This machine has NumPy {np.__version__}, which draws other numbers than NumPy "
            f"{about['numpy']}, so the checks of this copy can't tell what is right: install "
            "requirements.lock."
        )
    return about


@lru_cache(8)
def _entry(week, name):
    with zipfile.ZipFile(path_of(week)) as file:
        return json.loads(file.read(f"{name}.json"))
