"""Every week's catalogue: mistakes are caught and named, sound variants pass."""

import ast
import contextlib
import dataclasses
import functools
import importlib
import inspect
import re
import time

import numpy as np
import pytest

from utils import config
from utils.checks import week1
from utils.checks.check import Check, Verdict
from utils.checks.compare import compare
from utils.checks.exercise import load_solutions
from utils.errors import CheckFailed, Unsolved

SEEDS = range(5)
MORE_SEEDS = range(5, 8)  # for the long test
CHEAP = 0.02  # seconds of a check, below which verdicts are tried on many seeds
ENOUGH = 0.1  # seconds, after which a check that trains networks has been tried on enough seeds


def catalogues():
    """Yield (week, {name: check}) for each week that is here."""
    for week in config.available_weeks():
        module = importlib.import_module(f"utils.checks.week{week}")
        yield week, {name: item for name, item in vars(module).items() if isinstance(item, Check)}


ALL = [check for _, checks in catalogues() for check in checks.values()]
MISTAKES = [(check, mistake) for check in ALL for mistake in check.mistakes]
ALTERNATIVES = [(check, function) for check in ALL for function in check.alternatives]


def seeds():
    """Yield the seeds to try: all, or fewer where one takes long; the long test has the rest."""
    start = time.monotonic()
    for seed in SEEDS:
        if seed == 0 or time.monotonic() - start < ENOUGH:
            yield seed


def name_of(item):
    return getattr(item, "name", None) or item.__name__


@pytest.mark.parametrize("week, checks", list(catalogues()), ids=lambda item: str(item)[:1])
def test_every_exercise_has_its_check(week, checks):
    tree = ast.parse(config.solutions_path(week).read_text(encoding="utf-8"))
    exercises = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert sorted(checks) == sorted(exercises)
    for name, check in checks.items():
        assert check.name == name and check.week == week and check.points >= 1
        assert check.reference is getattr(load_solutions(week), name)


@pytest.mark.parametrize("check", ALL, ids=name_of)
def test_catalogue_is_rich(check):
    explanations = [mistake.explanation for mistake in check.mistakes]
    assert len(set(explanations)) >= 3
    assert len(check.alternatives) >= 2


@pytest.mark.parametrize("check", ALL, ids=name_of)
def test_the_reference_passes(check):
    agree = "".join(f" It agrees with {name}." for name in check.witnesses)
    for seed in seeds():
        assert check.examine(check.reference, seed) == Verdict(True, agree)


@pytest.mark.parametrize("check", ALL, ids=name_of)
def test_the_reference_raises_only_what_a_probe_expects(check):
    """A probe that fails by itself would let every answer pass that fails the same way."""
    for seen in check.known(check.reference, 0):
        raised = seen["error"] and seen["error"]["type"]
        assert raised == seen["facts"].get("raises"), seen["case"]


@pytest.mark.parametrize("check", [check for check in ALL if check.properties], ids=name_of)
def test_properties_of_the_first_cases_are_those_of_all(check):
    """Or can't be told yet: a mistake is left at the first case that shows that it isn't it."""
    evidence = check.known(check.mistakes[0].function, 0)
    whole = check.properties(evidence)
    for count in range(1, len(evidence)):
        with contextlib.suppress(Exception):
            part = check.properties(evidence[:count])
            assert compare(part, whole[:count]) is None


@pytest.mark.parametrize("check, mistake", MISTAKES, ids=name_of)
def test_mistakes_are_caught_and_named(check, mistake):
    for seed in seeds():
        verdict = check.examine(mistake.function, seed)
        assert not verdict.ok
        assert verdict.text.startswith(mistake.explanation)


@pytest.mark.parametrize("check, alternative", ALTERNATIVES, ids=name_of)
def test_alternatives_pass(check, alternative):
    for seed in seeds():
        verdict = check.examine(alternative, seed)
        assert verdict.ok, verdict.text


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("check", ALL, ids=name_of)
def test_no_verdict_depends_on_the_seed(check):
    rights = [(function, True) for function in (check.reference, *check.alternatives)]
    wrongs = [(mistake.function, False) for mistake in check.mistakes]
    for function, is_right in rights + wrongs:
        for seed in many_seeds(check, function):
            verdict = check.examine(function, seed, naming=False)
            assert verdict.ok == is_right, f"{function}, seed {seed}"


def many_seeds(check, function):
    """Return 200 seeds, or 8 for what builds or trains networks."""
    start = time.perf_counter()
    check.examine(function, 0, naming=False)
    return range(200 if time.perf_counter() - start < CHEAP else 8)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("check", ALL, ids=name_of)
def test_no_name_of_a_mistake_depends_on_the_seed(check):
    for seed in (*SEEDS, *MORE_SEEDS):
        for mistake in check.mistakes:
            verdict = check.examine(mistake.function, seed)
            assert verdict.text.startswith(mistake.explanation), f"{name_of(mistake)}, seed {seed}"


def test_a_right_answer_gets_one_line_with_its_points(capsys):
    week1.kfold_indices(week1.kfold_indices.reference)
    assert capsys.readouterr().out == "✓ kfold_indices: right (2 points).\n"


def test_a_right_answer_of_another_name_is_told_what_grading_looks_for(capsys):
    """Unless the notebook has it under the exercise's name as well, as `sgd_step = lambda …`."""

    def my_step(w, grad, eta):
        return w - eta * grad

    line = "✓ sgd_step: right (1 point). But grading looks for a function called `sgd_step`: give"
    week1.sgd_step(my_step)
    assert capsys.readouterr().out.startswith(f"{line} yours, `my_step`, that name.")
    week1.sgd_step(functools.partial(my_step))
    assert capsys.readouterr().out.startswith(f"{line} yours that name.")
    cell = "sgd_step = lambda w, grad, eta: w - eta * grad\ncheck.sgd_step(sgd_step)"
    exec(cell, {"check": week1})
    assert "grading" not in capsys.readouterr().out


def test_a_right_answer_with_a_warning_passes_and_says_where(capsys):
    week1.probability(lambda X, w: 1 / (1 + np.exp(-(X @ w))))
    text = capsys.readouterr().out
    assert text.startswith("✓ probability: right (1 point).")
    assert "On logits of +1000 and −1000 NumPy warned: overflow" in text


def test_a_witness_speaks_up_where_the_reference_is_wrong():
    check = dataclasses.replace(week1.sgd_step, witnesses={})

    @check.witness("uphill")
    def uphill(w, grad, eta):
        return w + eta * grad

    assert "It disagrees with uphill.\n  Tried on: " in failure(check, check.reference)


def failure(check, function):
    with pytest.raises(CheckFailed) as caught:
        check(function)
    return str(caught.value)


def test_wrong_values_show_expected_got_and_the_first_difference():
    def expand(X):
        result = week1.expand.reference(X)
        result[-1, 3] += 1
        return result

    text = failure(week1.expand, expand)
    assert text.startswith("✗ expand isn't right yet.")
    rows = int(re.search(r"Tried on: (\d+) points", text)[1])
    assert f"first difference at index [{rows - 1}, 3]: expected" in text
    assert f"(1 of {6 * rows} differ)" in text


@pytest.mark.parametrize(
    "wrong, expected",
    [
        (lambda X, w: None, "nothing was returned. Is a `return` missing?"),
        (lambda X, w: "text", "array of shape (N,); it is a string"),
        (lambda X, w: [0.5] * len(X), "shape (N,); it is a tuple or list of N"),
        (lambda X, w: X @ w > 0, "the dtype should be float64; it is bool"),
        (lambda X, w: np.full((len(X), 1), 0.5), "the shape should be (N,); it is (N, 1)"),
        (lambda X, w: np.full(len(X), np.nan), "got nan"),
        (lambda X, w: (X @ w).astype(object), "it is an array of N items of dtype object"),
        (lambda X, w: object(), "it is an object of type object"),
        (lambda X: X, "should be `probability(X, w)`; they are `probability(X)`"),
        (lambda X, *, w: X, "they are `probability(X, *, w)`"),
        (lambda w, X: X, "should be `probability(X, w)`; they are `probability(w, X)`"),
        (3, "`probability` should be a function; it is 3"),
    ],
)
def test_messages_name_what_is_wrong(wrong, expected):
    """N is the number of rows, which is drawn."""
    pattern = re.escape(expected).replace("N", r"\d+")
    assert re.search(pattern, failure(week1.probability, wrong))


def test_more_keyword_parameters_with_defaults_are_welcome(capsys):
    week1.expand(lambda X, degree=2, **options: week1.expand.reference(X))
    assert "✓" in capsys.readouterr().out


def test_an_exception_shows_the_learners_own_line():
    def compute_grad(X, y, w):
        errors = week1.probability.reference(X, w) - y
        return X @ errors  # the learner's line

    text = failure(week1.compute_grad, compute_grad)
    assert "it raised ValueError: matmul" in text
    assert "of your code: `return X @ errors  # the learner's line`" in text


def test_an_unsolved_exercise_that_is_called_is_the_one_that_is_named():
    def compute_grad(X, y, w):
        raise Unsolved("probability")

    with pytest.raises(Unsolved, match="`probability` waits for your code"):
        week1.compute_grad(compute_grad)


def test_a_wrong_answer_that_calls_another_exercise_points_to_it():
    def probability(X, w):
        return X @ w

    namespace = {"probability": probability}
    exec("def compute_grad(X, y, w): return X.T @ (probability(X, w) - y) / len(X)", namespace)
    text = failure(week1.compute_grad, namespace["compute_grad"])
    assert "Your code calls `probability`: does its check pass?" in text


def test_the_settings_of_the_kernel_do_not_change_the_verdict(capsys):
    with np.errstate(all="raise"):
        week1.probability(lambda X, w: (np.tanh((X @ w) / 2) + 1) / 2)
    assert capsys.readouterr().out.startswith("✓ probability: right")


@pytest.mark.parametrize("number", ["", "_7", "_12345"])
def test_a_mistake_that_raises_is_named_whatever_keras_has_counted_so_far(number):
    def raises(number):
        def sgd_step(w, grad, eta):
            raise ValueError(f"the layer 'dense{number}' can't be called: {'because ' * 50}")

        return sgd_step

    check = dataclasses.replace(week1.sgd_step, mistakes=[])
    check.mistake("It raises.")(raises("_1"))
    assert check.examine(raises(number), 0).mistake == "It raises."


def test_leaving_python_is_an_error_like_any_other():
    assert "it raised SystemExit: 3" in failure(week1.expand, lambda X: exit(3))


@pytest.mark.parametrize(
    "wrong, fact",
    [
        (
            lambda n, k, a: [(np.delete(a, a[i::k]), a[i::k]) for i in range(k)],
            "The rows aren't shuffled",
        ),
        (lambda n, k, a: [np.arange(n)] * k, "the result is a list of pairs"),
        (lambda n, k, a: [({1}, {2})] * k, "the result is a list of pairs"),
    ],
)
def test_wrong_folds_are_told_as_facts(wrong, fact):
    def kfold_indices(n_samples, n_folds, rng):
        return wrong(n_samples, n_folds, np.arange(n_samples))

    assert fact in failure(week1.kfold_indices, kfold_indices)


def test_train_rows_must_not_be_doubled():
    def kfold_indices(n_samples, n_folds, rng):
        folds = week1.kfold_indices.reference(n_samples, n_folds, rng)
        return [(np.concatenate([train, train]), valid) for train, valid in folds]

    text = failure(week1.kfold_indices, kfold_indices)
    assert "some train part holds a row twice: this should be False; it is True" in text


def test_almost_zero_is_not_zero():
    text = failure(week1.soft_threshold, lambda w, threshold: _almost(w, threshold))
    assert "exactly zero" in text


def _almost(w, threshold):
    return week1.soft_threshold.reference(w, threshold) + 1e-12


def test_a_modified_input_is_named():
    def sgd_step(w, grad, eta):
        grad *= eta
        return w - grad

    text = failure(week1.sgd_step, sgd_step)
    assert "it modified its input `grad`" in text


def test_an_unsolved_exercise_is_not_called_wrong():
    def expand(X):
        raise NotImplementedError

    with pytest.raises(Unsolved, match="`expand` waits for your code"):
        week1.expand(expand)


def test_a_loop_that_never_ends_is_stopped_and_its_line_shown():
    def expand(X):
        while True:
            with contextlib.suppress(Exception):  # the limit is no Exception: it gets out
                X = X + 0

    verdict = dataclasses.replace(week1.expand, seconds=0.3).examine(expand, 0)
    assert not verdict.ok
    assert "still running after 0.3 seconds. Does a loop never end?" in verdict.text
    assert "It was stopped in line" in verdict.text


def test_code_that_only_waits_is_stopped_too():
    def expand(X):
        time.sleep(60)

    verdict = dataclasses.replace(week1.expand, seconds=0.1).examine(expand, 0)
    assert "still running after 0.1 seconds" in verdict.text
    assert "`time.sleep(60)`" in verdict.text


@pytest.mark.parametrize("check", ALL, ids=name_of)
@pytest.mark.parametrize(
    "value",
    [None, 0, "x", [], [[]], [[1, 2]], {}, np.array([]), [(0, 0)], [([1], "a")]]
    + [[([np.arange(2), np.arange(3)], np.arange(1))] * 5, [np.arange(4)] * 5, {1, 2}],
    ids=repr,
)
def test_nonsense_is_judged_not_raised(check, value):
    verdict = check.examine(_with_parameters_of(check, value), 0)
    assert not verdict.ok and verdict.text


def _with_parameters_of(check, value):
    def nonsense(*args, **kwargs):
        return value

    nonsense.__signature__ = inspect.signature(check.reference)
    return nonsense
