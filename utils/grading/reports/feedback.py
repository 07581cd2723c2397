"""The page that a learner gets: own results only, no values that an exercise was tried on."""

from ..marks.overrides import shown
from .page import page, paragraph, table


def feedback_page(mark):
    """Return the feedback on one submission as HTML. mark: final.Mark."""
    title = f"Feedback: {mark.name}"
    if not mark.is_graded:
        words = f"This submission is {mark.status}. {mark.reason}"
        return page(title, paragraph(words), *map(paragraph, mark.notes))
    has_weights = any(item.weight != 1 for item in mark.items)
    head = ["exercise", "points", *["counts"] * has_weights, "result", "what to look at"]
    rows = [
        [
            item.exercise,
            _earned(item),
            *[_weight(item)] * has_weights,
            item.state,
            what_to_look_at(item),
        ]
        for item in mark.items
    ]
    return page(
        title,
        paragraph(f"Week {mark.week}: {headline(mark)}."),
        *map(paragraph, mark.notes),
        table(head, rows),
        paragraph(
            "Each exercise was called on inputs drawn for this grading; run its check in the "
            "notebook to see the first difference on inputs of your own."
        ),
    )


def headline(mark):
    """Return the score in words. mark: final.Mark."""
    so_far = "" if mark.is_final else f" so far, without {', '.join(mark.held)}"
    return f"{shown(mark.score)} of {shown(mark.max_score)} points{so_far}"


def _earned(item):
    if item.earned is None:
        return "held"
    return f"{shown(item.earned)} of {item.points}"


def _weight(item):
    if item.weight == 1:
        return ""
    return f"× {shown(item.weight)}" if item.weight else "practice only"


def what_to_look_at(item):
    """Return what a learner is told of an exercise, in lines. item: final.Item."""
    if item.override:  # a reason why it was held, or why it got nothing, no longer explains it
        return item.comment or "A person has looked at it."
    if item.state == "partly right":
        return f"Part of its cases hold.\n{item.reason}".strip()
    return item.reason
