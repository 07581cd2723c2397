"""Reads what the command keeps of a week in the folder of a report."""

import json
from dataclasses import dataclass
from pathlib import Path

from ...errors import CourseError
from ...files import not_read
from ..report_folder import read_state
from ..reports.changes import LAST
from ..results import Status


@dataclass(frozen=True)
class Row:
    """What a report says of one learner.

    name, number: str, the number may be ''; folder: str; score: float, or None without a score;
    held: tuple of str, exercises that wait for a person; status: str; late: str, as "2 days", or
    ''; off: float, points that lateness took; address: str, of mail, or ''.
    """

    name: str
    number: str = ""
    folder: str = ""
    score: float | None = None
    held: tuple = ()
    status: str = ""
    late: str = ""
    off: float = 0.0
    address: str = ""

    @property
    def is_absent(self):
        return self.status == Status.NOT_HANDED_IN and self.score is None

    @property
    def is_open(self):
        """Whether a person must decide before there is a score: of what is held or not gradable."""
        return bool(self.held) or (self.score is None and not self.is_absent)


@dataclass(frozen=True)
class Report:
    """A week's report. folder: pathlib.Path; week: int; of: float, the most that there is to get;
    rows: list of Row."""

    folder: Path
    week: int
    of: float
    rows: list

    @property
    def label(self):
        return f"week {self.week}"

    def page(self, row):
        """Return the path of a learner's feedback, or None where there is none. row: Row."""
        path = self.folder / "feedback" / row.folder / "feedback.html"
        return path if path.exists() else None


def read_all(folders):
    """Return the Reports of several weeks in their order. folders: list of pathlib.Path.

    Raises CourseError where one can't be read, or two are of one week.
    """
    found = {}
    for folder in folders:
        report = _read(folder)
        other = found.setdefault(report.week, report)
        if other is not report:
            raise CourseError(
                f"{other.folder} and {folder} are both reports of week {report.week}: name one "
                "of them."
            )
    return [found[week] for week in sorted(found)]


def _read(folder):
    state = read_state(folder)
    if state is None:
        raise CourseError(
            f"{folder} holds no report: name folders that `python -m utils.grading` wrote with "
            "--out, which hold run.json and marks.json."
        )
    path = folder / LAST
    try:
        marks = json.loads(path.read_text(encoding="utf-8"))["marks"]
        _check_version(folder, marks)
        rows = [_row(name, each) for name, each in marks.items()]
        return Report(
            folder, state["week"], max(float(each["most"]) for each in marks.values()), rows
        )
    except FileNotFoundError:
        raise CourseError(
            f"{folder} holds a run that hasn't ended with a report: run its command again with "
            "--resume first."
        ) from None
    except OSError as error:
        raise CourseError(not_read(path, error)) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise CourseError(
            f"{path} is damaged: run the command that wrote it again with --resume."
        ) from None


def _check_version(folder, marks):
    """Raise CourseError for what was kept before the gradebook needed more of it."""
    if any("status" not in each for each in marks.values()):
        raise CourseError(
            f"{folder} holds a report of an older version of the course: run the command that "
            "wrote it again with --resume, which grades nothing anew."
        )


def _row(folder, each):
    score = None if each["score"] is None else float(each["score"])
    about = (str(each["name"]), str(each["number"]), folder, score)
    held = tuple(map(str, each["held"]))
    late = str(each["late_count"]), float(each["late"])
    return Row(*about, held, str(each["status"]), *late, str(each["address"]))
