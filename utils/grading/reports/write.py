"""Writes the reports: results.json and feedback for each, tables and an overview for all."""

import json

from ..results import Status
from .feedback import feedback_page
from .gradebooks import contested, write_tables
from .overview import overview_page


def gradescope(result):
    """Return a SubmissionResult in the shape of Gradescope's results.json."""
    tests = [
        {
            "name": exercise.name,
            "score": exercise.score,
            "max_score": exercise.points,
            "status": "passed" if exercise.is_right else "failed",  # Gradescope's own words
            "output": _output(exercise),
            "visibility": "visible",
        }
        for exercise in result.exercises
    ]
    shape = {
        "score": result.score,
        "execution_time": result.seconds,
        "output": "\n".join([_headline(result), *result.notes]),
        "visibility": "visible",
        "tests": tests,
        "extra_data": {"week": result.week, "status": result.status},
    }
    if not result.is_graded:  # as PrairieLearn says it
        shape.update(gradable=False, format_errors=[result.reason])
    return shape


def _headline(result):
    if not result.is_graded:
        return f"{result.status}: {result.reason}"
    return f"{result.score} of {result.max_score} points"


def _output(exercise):
    status = "" if exercise.status == Status.GRADED else f"{exercise.status}: "
    return "\n".join([f"{status}{exercise.reason}", *exercise.notes]).strip()


def write_submission(place, result):
    """Write results.json and feedback.html of one submission into its folder."""
    text = json.dumps(gradescope(result), indent=1, ensure_ascii=False) + "\n"
    (place / "results.json").write_text(text, encoding="utf-8")
    (place / "feedback.html").write_text(feedback_page(result), encoding="utf-8")


def write_all(folder, results, submissions):
    """Write the tables and the overview of a whole run; return what a person must decide."""
    doubts = _doubts(submissions)
    write_tables(folder, results, submissions)
    (folder / "index.html").write_text(overview_page(results, doubts), encoding="utf-8")
    return doubts


def _doubts(submissions):
    """Say whose scores the tables to import leave blank."""
    sentences = []
    for number in sorted(contested(submissions)):
        names = [item.name for item in submissions if item.learner[1] == number]
        sentences.append(
            f"{len(names)} submissions carry the number {number}, so the tables to import leave "
            f"their scores blank; enter the right one by hand: {', '.join(names)}"
        )
    return sentences
