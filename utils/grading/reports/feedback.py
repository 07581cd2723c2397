"""The page that a learner gets: own results only, no values that an exercise was tried on."""

from ..marks.overrides import shown
from ..results import Status
from .page import Html, code, heading, joined, page, paragraph, strong, table

UNDONE = (Status.MISSING, Status.NOT_ATTEMPTED)
NOTE = (
    "Each exercise was called on inputs drawn for this grading; run its check in the notebook to "
    "see the first difference on inputs of your own."
)


def feedback_page(mark):
    """Return the feedback on one submission as HTML. mark: final.Mark."""
    title = f"Feedback: {mark.name}"
    if not mark.is_graded:
        words = f"This submission is {mark.status}. {mark.reason}"
        return page(title, paragraph(words), *map(paragraph, mark.notes))
    has_weights = any(item.weight != 1 for item in mark.items)
    rows = [
        [_exercise(item), _earned(item), *[_weight(item)] * has_weights, item.state]
        for item in mark.items
    ]
    return page(
        title,
        paragraph(f"Week {mark.week}: {headline(mark)}."),
        *map(paragraph, mark.notes),
        table(["exercise", "points", *["counts"] * has_weights, "result"], rows, "Your results"),
        *(part for items in told_together(mark.items) for part in _to_look_at(items)),
        paragraph(NOTE),
    )


def headline(mark):
    """Return the score in words. mark: final.Mark."""
    so_far = "" if mark.is_final else f" so far, without {', '.join(mark.held)}"
    return f"{shown(mark.score)} of {shown(mark.most)} points{so_far}"


def _exercise(item):
    """Return its name as a link to what is said of it; or as the place that the overview links."""
    if what_to_look_at(item):
        return Html(f'<a href="#{item.exercise}">{code(item.exercise)}</a>')
    return Html(f'<span id="{item.exercise}">{code(item.exercise)}</span>')


def _earned(item):
    if item.earned is None:
        return "held"
    return Html(f'<span class="nowrap">{shown(item.earned)} of {item.points}</span>')


def _weight(item):
    if item.weight == 1:
        return ""
    return f"× {shown(item.weight)}" if item.weight else "practice only"


def told_together(items):
    """Return lists of items: each alone, but those together that aren't done for one reason."""
    groups = {}
    for item in items:
        is_undone = item.result.status in UNDONE and not item.override
        key = what_to_look_at(item) if is_undone else item.exercise
        groups.setdefault((is_undone, key), []).append(item)
    return groups.values()


def _to_look_at(items):
    """Return the part of the page on what is told together, the mistake first, or nothing."""
    item = items[0]
    words, mistake = what_to_look_at(item), item.result.mistake.strip()
    if not words:
        return []
    names = [Html(f'<span id="{each.exercise}">{code(each.exercise)}</span>') for each in items]
    title = heading(joined(joined(*names, between=", "), f": {item.state}", between=""))
    before, found, after = words.partition(mistake) if mistake else (words, "", "")
    rest = "\n".join(filter(None, [before.strip(), after.strip()]))
    return [title, paragraph(strong(found)) if found else "", paragraph(rest) if rest else ""]


def what_to_look_at(item):
    """Return what a learner is told of an exercise, in lines. item: final.Item."""
    if item.override:  # a reason why it was held, or why it got nothing, no longer explains it
        return item.comment or "A person has looked at it."
    if item.state == "partly right":
        return f"Part of its cases hold.\n{item.reason}".strip()
    return item.reason
