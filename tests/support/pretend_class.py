"""Marks of a class that nobody graded: for pages, whose looks depend on what is in them.

Answers, mistakes and their sentences are the catalogue's; who made which is drawn. Names are as
long, and written in as many ways, as names are.
"""

import random
from dataclasses import replace
from functools import cache

from utils.grading.intake.submissions import Submission
from utils.grading.judge.verdicts import checks_of
from utils.grading.marks.final import Marker
from utils.grading.marks.overrides import WHOLE, Override
from utils.grading.marks.rules import Rules
from utils.grading.results import ExerciseResult, Status, SubmissionResult
from utils.grading.sample_cohort import renamed_source, solution_source

WEEK, SEED = 1, 20261127
HOSTILE = "<script>alert('`x`')</script><b onclick=\"x\">"
NAMES = (
    "Maximiliana Theodora Konstantinopoulos-Featherstonehaugh von und zu Hohenlohe-Bart",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochuchafmawr",
    "محمد عبد الرحمن الخوارزمي (ثاني)", "שרה כהן־לוי", "山田 太郎", "欧阳 娜娜", "Åsa Lindqvist",
    f"Eve {HOSTILE}", "Dana O'Neil", "Émile Petit", "Gülşen Kaya", "Ivo Žák", "Jún Sato",
    "X", "Marta Łoś", "ประเสริฐ วงศ์ศิริ", "Nguyễn Thị Minh Khai", "Bo Chen", "Bo Chen",
)  # fmt: skip
SHAPE = "Tried on: a batch of one row\nthe shape should be (12,); it is (12, 4)."
VALUE = "Tried on: twelve rows\nfirst difference at index [3] (3 of 12 differ)"
LATE_FLAGS = ["__globals__", "gc"]


@cache
def _variants(name):
    """Return [(sentence or '', source)] of an exercise: mistakes, then right ones."""
    check = checks_of(WEEK)[name]
    found = [(item.explanation, renamed_source(item.function, name)) for item in check.mistakes]
    right = [("", renamed_source(item, name)) for item in check.alternatives]
    right.append(("", solution_source(WEEK, name)))
    return [pair for pair in found if pair[1]], [pair for pair in right if pair[1]]


def _answer(rng, name, points, ability):
    """Return (ExerciseResult, source) of one learner's answer."""
    mistakes, right = _variants(name)
    result, source = ExerciseResult(name, points, Status.GRADED, seconds=0.1), rng.choice(right)[1]
    luck = rng.random()
    if luck < ability:
        result.score, result.share = points, 1.0
    elif luck < ability + 0.6 * (1 - ability) and mistakes:
        place = min(int(rng.expovariate(0.6)), len(mistakes) - 1)  # some are common
        result.mistake, source = mistakes[place]
        result.reason = f"{result.mistake}\n{VALUE}"
        result.behaviour = f"{place:012} 1e-04 {place}.5 0.25"
    elif luck < ability + 0.85 * (1 - ability):
        kind = rng.choice((1, 1, 1, 2, 2, rng.randrange(9, 10_000)))
        result.reason, result.behaviour = (SHAPE, VALUE)[kind % 2], f"{kind:012} 1e-04 {kind}.5 1"
    elif luck < ability + 0.95 * (1 - ability):
        result.status, source = Status.NOT_ATTEMPTED, ""
        result.reason = "It still raises NotImplementedError."
    else:
        result.status, result.reason = Status.TIMED_OUT, "It was still running after 40 seconds."
    result.details = result.reason
    if rng.random() < 0.01:
        result.flags, result.details = LATE_FLAGS, f"{HOSTILE}\n{result.reason}"
    return result, source


def make(count, seed=0, names=NAMES, held=0.01, **rules):
    """Return (marks, submissions, rules) of a class in week 1.

    count: int, learners; names: of str, used in turn; held: float, the share of answers that wait
    for a person; rules: of Rules.
    """
    rng, points = random.Random(seed), {n: c.points for n, c in checks_of(WEEK).items()}
    works, results = [], []
    for place in range(count):
        name, folder = names[place % len(names)], f"{place} {chr(233)}t's #{place}?"
        name = name if place < len(names) else f"{name} {place // len(names) + 1}"
        files = (("part 1.ipynb",), ("part 2.ipynb",)) if place % 25 == 3 else (("a.ipynb",),)
        works.append(Submission(name, folder, files, number=str(1000 + place), upload=folder))
        result = SubmissionResult(name, folder, WEEK, SEED, sum(points.values()))
        _fill(result, rng, points, place, held)
        result.taken = [
            {"notebook": file[0], "handed_in": "", "late_mark": place % 20 == 5, "exercises": []}
            for file in files
        ]
        results.append(result)
    _copy(rng, results)
    overrides = [
        Override("overrides.csv, line 2", "1004", "expand", 1, f"shown in class {HOSTILE}"),
        Override("overrides.csv, line 3", "1005", WHOLE, 12, ""),
    ]
    rules = Rules(WEEK, overrides=overrides[: max(0, count - 4)], **rules)
    marker = Marker(works, rules)
    return [marker.mark(*pair) for pair in zip(results, works)], works, rules


def _fill(result, rng, points, place, held):
    if place % 40 == 17:
        result.status = Status.NOT_HANDED_IN
        return
    if place % 40 == 27:
        result.refuse("The file isn't a notebook: line 1, column 24: Expecting value.")
        return
    ability = min(max(rng.gauss(0.7, 0.2), 0), 1)
    for name, worth in points.items():
        exercise, source = _answer(rng, name, worth, ability)
        if exercise.is_right and rng.random() < held:
            exercise.status, exercise.score = Status.HELD, 0
            exercise.reason = exercise.details = f"It returns a network of class {HOSTILE}."
        result.exercises.append(exercise)
        if source:
            result.sources[name] = f"# {HOSTILE}\n{source}" if place == 7 else source
    result.score = sum(item.score for item in result.exercises)


def _copy(rng, results):
    """Give some learners what another one wrote, as far as it goes."""
    graded = [result for result in results if result.is_graded]
    for first, *others in (rng.sample(graded, 3) for _ in range(len(graded) // 20)):
        for other in others:
            other.sources = dict(first.sources)
            other.exercises = [replace(exercise) for exercise in first.exercises]
            other.score = first.score
