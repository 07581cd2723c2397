"""Says how late a learner's work is, by the times of the export, or by its LATE marks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..intake.handed_in import tell
from ..intake.learner_names import listed
from .late import Due
from .overrides import assigned, points_in_words

MAX_NAMED = 10


@dataclass(frozen=True)
class Late:
    """How late one learner's work is. handed_in: str, when, or ''; units: int, how many units of
    time had begun, 0 if it's in time; words: str, of that, or ''; unit: str."""

    handed_in: str = ""
    units: int = 0
    unit: str = "day"
    words: str = ""

    @property
    def count(self):
        """How late, as "2 days", or ''."""
        return f"{self.units} {self.unit}{'s' * (self.units != 1)}" if self.units else ""


def of_files(result, submission):
    """Return (datetime or None, bool), the last time at which a learner handed in what counts, and
    whether the export marks any of that as late.

    result: SubmissionResult, or None: then all files count; submission: Submission.
    """
    taken = result.taken if result else []
    taken = [file for file in taken if file["exercises"]] or taken
    if taken:
        files = [(file["handed_in"], file["late_mark"]) for file in taken]
    else:
        files = list(zip(submission.times, submission.late_marks, strict=False))
    times = [time for time in map(_moment, (text for text, _ in files)) if time]
    return max(times, default=None), any(mark for _, mark in files)


def _moment(text):
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else None


class Clock:
    """Tells of each learner of a batch how late the work is.

    submissions: list of Submission; rules: Rules; people: people.People. tells: whether the times
    of the files say when they were handed in; has_marks: whether any is marked as late; bad: list
    of str, on extensions that are left out.
    """

    def __init__(self, submissions, rules, people):
        self.due, self.policy = rules.due, rules.policy
        self.submissions = [item for item in submissions if item.places]
        self.tells = tell(filter(_moment, item.times) for item in self.submissions)
        self.has_marks = any(any(item.late_marks) for item in self.submissions)
        found, self.bad = assigned(rules.extensions, people, lambda line: "")
        self.extensions = {}
        for (folder, _), line in found.items():
            self._extend(folder, line)

    def _extend(self, folder, line):
        """Give a learner another due time, unless it is none."""
        due = line.due
        if self.due and isinstance(due, timedelta):
            due = self.due.later(due)
        if self.due and due.when < self.due.when:
            words = f"{due} is before everybody's due time, {self.due}; this line doesn't count."
            self.bad.append(f"{line.where}: {words}")
        else:
            self.extensions[folder] = due

    @property
    def unit(self):
        return self.policy.unit if self.policy else "day"

    def late(self, result, submission):
        """Return the Late of one learner. result: SubmissionResult or None; see `of_files`."""
        moment, is_marked = of_files(result, submission)
        moment = moment if self.tells else None
        extension = self.extensions.get(submission.folder)
        handed_in = self.shown(moment)
        if not (self.due or self.policy) or not (moment or is_marked):
            return Late(handed_in, 0, self.unit)
        if moment and self.due:
            due = extension or self.due
            units, words = self._by_time(moment, is_marked, due, bool(extension))
        else:
            units, words = self._by_mark(is_marked, bool(extension))
        return Late(handed_in, units, self.unit, words)

    def shown(self, moment):
        """Return a time of the export in words, '' where it tells nothing. moment: datetime, a text
        in ISO 8601, or None."""
        moment = _moment(moment) if isinstance(moment, str) else moment
        if moment is None or not self.tells:
            return ""
        return (self.due or Due(moment.astimezone(UTC), True)).shown(moment)

    def _by_time(self, moment, is_marked, due, is_extended):
        """Return (units, words). An LMS knows who had more time, so what it doesn't mark where it
        marks others isn't late."""
        units, handed = due.late_by(moment, self.unit), due.shown(moment)
        until = f"due {due}{', with an extension' if is_extended else ''}"
        if units and self.has_marks and not is_marked and not is_extended:
            return 0, f"Handed in {handed} ({until}), but the export doesn't mark it as late."
        if units:
            count = Late(units=units, unit=self.unit).count
            return units, f"Handed in {handed}, {count} late ({until})"
        if is_marked or is_extended:
            return 0, f"Handed in {handed}, in time ({until})."
        return 0, ""

    def _by_mark(self, is_marked, is_extended):
        """Return (units, words) where nothing but the export's mark tells."""
        if not is_marked:
            return 0, ""
        if is_extended:
            return 0, (
                "The export marks it as late, nothing tells by how much, and there is an "
                "extension: nothing was taken off."
            )
        words = "The export marks it as late; it doesn't tell by how much, so it counts as one"
        return 1, f"{words} {self.unit} late"

    def sentences(self):
        """Return what is to be said of the whole batch, list of str."""
        said = [*self.bad]
        marked = [item for item in self.submissions if any(item.late_marks)]
        if self.due and not self.tells:
            said.append(self._no_times(len(marked)))
        elif self.policy and not self.due:
            what = f"the export's LATE marks count, each as one {self.unit}: {_count(marked)}"
            said.append(f"--late without --due: {what}.")
        elif self.due:
            unknown = [item for item in self.submissions if not any(map(_moment, item.times))]
            if unknown:
                said.append(f"The export doesn't tell when these were handed in: {_names(unknown)}")
        if self.extensions and not (self.due or self.policy):
            said.append("extensions.csv has no effect: there is no due time (--due).")
        if self.due and not self.policy:
            said.append("There is a due time but no --late: nothing is taken off.")
        return said

    def _no_times(self, marked):
        why = "the times of all files are those of the export, or there are none"
        if marked:
            each = f"each as one {self.unit}: {_count(range(marked))}"
            return f"This export tells no times ({why}), so its LATE marks count, {each}."
        return f"This export tells no times ({why}) and marks nothing as late, so nobody is late."


def _count(items):
    return f"{len(items)} learner{'s' * (len(items) != 1)}"


def _names(items):
    return f"{listed([item.name for item in items], MAX_NAMED)}."


def with_cost(late, off):
    """Return the words of a Late with what it costs. off: float, points."""
    if not late.units:
        return late.words
    points = points_in_words(off) if round(off, 2) else "nothing"
    return f"{late.words}: {points} taken off."
