"""One learner's line of the gradebook."""

import math
from dataclasses import dataclass, field

from ..marks.overrides import points_in_words
from ..results import Status


@dataclass
class Line:
    """One learner. name, number: str; rows: dict, week → kept_reports.Row; is_unsure: bool, whether
    weeks are missing that may be under the same name; left_out: list of int, weeks that don't
    count; total, of: float, points; total is None while something is open."""

    name: str
    number: str
    rows: dict
    is_unsure: bool
    left_out: list = field(default_factory=list)
    total: float | None = None
    of: float = 0.0

    @property
    def percent(self):
        """Of 100, or None without a total."""
        return None if self.total is None or not self.of else rounded(100 * self.total / self.of)

    def words(self, week):
        """Return the score of a week, a float, or in words why there is none."""
        row = self.rows.get(week)
        if row is None:
            return "can't be matched" if self.is_unsure else str(Status.NOT_HANDED_IN)
        if row.held:
            return "held"
        return row.status if row.score is None else rounded(row.score)

    def is_open(self, week):
        """Whether there is no telling yet what a week gives."""
        row = self.rows.get(week)
        return self.is_unsure if row is None else row.is_open

    def is_missing(self, week):
        """Whether nothing was handed in, and nobody gave points for it."""
        row = self.rows.get(week)
        return not self.is_unsure if row is None else row.is_absent

    def notes(self, week):
        """Return what is to be said of a week besides its score, list of str."""
        row, said = self.rows.get(week), []
        if row and row.held:
            waits = f"waits for a person to look at {', '.join(row.held)}"
            said.append(f"{points_in_words(row.score or 0)} so far, {waits}")
        if row and row.late:
            off = f", {points_in_words(row.off)} taken off" if row.off else ""
            said.append(f"{row.late} late{off}")
        if week in self.left_out:
            said.append("left out as the lowest")
        return said


def rounded(number):
    """Return points with two decimals at most, halves upwards; whole ones as an int."""
    number = math.floor(number * 100 + 0.5 + 1e-9) / 100
    return int(number) if number == int(number) else number
