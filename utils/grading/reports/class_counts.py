"""What a class did, in numbers: of whom there is a score, and of each exercise."""

from collections import Counter
from dataclasses import dataclass, field

from ..results import Status

NO_ANSWER = (Status.NOT_ATTEMPTED, Status.MISSING)


def counted(marks):
    """Return [(Mark, Item)] of all answers that say something of an exercise: those to graded work,
    and single ones that somebody has decided. marks: list of final.Mark."""
    return [
        (mark, item)
        for mark in marks
        for item in mark.items
        if mark.result.is_graded or item.override
    ]


def has_no_answer(item):
    """Whether a learner left an exercise out. item: final.Item."""
    return not item.override and item.result.status in NO_ANSWER


@dataclass
class Tally:
    """What became of one exercise. learners, right, held, unanswered: int, how many there are, have
    it right, wait for a person and left it out; rest: Counter, in words → learners whose answer
    isn't right."""

    exercise: str
    learners: int = 0
    right: int = 0
    held: int = 0
    unanswered: int = 0
    rest: Counter = field(default_factory=Counter)

    @property
    def total(self):
        """Of how many learners it is known whether they have it right."""
        return self.learners - self.held

    @property
    def share(self):
        return self.right / self.total if self.total else 1.0

    @property
    def failed(self):
        """How many learners are known not to have it right."""
        return self.total - self.right


def tallies(marks):
    """Return a Tally of each exercise that anybody was graded in, the hardest first."""
    found = {}
    for _, item in counted(marks):
        tally = found.setdefault(item.exercise, Tally(item.exercise))
        is_held = item.earned is None
        tally.learners += 1
        tally.right += item.is_right
        tally.held += is_held
        tally.unanswered += has_no_answer(item)
        if not item.is_right:
            tally.rest["held" if is_held else item.state] += 1
    return sorted(found.values(), key=lambda tally: tally.share)
