"""The instructor's page: how the cohort did, what went wrong how often, what to look at."""

from collections import Counter

from ... import config
from ..marks.overrides import shown
from ..results import Status
from .by_hand import decisions, waiting
from .page import bars, heading, page, paragraph, table
from .similar import near_pairs

GROUPS = 10
PLAIN = (Status.GRADED, Status.NOT_ATTEMPTED, Status.MISSING, Status.NOT_GRADABLE)
PLAIN += (Status.NOT_HANDED_IN,)


def overview_page(marks, submissions, rules, doubts=()):
    """Return the overview of a run as HTML.

    marks: list of final.Mark; submissions: list of Submission; rules: Rules; doubts: sentences on
    what a person must decide.
    """
    graded = [mark for mark in marks if mark.is_graded]
    count = sum(not mark.is_absent for mark in marks)
    return page(
        f"Week {marks[0].week}: {count} submission{'s' * (count != 1)}",
        paragraph(_in_short(marks, graded)),
        *waiting(marks, submissions, rules),
        *_distribution(graded),
        *_exercises(graded),
        *_mistakes(graded),
        *_to_look_at(marks, doubts),
        *decisions(marks),
        *_all(marks),
    )


def _in_short(marks, graded):
    counts = Counter(mark.status.partition(",")[0] for mark in marks)
    words = ", ".join(f"{count} {status}" for status, count in counts.most_common())
    if not graded:
        return f"{words}."
    scores = sorted(mark.score for mark in graded)
    middle, most = scores[len(scores) // 2], graded[0].max_score
    seed = graded[0].result.seed
    return f"{words}. Median {shown(middle)} of {shown(most)} points. Seed {seed}."


def _distribution(graded):
    if not graded or not graded[0].max_score:
        return []
    best = graded[0].max_score
    counts = [0] * GROUPS
    for mark in graded:
        counts[min(GROUPS - 1, int(GROUPS * mark.score / best))] += 1
    labels = [f"{100 * n // GROUPS}–{100 * (n + 1) // GROUPS} %" for n in range(GROUPS)]
    return [heading("Distribution"), bars(counts, labels, "share of the points")]


def _exercises(graded):
    by_name = {}
    for mark in graded:
        for item in mark.items:
            by_name.setdefault(item.exercise, []).append(item)
    rows = []
    for name, items in by_name.items():
        right = sum(item.is_right for item in items)
        others = Counter(_in_a_word(item) for item in items if not item.is_right)
        words = ", ".join(f"{count} {state}" for state, count in others.items())
        rows.append([name, round(100 * right / len(items)), words])
    rows.sort(key=lambda row: row[1])
    return [
        heading("Exercises, hardest first"),
        table(["exercise", "right, %", "the rest"], rows),
    ]


def _in_a_word(item):
    return "held" if item.earned is None else item.state


def _mistakes(graded):
    counts = Counter(
        (item.exercise, item.result.mistake)
        for mark in graded
        for item in mark.items
        if item.result.mistake
    )
    rows = [[count, name, mistake] for (name, mistake), count in counts.most_common()]
    head = ["times", "exercise", "mistake"]
    return [heading("Mistakes that were recognised"), table(head, rows)] if rows else []


def _to_look_at(marks, doubts):
    """Return what a person should look at: doubts, pairs alike, odd code."""
    people = {mark.folder: mark.person for mark in marks}
    sources = {mark.folder: mark.result.sources for mark in marks if mark.result.sources}
    known = [config.solutions_path(marks[0].week).read_text(encoding="utf-8")]
    pairs = [
        [f"{100 * share:.0f} %", f"{people[first]}\n{people[second]}"]
        for share, first, second in near_pairs(sources, known)
    ]
    odd = [
        [mark.person, each.name, each.status, each.details or _odd(each)]
        for mark in marks
        for each in mark.result.exercises
        if each.flags
    ]
    parts = [heading("For a person to look at")] if pairs or odd or doubts else []
    parts += [paragraph(doubt) for doubt in doubts]
    if pairs:
        parts += [paragraph("Nearly the same, beyond what the exercises themselves make alike:")]
        parts += [table(["alike", "submissions"], pairs)]
    if odd:
        parts += [paragraph("Code that looks into the interpreter, which costs nothing:")]
        parts += [table(["submission", "exercise", "status", "what"], odd)]
    return parts


def _odd(exercise):
    return "It uses " + ", ".join(exercise.flags[:5])


def _all(marks):
    rows = [
        [mark.person, f"{shown(mark.score)} of {shown(mark.max_score)}", _state(mark)]
        for mark in marks
    ]
    return [heading("All submissions"), table(["submission", "points", "status"], rows)]


def _state(mark):
    stopped = [
        f"{item.exercise}: {item.result.status}"
        for item in mark.items
        if item.result.status not in PLAIN and not item.override and not mark.whole
    ]
    status = f"{mark.status}: {mark.reason}" if mark.reason else mark.status
    return "\n".join([status, *stopped, *mark.notes])
