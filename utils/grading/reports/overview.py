"""The instructor's page: what waits, what to talk about, how the class did, who did what."""

from collections import Counter

from .by_hand import decisions, waiting
from .class_mistakes import cases, known_mistakes, other_mistakes
from .class_numbers import exercises, scores
from .copied import copies
from .everyone import all_learners, odd_code
from .next_lecture import sentences
from .page import Html, heading, items, joined, link, page, paragraph

LONG = 4  # sections without a list of contents
WAITING, COPIED = "waiting", "copies"  # anchors


def overview_page(marks, submissions, rules, doubts=()):
    """Return the overview of a run as HTML.

    marks: list of final.Mark; submissions: list of Submission; rules: Rules; doubts: sentences on
    what a person must decide.
    """
    count = sum(not mark.is_absent for mark in marks)
    found = cases(marks)
    copied, alike = copies(marks, found)
    sections = [
        (WAITING, "Waiting for a person", waiting(marks, submissions, rules)),
        ("doubts", "Please check", [items(doubts)] if doubts else []),
        ("lecture", "To talk about in the next lecture", _lecture(sentences(marks, found))),
        ("numbers", "The class in numbers", scores(marks)),
        ("exercises", "Exercises, hardest first", exercises(marks)),
        ("mistakes", "Mistakes of this class", known_mistakes(found)),
        ("others", "Wrong answers that no known mistake explains", other_mistakes(found)),
        (COPIED, "Copies", copied),
        ("odd", "Code that looks into the interpreter", odd_code(marks)),
        *decisions(marks),
        ("all", "All learners", all_learners(marks, WAITING, COPIED, alike)),
    ]
    sections = [section for section in sections if section[2]]
    return page(
        f"Week {marks[0].week}: {count} submission{'s' * (count != 1)}",
        paragraph(_in_short(marks)),
        _contents(sections),
        *(part for anchor, title, parts in sections for part in (heading(title, anchor), *parts)),
    )


def _in_short(marks):
    """Say what became of all, whose sum is the class; and the seed, unless codes hide names, which
    could be computed with it."""
    counts = Counter(mark.status.partition(",")[0] for mark in marks)
    words = ": " + ", ".join(f"{count} {status}" for status, count in counts.most_common())
    words = f", {'all ' * (len(marks) > 1)}{[*counts][0]}" if len(counts) == 1 else words
    learners = f"{len(marks)} learner{'s' * (len(marks) != 1)}"
    seed = next((mark.result.seed for mark in marks if mark.result.is_graded), None)
    has_seed = seed is not None and not marks[0].code
    return f"{learners}{words}." + f" Seed {seed}." * has_seed


def _lecture(said):
    return [items(said)] if said else []


def _contents(sections):
    if len(sections) <= LONG:
        return Html()
    places = items([link(title, f"#{anchor}") for anchor, title, _ in sections])
    return joined(Html('<nav aria-label="Contents">'), places, Html("</nav>"))
