"""Reads the instructor's rules: `grading.toml`, --due and --late, and the tables beside them."""

import difflib
import math
import pkgutil
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ... import config
from ...errors import CourseError
from ...files import not_read
from ..intake.tables import beside
from .late import Due, Policy, read_due, read_policy
from .overrides import EXTENSIONS, OVERRIDES, read_extensions, read_overrides

RULES, PICKS = "grading.toml", ("latest", "best")
KEYS = ("weights", "partial", "cap", "due", "late", "pick")
MAX_RULES, MAX_WEIGHT = 1 << 20, 10_000  # bytes; a weight beyond it is a slip


@dataclass
class Rules:
    """What the instructor wants of a week's marks; without anything, what results say.

    week: int; weights: dict, exercise → float, 1 where it isn't in it; partial: bool, whether part
    of the cases gives part of the points; cap: float or None, the most that a total may be; due:
    Due or None; policy: Policy or None; pick: "latest" or "best", which of several files counts;
    overrides, extensions: lists of Override and Extension; bad: list of str, lines that are left
    out; overrides_file: str, where the overrides are, or should be.
    """

    week: int
    weights: dict = field(default_factory=dict)
    partial: bool = False
    cap: float | None = None
    due: Due | None = None
    policy: Policy | None = None
    pick: str = "latest"
    overrides: list = field(default_factory=list)
    extensions: list = field(default_factory=list)
    bad: list = field(default_factory=list)
    overrides_file: str = OVERRIDES


def read(place, options, week):
    """Return the Rules of a run.

    place: pathlib.Path of the submissions, beside which the files lie that no option names;
    options: what the command line gave as overrides, rules and extensions (paths of files that must
    exist, or None), due, late and pick (str or None); week: int. Raises CourseError where a file,
    or a rule, can't be read: one sentence, before anything is graded.
    """
    rules = Rules(week)
    path = _file(place, options, "rules", RULES)
    if path:
        _read_rules(path, rules)
    if options.due:
        rules.due = read_due(options.due)
    if options.late:
        rules.policy = read_policy(options.late)
    rules.pick = options.pick or rules.pick
    path = _file(place, options, "overrides", OVERRIDES)
    if path:
        rules.overrides_file = str(options.overrides or OVERRIDES)
        names, others = exercises_of(week), _of_other_weeks(week)
        rules.overrides, rules.bad = read_overrides(path, names, others)
    path = _file(place, options, "extensions", EXTENSIONS)
    if path:
        rules.extensions, bad = read_extensions(path)
        rules.bad = rules.bad + bad
    return rules


def _file(place, options, option, name):
    """Return the file that an option names, else the one beside the submissions, or None."""
    named = getattr(options, option)
    return Path(named) if named else beside(Path(place), name, f"--{option}")


def exercises_of(week):
    """Return the names of a week's exercises. week: int.

    Their checks aren't imported: nothing should take seconds before a wrong rule is named.
    """
    folder = config.ROOT / "utils" / "checks" / f"week{week}"
    names = [found.name for found in pkgutil.iter_modules([str(folder)])]
    return [name for name in names if not name.startswith("_")]


def _of_other_weeks(week):
    others = [other for other in config.available_weeks() if other != week]
    return {name for other in others for name in exercises_of(other)}


def _read_rules(path, rules):
    """Take over what grading.toml says. Raises CourseError."""
    for key, value in _toml(path).items():
        if key not in KEYS:
            raise CourseError(f"{path}: there is no rule `{key}`{_hint(key, KEYS)}")
        _SETTERS[key](rules, value, f"{path}, `{key}`,")


def _toml(path):
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_RULES + 1)
        return tomllib.loads(data[:MAX_RULES].decode("utf-8-sig"))
    except OSError as error:
        raise CourseError(not_read(path, error)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CourseError(
            f"{path} isn't TOML: {error}. It has lines such as `partial = true`, and "
            "`huber_loss = 2` under `[weights]`."
        ) from None


def _hint(name, names):
    near = difflib.get_close_matches(name, names, n=1)
    return f": did you mean `{near[0]}`?" if near else f"; there are: {', '.join(names)}."


def _is_number(value, most):
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and math.isfinite(value) and 0 <= value <= most


def _set_weights(rules, value, where):
    if not isinstance(value, dict):
        raise CourseError(f"{where} should be a table: `[weights]`, then lines as `expand = 2`.")
    names = exercises_of(rules.week)
    for name, weight in value.items():
        if not _is_number(weight, MAX_WEIGHT):
            raise CourseError(f"{where} gives {name} {weight!r}: a weight is a number from 0 on.")
        if name in names:
            rules.weights[name] = weight
        elif name not in _of_other_weeks(rules.week):
            hint = _hint(name, names)
            raise CourseError(f"{where} names {name}, which is no exercise of this week{hint}")


def _set_partial(rules, value, where):
    if not isinstance(value, bool):
        raise CourseError(f"{where} says {value!r}: it is true or false.")
    rules.partial = value


def _set_cap(rules, value, where):
    if not _is_number(value, math.inf):
        raise CourseError(f"{where} says {value!r}: it is the most that a total may be, as 20.")
    rules.cap = value


def _set_due(rules, value, where):
    if not isinstance(value, str | date):  # a datetime is a date
        raise CourseError(f'{where} says {value!r}: write a date and time, "2026-11-30T23:59".')
    rules.due = read_due(value, where)


def _set_late(rules, value, where):
    rules.policy = read_policy(str(value), where)


def _set_pick(rules, value, where):
    if value not in PICKS:
        raise CourseError(f'{where} says {value!r}: it is "latest" or "best".')
    rules.pick = value


_SETTERS = {
    "pick": _set_pick,
    "weights": _set_weights,
    "partial": _set_partial,
    "cap": _set_cap,
    "due": _set_due,
    "late": _set_late,
}
