"""Wrong answers are grouped by their mistake, and where none is known by what they do."""

import functools
import json
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest

from tests.support.grading_room import needs_box, room
from tests.support.judged import judged
from tests.support.planted_class import planted_class
from utils.checks.consequence import right_but
from utils.checks.probes.recorder import Opaque
from utils.grading import __main__
from utils.grading.judge import behaviour
from utils.grading.judge.behaviour import grouped
from utils.grading.judge.evidence import Store
from utils.grading.judge.verdicts import Judge
from utils.grading.results import ExerciseResult, Status, SubmissionResult

SEED = 11
STORE = Store()
NAMELESS = Judge(1, SEED, STORE, naming=False)  # so that all is grouped by what it does
SUMMED = "You summed over the batch; the loss is a mean."


def sizes(name, *items, judge=NAMELESS):
    """Return the sizes of the groups that some answers to an exercise fall into."""
    return [len(group.results) for group in grouped([judged(judge, name, f) for f in items])]


def noisy(function, size=1e-9):
    """Return the function with results that are a little off, as another order of sums gives."""

    @functools.wraps(function)
    def called(*args):
        value = function(*args)
        noise = np.random.default_rng(3).uniform(-size, size, np.shape(value))
        return value * (1 + noise)

    return called


def of_step(text):
    return eval(f"lambda w, grad, eta: {text}", {"np": np})


def test_the_same_written_differently_is_one_group():
    """The cube of the gradient, twice, and a little off; and three that do something else."""
    cube, product = of_step("w - eta * grad**3"), of_step("w - grad * eta * grad * grad")
    assert sizes("sgd_step", cube, product, noisy(cube), of_step("w - eta * grad**5")) == [3, 1]
    assert sizes("sgd_step", of_step("0"), of_step("0.0"), of_step("1")) == [2, 1]
    shapes = "w[:-1]", "np.stack([w, w])", "w[:-1] + 0"
    assert sizes("sgd_step", *map(of_step, shapes)) == [2, 1]


def test_a_transposed_result_and_one_that_is_off_by_one():
    """Each written in two ways."""
    right = NAMELESS.checks["expand"].reference

    def transposed(X):
        return right(X).T

    def by_rows(X):
        return np.array([[row[place] for row in right(X)] for place in range(6)]).reshape(6, -1)

    def one_more(X):
        return right(X) + 1

    def each_one_more(X):
        return np.array([[1 + item for item in row] for row in right(X)]).reshape(-1, 6)

    assert sizes("expand", transposed, one_more, by_rows, each_one_more, transposed) == [3, 2]


def test_errors_group_by_their_type_and_case():
    """Whatever they say; and whether all cases fail, or one."""

    def failing(text, rows=0):
        def expand(X):
            if len(X) > rows:
                raise eval(text)
            return np.zeros((len(X), 6))

        return expand

    some = [failing(text) for text in ("ValueError('a')", "ValueError('b', 2)", "KeyError('a')")]
    assert sizes("expand", *some, failing("ValueError('a')", rows=1)) == [2, 1, 1]


@pytest.mark.parametrize("name", ["compute_loss", "soft_threshold", "kfold_indices"])
def test_groups_are_what_the_check_can_tell_apart(name):
    """Of all catalogued mistakes, each beside itself with a little noise."""
    check, seed = NAMELESS.checks[name], NAMELESS.seed_of(name)
    items = [mistake.function for mistake in check.mistakes]
    results = [judged(NAMELESS, name, item) for item in items]
    groups = grouped(results)
    place = {id(result): n for n, group in enumerate(groups) for result in group.results}
    seen = [check.compared(check.known(item, seed)) for item in items]
    for n, ours in enumerate(seen):
        for m, theirs in enumerate(seen[:n]):
            alike = len(ours) == len(theirs) and all(map(check.same, ours, theirs))
            together = place[id(results[n])] == place[id(results[m])]
            assert alike == together, (check.mistakes[n].name, check.mistakes[m].name)


def test_a_code_is_bounded_whatever_was_returned():
    """NaN, infinities, the largest numbers, long lists, deep ones, and objects."""
    check, seed = NAMELESS.checks["sgd_step"], NAMELESS.seed_of("sgd_step")
    right = check.known(check.reference, seed)
    deep = 1.0
    for _ in range(200):
        deep = [deep, "x" * 1000]
    values = [np.full(3, np.nan), np.array([np.inf, -np.inf, 1e308, -1e308]), 2**62, 1e308, -0.0]
    values += [["x" * 2000] * 50_000, [[1.5] * 100] * 1000, np.zeros(1_000_000), deep, {"a": 1}]
    values += [Opaque("an object of type Mine"), 1j * np.inf, np.array(["a", "b"]), True, None, ""]
    codes = [
        behaviour.code(check, [{**seen, "value": value} for seen in right], right)
        for value in values
    ]
    assert all(codes) and len(set(codes)) == len(codes)
    assert max(map(len, codes)) < 2000
    results = [ExerciseResult("sgd_step", 1, Status.GRADED, behaviour=text) for text in codes]
    assert len(grouped(results * 2)) == len(codes)


def test_a_class_of_a_learners_own_is_known_by_no_name():
    check, seed = NAMELESS.checks["sgd_step"], NAMELESS.seed_of("sgd_step")
    right = check.known(check.reference, seed)
    codes = {
        behaviour.code(check, [{**seen, "value": Opaque(f"an object of type {name}")}
                               for seen in right], right)
        for name in ("Ann", "Bo")
    }  # fmt: skip
    assert len(codes) == 1


def test_only_what_is_wrong_is_grouped():
    """What was stopped, is held or unattempted isn't, nor what gave nothing to compare."""
    wrong = judged(NAMELESS, "sgd_step", of_step("w + grad"))
    right = judged(NAMELESS, "sgd_step", of_step("w - eta * grad"))
    assert wrong.behaviour and right.is_right and not right.behaviour
    others = [
        ExerciseResult("sgd_step", 1, status, mistake="A sentence.", behaviour=wrong.behaviour)
        for status in Status
        if status != Status.GRADED
    ]
    nothing = ExerciseResult("sgd_step", 1, Status.GRADED, "NameError: …")
    assert [group.results for group in grouped([*others, right, nothing, wrong])] == [[wrong]]
    assert grouped([]) == []


def test_results_of_before_have_no_behaviour():
    """And one that was made up by hand breaks nothing."""
    result = SubmissionResult("a", "a", 1, 1, 1, exercises=[ExerciseResult("f", 1, Status.GRADED)])
    data = result.to_json()
    del data["exercises"][0]["behaviour"]
    assert SubmissionResult.from_json(data).exercises[0].behaviour == ""
    codes = ("x", "x y", "a 1 nan")
    odd = [ExerciseResult("f", 1, Status.GRADED, behaviour=text) for text in codes]
    assert len(grouped(odd)) == 3


PROBABILITY = "def probability(X, w):\n    return {}"
LOSS = """def compute_loss(X, y, w):
    p = probability(X, w)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))"""
GRAD = "def compute_grad(X, y, w):\n    return {}"
NAIVE = "np.exp(X @ w) / (1 + np.exp(X @ w))"


@needs_box
@pytest.mark.parametrize(
    ("probability", "grad", "said"),
    [
        (NAIVE, "X.T @ (probability(X, w) - y)", "You summed over the rows;"),
        ("np.round(1 / (1 + np.exp(-(X @ w))), 2)", "X.T @ (y - probability(X, w)) / len(y)",
         "The sign is wrong:"),
        ("X @ w", "X.T @ (probability(X, w) - y) / len(y)", right_but(["probability"])),
    ],
)  # fmt: skip
def test_a_mistake_is_named_beside_a_wrong_exercise_that_is_called(probability, grad, said):
    """By grading as by the notebook's check, with the same words; and it gives no points."""
    cells = [PROBABILITY.format(probability), LOSS, GRAD.format(grad)]
    space = {"np": np}
    for cell in cells:
        exec(cell, space)
    found, judge = room(1).grade(*cells), room(1).judge
    for name in ("probability", "compute_loss", "compute_grad"):
        verdict = judge.checks[name].examine(space[name], judge.seed_of(name))
        assert found[name].mistake == verdict.mistake and verdict.mistake, name
        assert found[name].mistake in found[name].reason and not found[name].score
    assert found["compute_loss"].mistake.startswith(SUMMED)
    assert found["compute_grad"].mistake.startswith(said)
    assert space["probability"].__code__.co_filename == "<string>"  # it was put back


@needs_box
def test_what_is_lent_to_an_answer_gives_no_points():
    """An answer that keeps what a right `probability` returns gets nothing, nor does that one."""
    cells = [
        "kept = []",
        "def probability(X, w):\n    return kept[-1] if kept else X @ w",
        "def compute_grad(X, y, w):\n    kept.append(probability(X, w))\n"
        "    return X.T @ (kept[-1] - y) / len(y)",
    ]
    found = room(1).grade(*cells)
    assert [found[name].score for name in ("probability", "compute_grad")] == [0, 0]
    assert room(1).result.score == 0


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return (Planted, {learner: {exercise: ExerciseResult}}) of a class that was graded."""
    folder = tmp_path_factory.mktemp("class")
    planted = planted_class(1)
    for learner in planted.answers:
        path = folder / "submissions" / f"{learner}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(planted.notebook(learner))
    out = folder / "report"
    command = ["week1", folder / "submissions", "--out", out, "--seed=17", "--jobs=2"]
    assert __main__.main([str(word) for word in command]) == 0
    results = {}
    for path in (out / "details").glob("*.json"):
        result = SubmissionResult.from_json(json.loads(path.read_text(encoding="utf-8")))
        results[result.name] = {each.name: each for each in result.exercises}
    assert results.keys() == planted.answers.keys()
    return planted, results


def groups_of(results, exercise):
    """Return [(mistake, set of learners)] of the report's groups. results: as `graded` has them."""
    whose = {id(each[exercise]): learner for learner, each in results.items()}
    found = grouped([each[exercise] for each in results.values()])
    return [(group.mistake, {whose[id(one)] for one in group.results}) for group in found]


@needs_box
@pytest.mark.slow
def test_the_groups_of_a_class_are_what_was_planted(graded):
    """Each catalogued mistake's group has those who made it, and else only answers that the
    catalogue doesn't know; of what is right nothing is there but what calls something wrong."""
    planted, results = graded
    made = defaultdict(set)
    for learner, drawn in planted.drawn.items():
        for exercise, version in drawn.items():
            if version.text:
                made[exercise, version.text].add(learner)
    assert sum(map(len, made.values())) == planted.mistakes.total() > 100
    for exercise in room(1).judge.checks:
        for mistake, learners in groups_of(results, exercise):
            drawn = {one: planted.drawn[one][exercise] for one in learners}
            known = {one for one, version in drawn.items() if version.text}
            assert known == made.pop((exercise, mistake), set())
            is_behind = mistake == right_but(["probability"])
            right = [one for one, version in drawn.items() if version.is_right]
            assert is_behind or all(results[one][exercise].depends_on for one in right)
    assert not made


@needs_box
@pytest.mark.slow
def test_without_names_the_same_class_groups_by_what_its_answers_do(graded):
    """As if no mistake were known: one version, in the styles of its authors, is one group, and a
    group has one sentence, of versions that the check can't tell apart."""
    planted, results = graded
    for exercise, check in room(1).judge.checks.items():
        alone = {
            learner: {exercise: replace(each[exercise], mistake="")}
            for learner, each in results.items()
            if not each[exercise].depends_on
        }
        where = {}
        for number, (_, learners) in enumerate(groups_of(alone, exercise)):
            versions = [planted.drawn[one][exercise] for one in learners]
            assert all(where.setdefault(version.source, number) == number for version in versions)
            said = {version.text for version in versions if version.text}
            assert len(said) <= 1, (exercise, said)
        assert check.name == exercise
