"""Partial credit: what is right counts by its cases, and what takes no work counts nothing."""

import importlib

import numpy as np
import pytest

from tests.support.grading_room import needs_box, room
from utils import config
from utils.checks import week1
from utils.checks.compare import same_value
from utils.checks.exercise import exercise_names
from utils.checks.probes.recorder import Known
from utils.checks.share import counting, share
from utils.grading.judge.evidence import Store

SEED = 5
CONSTANTS = (None, True, False, 0, 1, 0.0, 1.0, 0.5, -1, "", (), [], {}, np.zeros(0), np.zeros(1))


def checks(week):
    """Return the checks of a week, as parameters; where networks are trained, that takes long."""
    catalogue = importlib.import_module(f"utils.checks.week{week}")
    marks = [pytest.mark.slow] if week in (3, 4) else []
    return [
        pytest.param(getattr(catalogue, name), marks=marks, id=name)
        for name in exercise_names(week)
    ]


ALL = [check for week in config.available_weeks() for check in checks(week)]


def share_of(check, function, seed=SEED, counts=None):
    """Return the share of one of the course's own functions."""
    evidence = check.evidence_of(Known(function), seed)
    expected = check.known(check.reference, seed)
    return share(check, evidence, expected, counts or counting(check, seed))


def argument(number):
    def give(*args, **options):
        return [*args, *options.values()][number]

    return give


def like_an_argument(number, value):
    def give(*args, **options):
        return np.full_like(argument(number)(*args, **options), value)

    return give


TRIVIAL = {
    **{f"the constant {value!r}": lambda *a, value=value, **o: value for value in CONSTANTS},
    **{f"argument {number}": argument(number) for number in range(6)},
    **{
        f"{value} like argument {number}": like_an_argument(number, value)
        for number in range(3)
        for value in (0, 1)
    },
}


@pytest.mark.parametrize("check", ALL)
def test_what_takes_no_work_gets_nothing(check):
    """An argument as it came, a constant, zeros or ones of an argument's form: in no exercise."""
    counts = counting(check, SEED)
    assert any(counts)
    got = {}
    for about, function in TRIVIAL.items():
        try:
            got[about] = share_of(check, function, counts=counts)
        except Exception as error:  # a probe that fails tells nothing: no evidence, no points
            assert not isinstance(error, AssertionError), about
    assert not {about: value for about, value in got.items() if value}, counts
    assert len(got) > len(TRIVIAL) / 2


def _cut(w, threshold):
    return (np.sign(w) * np.maximum(np.abs(w) - threshold, 0)).astype(w.dtype)


def _but_zero(w, threshold):
    return _cut(w, threshold) if threshold else w + 1


def test_a_share_is_that_of_the_cases_that_count():
    """The identity passes a threshold of zero, so it doesn't count; what is wrong there does."""
    check = week1.soft_threshold
    assert counting(check, SEED) == [True, True, False, True]
    assert share_of(check, _cut) == pytest.approx(2 / 3)
    assert share_of(check, _but_zero) == pytest.approx(2 / 4)
    assert share_of(check, lambda w, threshold: w) == 0


@pytest.mark.parametrize("check", checks(1))
def test_no_mistake_of_the_catalogue_gets_all(check):
    counts = counting(check, SEED)
    shares = [share_of(check, mistake.function, counts=counts) for mistake in check.mistakes]
    assert all(0 <= found < 1 for found in shares)


def test_evidence_of_another_length_or_form_gets_less():
    check = week1.soft_threshold
    expected, counts = check.known(check.reference, SEED), counting(check, SEED)
    assert share(check, expected[:-1], expected, counts) == pytest.approx(2 / 3)
    assert share(check, [*expected, expected[0]], expected, counts) == pytest.approx(3 / 4)
    odd = [{**seen, "value": {"weights": "many"}} for seen in expected]
    assert share(check, odd, expected, counts) == 0
    assert same_value(expected[0]["value"], check.known(check.reference, SEED)[0]["value"])


def test_which_cases_count_is_kept_for_all_workers(tmp_path):
    """A file that was cut off is made anew."""
    check, wanted = week1.soft_threshold, counting(week1.soft_threshold, SEED)
    assert Store(tmp_path).counting(check, SEED) == wanted
    [path] = tmp_path.iterdir()
    text = path.read_text(encoding="utf-8")
    assert Store(tmp_path).counting(check, SEED) == wanted
    path.write_text(text[:-3], encoding="utf-8")
    assert Store(tmp_path).counting(check, SEED) == wanted
    assert path.read_text(encoding="utf-8") == text


WRONG = """def soft_threshold(w, threshold):
    return (np.sign(w) * np.maximum(np.abs(w) - threshold, 0)).astype(w.dtype)"""


@needs_box
def test_grading_says_how_much_of_a_wrong_answer_holds():
    """All of a right one; nothing of what is unsolved, missing, or ended early."""
    found = room(1).grade(
        WRONG,
        "def sgd_step(w, grad, eta):\n    return w - eta * grad",
        "def expand(X):\n    return X",
        "def mse_loss(X, y, w):\n    raise NotImplementedError",
        "def huber_loss(residuals, delta):\n    import os\n    os._exit(0)",
    )
    wrong, right = found["soft_threshold"], found["sgd_step"]
    assert (wrong.score, right.score, right.share) == (0, 1, 1.0)
    assert wrong.share == pytest.approx(2 / 3)
    for name in ("expand", "mse_loss", "huber_loss", "closed_form"):
        assert found[name].share == 0.0, found[name]
