"""What a run has to do: grade as new, grade some exercises again, or count points anew.

Results of two versions of the course are never mixed in a report: either all that differ are
brought to the present one, by --regrade, or nothing is done.
"""

import difflib
from dataclasses import dataclass, field

from ..errors import CourseError
from .differences import difference
from .marks.rules import exercises_of
from .regrade import Again, rescored

MOST_SAID = 8
SAME = "Nothing is of another version, so nothing is graded again."


@dataclass
class Plan:
    """new: list of Submission, graded whole; again: of Submission or Again, which have a result of
    another version; rescored: of (Submission, SubmissionResult), which need no execution."""

    new: list = field(default_factory=list)
    again: list = field(default_factory=list)
    rescored: list = field(default_factory=list)
    is_regrade: bool = False

    @property
    def waiting(self):
        """All that must be executed."""
        return [*self.new, *self.again]

    def words(self, total):
        """Return in words what is to be done with `total` submissions."""
        parts = [f"{total} submission{'s' * (total != 1)}, {len(self.new)} to grade"]
        if self.is_regrade:
            parts.append(f"{len(self.again)} to grade again{_names(self.again)}")
            if self.rescored:
                parts.append(f"{len(self.rescored)} with other points alone")
        return ", ".join(parts)


def _names(again):
    """Return which exercises are graded again, in brackets, where it isn't all of them."""
    parts = [item for item in again if isinstance(item, Again)]
    names = dict.fromkeys(name for item in parts for name in item.only)
    whole = len(again) - len(parts)
    words = [f"{whole} whole"] * bool(whole and parts) + _at_most(list(names))
    return f" ({', '.join(words)})" if names else ""


def make_plan(batch, found, stamp, asked=None):
    """Return the Plan of a run.

    batch: Batch; found: list of Submission; stamp: see `versions.stamp`; asked: None, or the names
    of the exercises to grade again, where none stands for all that must be. Raises CourseError
    where there are results of another version, and nobody asked to grade those again.
    """
    plan = Plan(is_regrade=asked is not None)
    done, stale = [], []
    for item in found:
        if not batch.is_done(item):
            plan.new.append(item)
            continue
        result, has_choice = batch.result(item), len(item.places) > 1
        done.append((item, result))
        differs = difference(result.stamp, stamp, has_choice)
        if differs:
            stale.append((item, result, differs))
    _check(stale, len(done), asked)
    for item, result, differs in stale:
        _add(plan, item, result, differs, stamp)
    if asked and not stale:  # then they are done again because somebody wants it
        plan.again = [_some(item, result, tuple(asked), stamp) for item, result in done]
    return plan


def _add(plan, item, result, differs, stamp):
    if differs.is_whole:
        plan.again.append(item)
    elif differs.checks:
        plan.again.append(_some(item, result, tuple(sorted(differs.checks)), stamp))
    else:
        plan.rescored.append((item, rescored(result, stamp)))


def _some(item, result, names, stamp):
    """Return what grades some exercises again; where the best of several files counts, all: another
    file may be the best one now."""
    is_choice = stamp["pick"] != "latest" and len(item.places) > 1
    return item if is_choice or not result.exercises else Again(item, result, names)


def _check(stale, count, asked):
    """Raise CourseError where results would be mixed. count: int, how many there are."""
    if asked is None and stale:
        raise CourseError(
            f"{_of_another(stale, count)} Nothing was changed. Add --regrade to grade again what "
            "that concerns, or name another folder."
        )
    beyond = [each for each in stale if each[2].is_whole or each[2].names - set(asked or ())]
    if asked and beyond:
        raise CourseError(
            f"--regrade {' '.join(asked)} isn't all there is to do. {_of_another(beyond, count)} "
            "Nothing was changed. Give --regrade without names."
        )


def _of_another(stale, count):
    words = list(dict.fromkeys(word for _, _, differs in stale for word in differs.words))
    verb = "is" if len(stale) == 1 else "are"
    said = "; ".join(_at_most(words))
    return f"{len(stale)} of {count} results {verb} of another version: {said}."


def _at_most(words):
    more = len(words) - MOST_SAID
    return [*words[:MOST_SAID], f"and {more} more"] if more > 0 else words


def check_names(week, names):
    """Raise CourseError for a name that is no exercise of the week. names: list of str."""
    known = exercises_of(week)
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean `{near[0]}`?" if near else f" They are: {', '.join(known)}."
            raise CourseError(f"--regrade: week {week} has no exercise `{name}`.{hint}")
