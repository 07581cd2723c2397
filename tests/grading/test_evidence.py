"""Evidence of the course's own functions: kept once, and each mistake has its own."""

import shutil
from types import SimpleNamespace

import pytest

from tests.checks.test_checks import ALL, name_of
from tests.support.apart import stream_to
from utils.checks import week1
from utils.checks.probes import serialize, trial
from utils.grading.judge.evidence import Store
from utils.grading.judge.outcome import _judged
from utils.grading.judge.verdicts import Judge


class OnSeed0(Judge):
    """tests/checks/test_checks.py has tried the same mistakes on this seed by then, in the same
    process: what they do there is known, and nothing runs a second time for it."""

    def seed_of(self, name):
        return 0


def sent(check, function, seed):
    """Return what the clean side sends of an answer that lives behind the wall."""
    request = {"week": check.week, "exercise": check.name, "seed": seed}
    with stream_to(function, check.name) as stream:
        return trial.answer(request, stream)


@pytest.mark.parametrize("check", ALL, ids=name_of)
def test_grading_names_each_mistake_as_the_notebook_does(check, tmp_path):
    judge = OnSeed0(check.week, 0, Store(tmp_path))
    seed, answer = judge.seed_of(check.name), SimpleNamespace(calls=())
    for mistake in check.mistakes:
        said = mistake.explanation  # tests/checks/test_checks.py demands the same of the notebook
        evidence = sent(check, mistake.function, seed)
        found = judge.verdict(check.name, evidence, answer)
        assert (found.ok, found.mistake) == (False, said), mistake.name
        result = _judged(check, found)
        assert result.reason.startswith(said) and result.mistake == said, mistake.name
    again = OnSeed0(check.week, 0, Store(tmp_path))  # as a run that goes on: from the files
    assert again.verdict(check.name, evidence, answer).mistake == said


@pytest.mark.parametrize("check", ALL, ids=name_of)
def test_right_answers_get_full_marks_and_none_is_held(check, tmp_path):
    judge = OnSeed0(check.week, 0, Store(tmp_path))
    seed, answer = judge.seed_of(check.name), SimpleNamespace(calls=())
    for function in (check.reference, *check.alternatives):
        found = judge.verdict(check.name, sent(check, function, seed), answer)
        assert (found.ok, found.text, found.status) == (True, "", "graded"), function


def test_mistakes_of_one_factory_have_a_file_each(tmp_path):
    store, check = Store(tmp_path), week1.compute_loss
    clipped = [m for m in check.mistakes if m.explanation.startswith("You kept the logarithm")]
    assert len(clipped) > 10
    for mistake in clipped:
        store.known(check, mistake.function, 1)
    assert len(list(tmp_path.iterdir())) == len(clipped)


def test_a_damaged_file_is_computed_anew(tmp_path):
    store, check = Store(tmp_path), week1.expand
    first = store.known(check, check.reference, 1)
    (file,) = tmp_path.iterdir()
    file.write_text(file.read_text()[:50])
    second = Store(tmp_path).known(check, check.reference, 1)
    assert serialize.encode(first) == serialize.encode(second) == file.read_text()
    shutil.rmtree(tmp_path)
    assert Store(tmp_path).known(check, check.reference, 1)
