"""The overview's sections in numbers: how scores are spread, and how hard each exercise was."""

import statistics

from ..marks.overrides import points_in_words, shown
from .class_counts import tallies
from .page import Html, bar, code, paragraph, table

BINS, FEWEST = 10, 5  # of the distribution; learners without whom it says nothing


def scores(marks):
    """Return paragraphs and a table on the scores of a class, list of Html.

    marks: list of final.Mark.
    """
    graded = [mark for mark in marks if mark.is_graded]
    if not graded:
        return []
    return [
        paragraph(" ".join(filter(None, [_middle(graded), _cap(graded[0]), _so_far(graded)]))),
        *_distribution(graded),
    ]


def _middle(graded):
    """Return mean, median and quartiles in words, of a class as small as it is."""
    found, most = [mark.score for mark in graded], points_in_words(graded[0].most)
    if len(found) == 1:
        return f"The only score is {shown(found[0])} of {most}."
    words = f"The mean is {shown(statistics.fmean(found))} of {most}"
    words += f", the median {shown(statistics.median(found))}"
    if len(found) >= FEWEST:
        low, _, high = statistics.quantiles(found, n=4, method="inclusive")
        words += f", and the quartiles are {shown(low)} and {shown(high)}"
    return f"{words}. The lowest score is {shown(min(found))}, the highest {shown(max(found))}."


def _cap(mark):
    if mark.most >= mark.max_score:
        return ""
    return (
        f"No total is above the cap of {shown(mark.most)}; the exercises are worth "
        f"{shown(mark.max_score)} together."
    )


def _so_far(graded):
    waiting = sum(not mark.is_final for mark in graded)
    if not waiting:
        return ""
    them = "One score lacks" if waiting == 1 else f"{waiting} scores lack"
    return f"{them} what is held, until you decide."


def _distribution(graded):
    most = graded[0].most
    if not most or len(graded) < FEWEST:
        return []
    counts = [0] * BINS
    for mark in graded:
        counts[min(BINS - 1, int(BINS * mark.score / most + 1e-9))] += 1
    largest = max(counts)
    rows = [
        [_range(place), _with_bar(count / largest, count)] for place, count in enumerate(counts)
    ]
    return [table(["share of the points", "learners"], rows, "How the scores are spread")]


def _range(place):
    low, high = 100 * place // BINS, 100 * (place + 1) // BINS
    if place == BINS - 1:
        return f"{low} to {high} %"
    return f"{low} to under {high} %" if place else f"under {high} %"


def exercises(marks):
    """Return a table of the exercises, the hardest first, list of Html."""
    rows = [
        [
            code(tally.exercise),
            _with_bar(tally.share, f"{100 * tally.share:.0f} %") if tally.total else "",
            f"{tally.right} of {tally.total}",
            ", ".join(f"{count} {state}" for state, count in tally.rest.most_common()),
        ]
        for tally in tallies(marks)
    ]
    head = ["exercise", "right", "learners", "the rest"]
    return [table(head, rows, "How many have each exercise right")] if rows else []


def _with_bar(share, words):
    return Html(f'<span class="nowrap">{bar(share)} {words}</span>')
