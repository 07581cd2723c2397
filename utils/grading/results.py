"""The results of grading: a Judgement, of these an ExerciseResult, of these a SubmissionResult.

The judge gives the first, `judge.outcome` makes the second of it, `grade` the third; workers send
it to the command as JSON, `batch` keeps it in `details/*.json`, and `reports` shows it.
"""

from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum


class Status(StrEnum):
    """What became of an exercise or a submission, in the words that reports show."""

    GRADED = "graded"  # right or wrong: the score says which
    NOT_GRADABLE = "not gradable"  # it can't be read or is too large, or the grader failed on it
    NOT_ATTEMPTED = "not attempted"
    MISSING = "missing"
    HELD = "held"  # right as far as can be seen; a person must look at it
    TIMED_OUT = "timed out"
    KERNEL_DIED = "kernel died"
    OUTPUT_LIMIT = "output limit"
    FAILED = "failed"  # the grader did, so it is no score
    NOT_HANDED_IN = "not handed in"  # the roster has this learner, the export has no work of them


@dataclass
class Judgement:
    """What the judge says of the evidence that a kernel sent for one exercise.

    ok: bool; text: what differs, in words; mistake: the one that was recognised, or '';
    seconds: how long the probe took in the kernel; share: float, how much of a wrong one holds.
    """

    ok: bool
    text: str
    mistake: str = ""
    status: Status = Status.GRADED
    seconds: float = 0.0
    share: float = 0.0
    behaviour: str = ""


@dataclass
class ExerciseResult:
    """What became of one exercise.

    reason: str, for the learner, without values; details: str, for the instructor alone; mistake:
    str, the one that was recognised, or ''; flags: list of str, the odd code in it; notes: list of
    str; depends_on: names of the wrong exercises that it uses; score: int, the points if it is
    right, else 0, before anything that the instructor decides; share: float from 0 to 1, how much
    of a wrong answer holds, for partial credit (see `utils.checks.share`): 1 where it's right, 0
    where nothing of the kind is known; behaviour: str, a short code of what a wrong answer does,
    see `judge.behaviour`, or ''.
    """

    name: str
    points: int
    status: Status
    reason: str = ""
    details: str = ""
    mistake: str = ""
    score: int = 0
    seconds: float = 0.0
    flags: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    depends_on: list = field(default_factory=list)
    share: float = 0.0
    behaviour: str = ""

    @property
    def is_right(self):
        return self.score == self.points


@dataclass
class SubmissionResult:
    """What became of the work of one learner.

    name and number: str, the learner's, as the roster or the export gives them; upload: str, what
    the export calls the file or folder; reason: str, why it isn't gradable, or ''; notebook: str,
    the name of the one that was graded; exercises: list of ExerciseResult; sources: dict, exercise
    → code; failed: whether it was the grader that failed, so that --resume tries again; digest:
    str, a hash of what was handed in; taken: list of dict, the files that the result rests on, each
    with notebook (str), handed_in (a time in ISO 8601, or ''), late_mark (bool) and exercises (list
    of str); stamp: dict, the version of the course that graded it (see `utils.grading.versions`),
    empty in results from before there were stamps.
    """

    name: str
    folder: str
    week: int
    seed: int
    max_score: int
    status: Status = Status.GRADED
    reason: str = ""
    notes: list = field(default_factory=list)
    notebook: str = ""
    exercises: list = field(default_factory=list)
    sources: dict = field(default_factory=dict)
    score: int = 0
    seconds: float = 0.0
    failed: bool = False
    digest: str = ""
    number: str = ""
    upload: str = ""
    taken: list = field(default_factory=list)
    stamp: dict = field(default_factory=dict)

    @property
    def is_graded(self):
        return self.status == Status.GRADED

    def refuse(self, reason, failed=False):
        """Give it no score. failed: whether that is the grader's fault."""
        self.status, self.reason, self.failed = Status.NOT_GRADABLE, reason, failed

    def to_json(self):
        """Return the result as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, data):
        """Return the result that `to_json` gave. Raises TypeError, KeyError or ValueError."""
        result = _from_dict(cls, data)
        result.exercises = [_from_dict(ExerciseResult, item) for item in result.exercises]
        return result


def _from_dict(kind, data):
    known = {each.name: data[each.name] for each in fields(kind) if each.name in data}
    return kind(**{**known, "status": Status(known["status"])})
