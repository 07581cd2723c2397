"""The decorator: the learner's own function, the reference, or one friendly line."""

import sys

import pytest

from utils import config, course
from utils.checks.exercise import Exercise, load_solutions
from utils.errors import CourseError, Unsolved


@pytest.fixture
def exercise(monkeypatch):
    monkeypatch.delenv("COURSE_SOLUTIONS", raising=False)
    return Exercise(1)


def test_a_solved_exercise_is_returned_untouched(exercise):
    def expand(X):
        return X

    assert exercise(expand) is expand


def test_an_unsolved_exercise_says_so_in_one_line(exercise):
    @exercise
    def expand(X):
        """Docstring."""
        raise NotImplementedError

    assert expand.__doc__ == "Docstring."
    with pytest.raises(Unsolved) as caught:
        expand(None)
    assert len(str(caught.value).splitlines()) == 1
    assert "`expand` waits for your code" in str(caught.value)


def test_methods_of_an_unsolved_class_say_so_too(exercise):
    @exercise
    class expand:
        def solved(self):
            return 1

        def unsolved(self):
            raise NotImplementedError

    assert expand().solved() == 1
    with pytest.raises(Unsolved, match="`expand.unsolved` waits"):
        expand().unsolved()


def test_with_solutions_the_reference_is_returned(exercise, monkeypatch):
    monkeypatch.setenv("COURSE_SOLUTIONS", "1")

    @exercise
    def expand(X):
        raise NotImplementedError

    assert expand is load_solutions(1).expand


def test_an_unknown_name_gets_the_nearest_one(exercise):
    def expandd(X):
        return X

    with pytest.raises(CourseError, match="no exercise called `expandd`. Did you mean `expand`"):
        exercise(expandd)


@pytest.mark.parametrize("item", [3, "expand", None])
def test_only_functions_and_classes_are_exercises(exercise, item):
    with pytest.raises(CourseError, match="goes above a function or a class"):
        exercise(item)


def test_solutions_have_a_module_name_of_their_own():
    for week in config.available_weeks():
        module = load_solutions(week)
        assert module.__name__ == f"course_solutions_week{week}"
    assert "solutions" not in sys.modules


def test_a_missing_week_is_named():
    with pytest.raises(CourseError, match="There is no week 9 here; this copy has weeks 1"):
        course.week(9)
