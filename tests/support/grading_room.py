"""What the tests of grading share: one forkserver per week, and notebooks graded in real boxes."""

import json
from functools import cache
from unittest import mock

import pytest

from utils.grading import grade
from utils.grading.batch import open_forkserver
from utils.grading.canaries import Canary, notebook
from utils.grading.execution import attempts, rebuilt_notebook
from utils.grading.judge.evidence import Store
from utils.grading.judge.verdicts import Judge
from utils.grading.sandbox import box
from utils.grading.sandbox.boxed_kernel import BoxedKernel

needs_box = pytest.mark.skipif(box.why_not() is not None, reason=str(box.why_not()))
IMPORTS = "import numpy as np"
GOOD = """def expand(X):
    x, y = X[:, 0], X[:, 1]
    return np.column_stack([x, y, x * x, y * y, x * y, 1 + 0 * x])"""
RIGHT = "def sgd_step(w, grad, eta):\n    return w - eta * grad"
SHORT = -22  # seconds added to a check's 30: under attack an endless loop ends after 8


class Room:
    """Grades notebooks of one week, with one forkserver for all of them."""

    def __init__(self, week, seed=11):
        self.forkserver = open_forkserver(week)
        self.judge = Judge(week, seed, Store())
        self.result = None
        self.forkserver.wait()

    def kernel(self, **limits):
        """Return a new kernel in a new box. Stop it."""
        return BoxedKernel(self.forkserver.address, limits)

    def grade(self, *sources, spare=60):
        """Return {exercise: its ExerciseResult} of a notebook with these code cells."""
        return self.grade_bytes(notebook(IMPORTS, *sources), spare)

    def grade_bytes(self, data, spare=60):
        """The same of a notebook's bytes; the whole result is then `self.result`."""
        short = mock.patch.object(rebuilt_notebook, "DEFINE_SECONDS", 8)
        with short, mock.patch.object(attempts, "SPARE_SECONDS", spare):
            self.result = grade.grade(Canary("attack", data), self.judge, self.kernel)
        json.dumps(self.result.to_json())
        return {exercise.name: exercise for exercise in self.result.exercises}


@cache
def room(week):
    """Return the room of a week. Its forkserver ends with Python, which closes its input."""
    return Room(week)


def said(kernel, code):
    """Run a cell in a kernel; return all that it printed, errors included."""
    return kernel.said(code)
