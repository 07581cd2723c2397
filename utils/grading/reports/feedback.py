"""The page that a learner gets: own results only, no values that an exercise was tried on."""

from ..results import Status
from .page import page, paragraph, table

SAID = {
    Status.GRADED: "wrong",
    Status.MISSING: "not found",
    Status.HELD: "held for a person to look at",
}


def feedback_page(result):
    """Return the feedback on one submission as HTML. result: SubmissionResult."""
    if not result.is_graded:
        words = f"This submission is {result.status}. {result.reason}"
        return page(f"Feedback: {result.name}", paragraph(words))
    rows = [
        [
            exercise.name,
            f"{exercise.score} of {exercise.points}",
            "right" if exercise.is_right else SAID.get(exercise.status, exercise.status),
            "\n".join([exercise.reason, *exercise.notes]).strip(),
        ]
        for exercise in result.exercises
    ]
    return page(
        f"Feedback: {result.name}",
        paragraph(f"Week {result.week}: {result.score} of {result.max_score} points."),
        *(paragraph(note) for note in result.notes),
        table(["exercise", "points", "result", "what to look at"], rows),
        paragraph(
            "Each exercise was called on inputs drawn for this grading; run its check in the "
            "notebook to see the first difference on inputs of your own."
        ),
    )
