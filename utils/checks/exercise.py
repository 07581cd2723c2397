"""The `@exercise` decorator: the learner's own function, or the reference if asked for."""

import difflib
import functools
import importlib.util
import inspect
import sys
from functools import cache

from .. import config
from ..errors import CourseError, Unsolved


@cache
def load_solutions(week):
    """Return a week's `solutions.py` as a module.

    It is loaded by file path under its own name, `course_solutions_week<N>`: six files are
    called solutions.py, so none of them may depend on `sys.path`.
    """
    name = f"course_solutions_week{week}"
    spec = importlib.util.spec_from_file_location(name, config.solutions_path(week))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # classes look their module up by name when they are saved
    spec.loader.exec_module(module)
    return module


def exercise_names(week):
    """Return the names of a week's exercises: the public functions and classes of its solutions."""
    if not config.solutions_path(week).is_file():
        from .kept import names  # NumPy, which nothing else here needs

        return names(week)
    solutions = load_solutions(week)
    return [
        name
        for name, item in vars(solutions).items()
        if getattr(item, "__module__", None) == solutions.__name__ and not name.startswith("_")
    ]


def _still_unsolved(function):
    return "NotImplementedError" in function.__code__.co_names


def _friendly(function, name):
    """Wrap an unsolved function so that NotImplementedError becomes one readable line."""

    @functools.wraps(function)
    def unsolved(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except NotImplementedError:
            raise Unsolved(name) from None

    return unsolved


class Exercise:
    """A week's decorator.

    Returns the learner's function or class as it is; one that still holds
    `raise NotImplementedError` says so in one line when it is called. With `COURSE_SOLUTIONS=1` it
    returns the reference instead. Raises CourseError for a name that isn't an exercise of the week.
    """

    def __init__(self, week):
        self.week = week

    def __call__(self, item):
        name = getattr(item, "__name__", None)
        if not (inspect.isfunction(item) or inspect.isclass(item)):
            raise CourseError(f"@exercise goes above a function or a class; it got {item!r}.")
        self._look_up(name)
        if config.use_solutions():
            return getattr(load_solutions(self.week), name)
        if inspect.isclass(item):
            for key, method in list(vars(item).items()):
                if inspect.isfunction(method) and _still_unsolved(method):
                    setattr(item, key, _friendly(method, f"{name}.{key}"))
            return item
        return _friendly(item, name) if _still_unsolved(item) else item

    def _look_up(self, name):
        known = exercise_names(self.week)
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean `{near[0]}`?" if near else ""
            raise CourseError(
                f"Week {self.week} has no exercise called `{name}`.{hint} "
                "Give the function its name back and run the cell again."
            )
