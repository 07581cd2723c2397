"""Answers as students write them, on which no check was tuned: wrong ones fail, right ones pass."""

import pytest

from tests.checks.test_checks import many_seeds
from tests.support.answers import FOLDER, read_answers

ANSWERS = [answer for path in sorted(FOLDER.glob("*.py")) for answer in read_answers(path)]


def name_of(answer):
    return f"{answer.week}-{answer.name}-{answer.kind}-{answer.about}"


@pytest.mark.parametrize("answer", ANSWERS, ids=name_of)
def test_wrong_answers_fail_and_right_ones_pass(answer):
    _try(answer, answer.item(), 0)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("answer", ANSWERS, ids=name_of)
def test_no_verdict_on_an_answer_depends_on_the_seed(answer):
    item = answer.item()
    for seed in many_seeds(answer.check, item):
        _try(answer, item, seed)


def _try(answer, item, seed):
    verdict = answer.check.examine(item, seed, naming=False)
    assert verdict.ok == (answer.kind != "wrong"), f"seed {seed}: {verdict.text}"
