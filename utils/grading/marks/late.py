"""When work is due, and what lateness costs: `--due 2026-11-30T23:59 --late "10% a day"`."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ...errors import CourseError

HOUR, DAY, WEEK = 3_600, 86_400, 604_800
UNITS = {"hour": HOUR, "day": DAY, "week": WEEK}
A_NUMBER = r"(?:\d{1,6}(?:[.,]\d{1,6})?)"
POLICY = re.compile(
    rf"(?P<amount>{A_NUMBER})\s*(?P<kind>%|percent|points?)\s*"
    r"(?:an?|per|each|every|for (?:each|every)|/)\s*(?P<unit>hour|day|week)"
    rf"(?:\s*[,;]?\s*(?:for\s+)?(?:at most|up to|max\.?|maximum|no more than)\s*"
    rf"(?P<most>{A_NUMBER})\s*(?P<of>%|percent|points?|hours?|days?|weeks?)?(?:\s+in all)?)?\.?",
    re.IGNORECASE,
)
LATER = re.compile(rf"\+?\s*({A_NUMBER})\s*(hour|day|week)s?(?:\s+(?:more|later))?", re.IGNORECASE)
LAST_MINUTE = timedelta(hours=23, minutes=59)
EXAMPLES = '"10% a day, at most 3", "5% an hour" or "2 points a day"'
A_TIME = "2026-11-30T23:59, or 2026-11-30T23:59+01:00 with an offset"


def _number(text):
    return float(text.replace(",", "."))


@dataclass(frozen=True)
class Policy:
    """What each unit of time that has begun costs.

    amount: float, percent of what was earned, or points; is_share: bool, whether it is percent;
    unit: "hour", "day" or "week"; most: float, what is taken off at most, as amount.
    """

    amount: float
    is_share: bool
    unit: str
    most: float = math.inf

    def off(self, earned, units):
        """Return the points that are taken off. earned: float; units: int, how many have begun."""
        taken = min(self.amount * units, self.most)
        taken = earned * taken / 100 if self.is_share else taken
        return min(taken, earned)

    def __str__(self):
        what = (
            f"{self.amount:g}% of what was earned" if self.is_share else f"{self.amount:g} points"
        )
        most = "" if self.most == math.inf else f", {self.most:g}{'%' * self.is_share} at most"
        return f"{what} for each {self.unit} that has begun{most}"


def read_policy(text, what="--late"):
    """Return the Policy that a text such as "10% a day, at most 3" states. Raises CourseError.

    what: str, where the text stands, for the message.
    """
    found = POLICY.fullmatch(text.strip())
    policy = found and _policy(found)
    if not policy:
        raise CourseError(f"{what} says '{text}', which isn't understood: write {EXAMPLES}.")
    return policy


def _policy(found):
    amount, unit, is_share = _number(found["amount"]), found["unit"].lower(), _is_share(found)
    most = math.inf
    if found["most"]:
        of = (found["of"] or unit).lower()
        most = _number(found["most"])
        if of.rstrip("s") == unit:
            most *= amount
        elif of not in (("%", "percent") if is_share else ("point", "points")):
            return None
    is_possible = amount > 0 and (amount <= 100 or not is_share)
    return Policy(amount, is_share, unit, most) if is_possible else None


def _is_share(found):
    return not found["kind"].lower().startswith("point")


@dataclass(frozen=True)
class Due:
    """The last minute that is on time. when: an aware datetime; is_local: bool, whether it was
    written without an offset, so that a day ends when this machine's clock says so."""

    when: datetime
    is_local: bool

    def late_by(self, handed_in, unit):
        """Return how many units of time have begun since, an int; 0 is on time.

        handed_in: an aware datetime; unit: a key of UNITS. The whole last minute is on time.
        """
        handed_in = handed_in.replace(second=0, microsecond=0)
        if handed_in <= self.when:
            return 0
        gone = handed_in - self.when
        if self.is_local and unit != "hour":  # a day may have 23 or 25 hours
            gone = _on_the_wall(handed_in) - _on_the_wall(self.when)
        return max(1, math.ceil(gone.total_seconds() / UNITS[unit]))

    def later(self, more):
        """Return the Due that lies a timedelta later, by the same clock."""
        if not self.is_local:
            return Due(self.when + more, False)
        return Due((_on_the_wall(self.when) + more).astimezone(), True)

    def shown(self, moment):
        """Return a moment in words, by the clock that this was written for. moment: datetime."""
        moment = moment.astimezone(None if self.is_local else self.when.tzinfo)
        return f"{moment:%Y-%m-%d %H:%M}"

    def __str__(self):
        return self.shown(self.when)


def _on_the_wall(moment):
    return moment.astimezone().replace(tzinfo=None)


def read_due(value, what="--due"):
    """Return the Due that a text, or a date or datetime of a TOML file, states.

    Without an offset it is this machine's time; a day alone ends at 23:59. Raises CourseError.
    """
    try:
        return _due(value)
    except (ValueError, OverflowError, OSError):  # no such day, or none that this machine knows
        words = f"{what} says '{value}', which isn't a date and time: write {A_TIME}."
        raise CourseError(words) from None


def _due(value):
    if isinstance(value, str):
        value = _moment(value.strip())
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day) + LAST_MINUTE
    is_local = value.tzinfo is None
    value = value.replace(second=0, microsecond=0)
    return Due(value.astimezone() if is_local else value, is_local)


def _moment(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(text)


def read_extension(text):
    """Return what a text states: a Due, or a timedelta where it is as "2 days". Raises ValueError,
    whose message says what was expected."""
    found = LATER.fullmatch(text)
    if found:
        return timedelta(seconds=_number(found[1]) * UNITS[found[2].lower()])
    try:
        return read_due(text)
    except CourseError:
        words = f"'{text}' is neither a time, such as {A_TIME.split(',')[0]}, nor as '2 days'"
        raise ValueError(words) from None
