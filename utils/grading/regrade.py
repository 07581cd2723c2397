"""What of a result stays, and what is done again, where the course has changed since."""

from dataclasses import dataclass, replace
from pathlib import Path

from .intake.learner_names import clean
from .results import ExerciseResult, Status, SubmissionResult

UNSOLVED = "It still raises NotImplementedError."


@dataclass(frozen=True)
class Again:
    """A submission of which some exercises are graded again.

    submission: Submission; before: SubmissionResult, the result so far; only: tuple of str, the
    exercises to execute.
    """

    submission: object
    before: SubmissionResult
    only: tuple
    is_canary = False

    @property
    def name(self):
        return self.submission.name

    @property
    def folder(self):
        return self.submission.folder

    def kept(self, points):
        """Return {exercise: ExerciseResult} of those that stay. points: dict, exercise → int."""
        return {
            each.name: _alone(_worth(each, points[each.name]))
            for each in self.before.exercises
            if each.name in points and each.name not in self.only
        }


def rescored(result, stamp):
    """Return a SubmissionResult with the points of a stamp, where nothing need be executed."""
    points = stamp["points"]
    exercises = [
        _worth(each, points[each.name]) for each in result.exercises if each.name in points
    ]
    return replace(
        result,
        exercises=exercises,
        score=sum(each.score for each in exercises),
        max_score=sum(points.values()),
        stamp=stamp,
    )


def _worth(result, points):
    """Return an ExerciseResult where the exercise is worth other points."""
    return replace(result, points=points, score=points if result.is_right else 0)


def _alone(result: ExerciseResult):
    """Return an ExerciseResult without its line on other exercises, which may be right now."""
    if not result.depends_on:
        return result
    status = Status.NOT_ATTEMPTED if result.details.startswith(UNSOLVED) else result.status
    reason = result.reason.partition("\n")[2]
    return replace(result, status=status, reason=reason, depends_on=[])


def as_handed_in(result, submission):
    """Return a kept SubmissionResult with what the export and the roster say now: name, number, and
    when the files were handed in, which the course doesn't grade."""
    names = [clean(place[-1] if place[1:] else Path(place[0]).name) for place in submission.places]
    taken = []
    for each in result.taken:
        numbers = [number for number, name in enumerate(names) if name == each["notebook"]]
        if len(numbers) == 1 and submission.times:
            about = submission.times[numbers[0]], submission.late_marks[numbers[0]]
            each = {**each, "handed_in": about[0], "late_mark": about[1]}
        taken.append(each)
    known = {"name": submission.name, "number": submission.number, "upload": submission.upload}
    return replace(result, taken=taken, **known)
