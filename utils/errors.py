"""Errors that a learner reads: IPython shows only their message, without a traceback."""


class CourseError(Exception):
    """An error whose message says what was expected, what was found, and what to do."""

    def _render_traceback_(self):
        """Return the lines that IPython prints instead of a traceback."""
        return str(self).splitlines()


class Unsolved(CourseError, NotImplementedError):
    """An exercise that still holds `raise NotImplementedError` was called."""

    def __init__(self, name):
        self.exercise = name
        super().__init__(
            f"✎ `{name}` waits for your code: replace `raise NotImplementedError`, run that cell, "
            "then this one."
        )


class CheckFailed(CourseError, AssertionError):
    """A check found that an exercise isn't right yet."""
