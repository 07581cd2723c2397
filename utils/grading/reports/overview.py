"""The instructor's page: how the cohort did, what went wrong how often, what to look at."""

from collections import Counter

from ... import config
from ..results import Status
from .page import bars, heading, page, paragraph, table
from .similar import near_pairs

GROUPS = 10
PLAIN = (Status.GRADED, Status.NOT_ATTEMPTED, Status.MISSING, Status.NOT_GRADABLE)


def overview_page(results, doubts=()):
    """Return the overview of a run as HTML. doubts: sentences on what a person must decide."""
    graded = [result for result in results if result.is_graded]
    week = results[0].week
    return page(
        f"Week {week}: {len(results)} submissions",
        paragraph(_in_short(results, graded)),
        *_distribution(graded),
        *_exercises(graded),
        *_mistakes(graded),
        *_to_look_at(results, doubts),
        *_all(results),
    )


def _in_short(results, graded):
    counts = Counter(result.status for result in results)
    words = ", ".join(f"{count} {status}" for status, count in counts.most_common())
    if not graded:
        return f"{words}."
    scores = sorted(result.score for result in graded)
    middle = scores[len(scores) // 2]
    return f"{words}. Median {middle:g} of {graded[0].max_score} points. Seed {graded[0].seed}."


def _distribution(graded):
    if not graded:
        return []
    best = graded[0].max_score
    counts = [0] * GROUPS
    for result in graded:
        counts[min(GROUPS - 1, int(GROUPS * result.score / best))] += 1
    labels = [f"{100 * n // GROUPS}–{100 * (n + 1) // GROUPS} %" for n in range(GROUPS)]
    return [heading("Distribution"), bars(counts, labels, "share of the points")]


def _exercises(graded):
    by_name = {}
    for result in graded:
        for exercise in result.exercises:
            by_name.setdefault(exercise.name, []).append(exercise)
    rows = []
    for name, items in by_name.items():
        right = sum(item.is_right for item in items)
        others = Counter(item.status for item in items if not item.is_right)
        words = ", ".join(
            f"{count} {'wrong' if status == Status.GRADED else status}"
            for status, count in others.items()
        )
        rows.append([name, round(100 * right / len(items)), words])
    rows.sort(key=lambda row: row[1])
    return [
        heading("Exercises, hardest first"),
        table(["exercise", "right, %", "the rest"], rows),
    ]


def _mistakes(graded):
    counts = Counter(
        (exercise.name, exercise.mistake)
        for result in graded
        for exercise in result.exercises
        if exercise.mistake
    )
    rows = [[count, name, mistake] for (name, mistake), count in counts.most_common()]
    head = ["times", "exercise", "mistake"]
    return [heading("Mistakes that were recognised"), table(head, rows)] if rows else []


def _to_look_at(results, doubts):
    """Return what a person should look at: doubts, pairs alike, points held, odd code.

    A folder's name is one submission's; two may have the same name.
    """
    sources = {result.folder: result.sources for result in results if result.sources}
    known = [config.solutions_path(results[0].week).read_text(encoding="utf-8")]
    pairs = [
        [f"{100 * share:.0f} %", f"{first}\n{second}"]
        for share, first, second in near_pairs(sources, known)
    ]
    odd = [
        [result.folder, exercise.name, exercise.status, _why(exercise)]
        for result in results
        for exercise in result.exercises
        if exercise.status == Status.HELD or exercise.flags
    ]
    parts = [heading("For a person to look at")] if pairs or odd or doubts else []
    parts += [paragraph(doubt) for doubt in doubts]
    if pairs:
        parts += [paragraph("Nearly the same, beyond what the exercises themselves make alike:")]
        parts += [table(["alike", "submissions"], pairs)]
    if odd:
        parts += [
            paragraph(f"{_held(results)} Code that looks into the interpreter costs nothing:")
        ]
        parts += [table(["submission", "exercise", "status", "what"], odd)]
    return parts


def _held(results):
    """Return how many points wait for a person, in a sentence; all others rest on values."""
    held = [each for result in results for each in result.exercises if each.status == Status.HELD]
    points = sum(exercise.points for exercise in held)
    return f"Points held, for networks that can't leave the sandbox: {points}."


def _why(exercise):
    return exercise.details or "It uses " + ", ".join(exercise.flags[:5])


def _all(results):
    rows = [
        [result.folder, f"{result.score} of {result.max_score}", _state(result)]
        for result in results
    ]
    return [heading("All submissions"), table(["submission", "points", "status"], rows)]


def _state(result):
    stopped = [
        f"{exercise.name}: {exercise.status}"
        for exercise in result.exercises
        if exercise.status not in PLAIN
    ]
    return "\n".join([f"{result.status} {result.reason}".strip(), *stopped, *result.notes])
