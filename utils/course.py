"""What a notebook calls: `course.setup()`, then `exercise, check = course.week(n)`,
and at the end `course.show_progress(n)`."""

import importlib
from functools import cache

from . import config, doctor, progress
from .checks import guard
from .checks.exercise import Exercise
from .display import console, quiet
from .errors import CourseError


def setup():
    """Print one line about this machine, and what needs fixing. Every setup cell calls it."""
    quiet.hush()
    print(f"The course is ready: {config.describe_machine()}")
    doctor.say_problems()
    if config.on_colab() and not config.find_gpu():
        console.box(
            "NO GPU in this session. All weeks work, but weeks 3, 4 and 6 train for a quarter "
            "of an hour or more.",
            "To get one: Runtime → Change runtime type → T4 GPU, then run from the top.",
        )


def week(number):
    """Return a week's `exercise` decorator and its catalogue of checks.

    number: int, 1 to 6. Returns (exercise, check): a decorator, and the module
    `utils.checks.week<number>`, which holds one check under each exercise's name.
    Raises CourseError for a week that this copy of the course doesn't have.
    """
    if number not in config.available_weeks():
        weeks = ", ".join(map(str, config.available_weeks()))
        raise CourseError(f"There is no week {number} here; this copy has weeks {weeks}.")
    guard.guard(number)
    return _tools(number)


@cache
def _tools(number):
    return Exercise(number), importlib.import_module(f"utils.checks.week{number}")


def show_progress(number):
    """Print how many of a week's exercises pass, according to the latest checks. number: int."""
    print(progress.line(number))
    if config.use_solutions():
        print("The reference solutions ran here; they don't count.")
