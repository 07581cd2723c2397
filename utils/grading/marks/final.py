"""Makes the Mark of a learner: what results, decisions and rules give together, in their order."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote

from ..intake.learner_names import clean, clean_name
from ..intake.people import People
from ..judge.verdicts import checks_of
from ..results import ExerciseResult, Status
from .lateness import Clock, Late, with_cost
from .overrides import WHOLE, Override, assigned, by_line, points_in_words, shown, too_many

BY_HAND = "by hand"
STATES = {Status.GRADED: "wrong", Status.MISSING: "not found"}


@dataclass
class Item:
    """One exercise of a Mark.

    points: what it is worth, without its weight; earned: float, or None where it is held and
    nobody has decided; state: str, in words; reason: str, for the learner; override: Override or
    None; result: ExerciseResult.
    """

    exercise: str
    points: int
    weight: float
    earned: float | None
    state: str
    reason: str
    result: ExerciseResult
    override: Override | None = None

    @property
    def is_right(self):
        return self.earned == self.points

    @property
    def weighted(self):
        return (self.earned or 0) * self.weight

    @property
    def comment(self):
        return clean(self.override.comment) if self.override else ""


@dataclass
class Mark:
    """What one learner gets, as all tables and pages show it.

    name, number, upload: str; person: str, what the instructor's pages call the learner: the name,
    with the number where two have that name, or a code; folder: str; is_graded: bool, whether there
    is a score; status: str; score: float, what is earned so far where some is held; max_score:
    float, of all exercises; most: float, the same or the cap where that is less; items: list of
    Item; held: names of exercises that wait for a person; summed: float, the sum that lateness
    reduces; late: Late; off: float, points that lateness costs; whole: Override of the whole, or
    None; is_capped: bool; notes: list of str, for the learner; times: list of str, when each of
    `taken` came; result: SubmissionResult; submission: Submission.
    """

    name: str
    number: str
    upload: str
    person: str
    folder: str
    is_graded: bool
    status: str
    score: float
    max_score: float
    most: float
    items: list
    held: list
    summed: float
    late: Late
    off: float
    whole: Override | None
    is_capped: bool
    result: object
    submission: object
    times: list
    notes: list = field(default_factory=list)

    @property
    def page(self):
        """The address of the learner's page as the overview links it, or '' where there is none."""
        if self.is_absent and not self.is_graded:
            return ""
        if self.code:
            return f"marking/{self.code}.html"
        return f"feedback/{quote(self.folder)}/feedback.html"

    @property
    def code(self):
        """What those who mark anonymously see for the name, or ''."""
        return self.submission.code

    @property
    def is_final(self):
        """Whether the score may go into a gradebook."""
        return self.is_graded and not self.held

    @property
    def is_absent(self):
        return self.result.status == Status.NOT_HANDED_IN

    @property
    def reason(self):
        """Why there is no score, or ''."""
        return self.result.reason

    @property
    def week(self):
        return self.result.week

    @property
    def late_words(self):
        """How late it is and what that costs, or ''."""
        return with_cost(self.late, self.off)

    @property
    def taken(self):
        """Names of the files that the result rests on, list of str."""
        return [clean_name(str(file["notebook"])) for file in self.result.taken]


class Marker:
    """Makes Marks of a batch. submissions: list of Submission, of all learners; rules: Rules.

    max_score: float; bad: list of str, on lines of the instructor's files that don't count.
    """

    def __init__(self, submissions, rules):
        people = People(submissions)
        self.rules = rules
        self.points = {name: check.points for name, check in checks_of(rules.week).items()}
        self.weights = {name: rules.weights.get(name, 1) for name in self.points}
        most = {name: points * self.weights[name] for name, points in self.points.items()}
        self.max_score = _rounded(sum(most.values()))
        self.clock = Clock(submissions, rules, people)
        names = Counter(item.name.casefold() for item in submissions)
        self.twice = {name for name, count in names.items() if count > 1}
        self.bad, self.overrides = [*rules.bad], {}
        self._read(*assigned(rules.overrides, people, lambda line: line.exercise))
        self.bad.sort(key=by_line)

    def _read(self, found, bad):
        self.bad += bad
        for (folder, exercise), override in found.items():
            problem = too_many(override, self.points.get(exercise, self.max_score))
            if problem:
                self.bad.append(problem)
            else:
                self.overrides.setdefault(folder, {})[exercise] = override

    def mark(self, result, submission):
        """Return the Mark of a learner. result: SubmissionResult; submission: Submission."""
        given = self.overrides.get(submission.folder, {})
        results = {each.name: each for each in result.exercises}
        items = [self._item(name, results.get(name), given.get(name)) for name in self.points]
        whole, is_graded = given.get(WHOLE), result.is_graded or bool(given)
        held = [item.exercise for item in items if item.earned is None and not whole]
        summed = whole.points if whole else sum(item.weighted for item in items)
        summed = summed if is_graded else 0
        late = self.clock.late(result, submission)
        off = self.rules.policy.off(summed, late.units) if self.rules.policy else 0.0
        score, cap = summed - off, self.rules.cap
        most = self.max_score if cap is None else min(cap, self.max_score)
        mark = Mark(
            *(clean_name(text) for text in (submission.name, submission.number, submission.upload)),
            person=self._person(submission),
            folder=submission.folder,
            is_graded=is_graded,
            status=_status(result, held, bool(given)),
            score=_rounded(min(max(score, 0), most)),
            max_score=self.max_score,
            most=most,
            items=items,
            held=held if is_graded else [],
            summed=_rounded(summed),
            late=late,
            off=off,
            whole=whole,
            is_capped=score > most + 1e-9,
            result=result,
            submission=submission,
            times=[self.clock.shown(file["handed_in"]) for file in result.taken],
        )
        mark.notes = _notes(mark, cap)
        return mark

    def _person(self, submission):
        """Return a name that tells apart those who have the same."""
        if submission.code:
            return submission.called
        if submission.name.casefold() not in self.twice:
            return clean_name(submission.name)
        if submission.number:
            return clean_name(f"{submission.name} ({submission.number})")
        return clean_name(submission.folder)

    def _item(self, name, result, override):
        points = self.points[name]
        result = result or ExerciseResult(name, points, Status.MISSING)
        earned, state = self._earned(result, points)
        if override:
            earned, state = _rounded(override.points), BY_HAND
        reason = "\n".join([result.reason, *result.notes]).strip()
        return Item(name, points, self.weights[name], earned, state, reason, result, override)

    def _earned(self, result, points):
        """Return (points before any override, or None while held; the state in words)."""
        if result.status == Status.HELD:
            return None, "held for a person to look at"
        if result.is_right:
            return points, "right"
        is_part = self.rules.partial and result.status == Status.GRADED
        earned = _rounded(points * min(max(result.share, 0), 1)) if is_part else 0
        state = STATES.get(result.status, str(result.status))
        return earned, "partly right" if earned else state


def _rounded(number):
    """Return points with two decimals at most, halves upwards; whole ones as an int."""
    number = round(number + 1e-9, 2)
    return int(number) if number == int(number) else number


def _status(result, held, is_decided):
    if not result.is_graded:
        return f"graded {BY_HAND}" if is_decided else str(result.status)
    return f"{result.status}, {len(held)} held" if held else str(result.status)


def _notes(mark, cap):
    """Return what a learner should know of the whole, list of str."""
    notes = [clean(note) for note in mark.result.notes]
    if mark.whole:
        words = f"{points_in_words(mark.whole.points)} given by hand"
        comment = clean(mark.whole.comment)
        notes.append(f"{words}: {comment}" if comment else f"{words}.")
    if mark.late_words and mark.is_graded:
        notes.append(mark.late_words)
    if mark.is_capped:
        notes.append(f"No total is above {shown(cap)}.")
    return notes


def marks(results, submissions, rules):
    """Return the Marks of a batch, list of Mark. results: list of SubmissionResult, as submissions;
    see Marker for the rest."""
    marker = Marker(submissions, rules)
    return [marker.mark(*pair) for pair in zip(results, submissions)]
