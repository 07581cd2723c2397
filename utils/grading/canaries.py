"""Submissions whose grade is known: graded before all others, they show that the sandbox holds.

A right one must get full marks, wrong ones nothing, and those that attack must get nothing and
leave no trace. They go the way that every submission goes.
"""

import ast
import json

from .. import config
from ..checks.exercise import exercise_names
from ..errors import CourseError

GOOD, BAD = "a right answer", "a wrong answer"

# What a hostile answer does before its wrong result. {course} is the course's folder.
ATTACKS = {
    "patches the libraries": """
import numpy as np, builtins
np.allclose = np.array_equal = np.isclose = lambda *a, **k: True
builtins.abs = builtins.all = lambda *a, **k: True
get_ipython().showtraceback = lambda *a, **k: None
""",
    "imports the references": """
import sys
sys.path[:0] = [{course!r}, {course!r} + "/{folder}"]
try:
    import solutions
except ImportError:
    import utils.checks.week{week}
""",
    "ends the kernel": "import os\nos._exit(0)\n",
    "leaves the box": """
import os, socket, subprocess
open({course!r} + "/README.md").read()
""",
}

# What forges what leaves the box: the first exercises of one notebook do one of these each. First
# three ways to what calls it, then made-up evidence, then two networks that nobody should build.
FORGERIES = (
    """
import probes.wire
probes.wire.attempt = lambda *a, **k: (0.0, dict(error=None, changed=[], warnings=[]))
""",
    """
import string
serve = get_ipython().user_ns["exercise"]
side, _ = string.Formatter().get_field("0.__globals__[Inside]", (serve,), {})
side.answer = lambda self, request: dict(value=0.0, error=None, changed=[], warnings=[])
""",
    """
match get_ipython().user_ns["exercise"]:
    case object(__globals__={"Inside": side}):
        side.serve = lambda self, name: None
""",
    """
import json, os, struct
words = dict(evidence="[]", interface=dict(kind="function", parameters=None), held="", seconds=0)
data = json.dumps(words).encode()
for number in range(3, 64):
    try:
        os.write(number, struct.pack(">I", len(data)) + data)
    except OSError:
        pass
""",
    """
import json, probes.packing
system = dict(module="os", class_name="function", config="system", registered_name="system")
net = dict(module="keras", class_name="Sequential", config=dict(layers=[system]))
text = json.dumps(dict(model=net))
probes.packing.Packer.pack = lambda self, value: dict(network=text)
""",
    """
import json, probes.packing
start = dict(module="keras.layers", class_name="InputLayer", config=dict(batch_shape=[None, 60000]))
wide = dict(module="keras.layers", class_name="Dense", config=dict(units=60000))
net = dict(module="keras", class_name="Sequential", config=dict(layers=[start, wide]))
text = json.dumps(dict(model=net))
probes.packing.Packer.pack = lambda self, value: dict(network=text)
""",
)
FORGED = "forges what leaves the box"
SHARED_NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}}


def notebook(*sources):
    """Return a notebook with these code cells, as bytes."""
    cells = [
        {
            "cell_type": "code",
            "source": source,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "id": f"cell-{number}",
        }
        for number, source in enumerate(sources)
    ]
    return json.dumps({**SHARED_NOTEBOOK, "cells": cells}).encode()


def _parameters(week):
    """Return {exercise: (its first line, 'class' or 'def')} from the solutions' source."""
    text = config.solutions_path(week).read_text(encoding="utf-8")
    found = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = f"def {node.name}({ast.unparse(node.args)}):"
        elif isinstance(node, ast.ClassDef):
            found[node.name] = f"class {node.name}:"
    return found


def _wrong(week, name, body="return None"):
    heads = _parameters(week)
    if heads[name].startswith("class"):
        return (
            f"{heads[name]}\n    def __init__(self, *args):\n        {body.replace('return', '')}"
        )
    return f"{heads[name]}\n    {body}"


class Canary:
    """A made-up submission, with the same interface as submissions.Submission."""

    problem, learner, is_canary = "", ("", ""), True

    def __init__(self, name, data):
        self.name = self.folder = name
        self.data = data

    def notebooks(self):
        yield "canary.ipynb", self.data


def make(week):
    """Return the canaries of a week: list of Canary."""
    names = exercise_names(week)
    text = config.solutions_path(week).read_text(encoding="utf-8")
    bad = notebook(*(_wrong(week, name) for name in names))
    canaries = [Canary(GOOD, notebook(text)), Canary(BAD, bad)]
    place = {"course": str(config.ROOT), "folder": config.WEEKS[week], "week": week}
    for attack, code in ATTACKS.items():
        cells = _hostile(week, names[0], "_attack", code.format(**place))
        canaries.append(Canary(attack, notebook(*cells)))
    forged = [
        cell
        for name, code in zip(names, FORGERIES)
        for cell in _hostile(week, name, f"_{name}", code)
    ]
    return [*canaries, Canary(FORGED, notebook(*forged))]


def _hostile(week, name, function, code):
    """Return two cells: a function with hostile code, and a wrong answer that calls it."""
    lines = "\n".join("    " + line for line in code.strip().splitlines())
    head = _wrong(week, name, f"{function}()\n    return None")
    return f"def {function}():\n{lines}\n", head


def verify(canary, result):
    """Raise CourseError where a canary's result isn't what it must be."""
    expected = result.max_score if canary.name == GOOD else 0
    if result.score == expected:
        return
    words = "\n".join(
        f"  {each.name}: {each.score} of {each.points}, {each.status}: {each.details}"
        for each in result.exercises
        if bool(each.score) != (canary.name == GOOD)
    )
    raise CourseError(
        f"The self-test failed, so nothing is graded: '{canary.name}' got {result.score} of "
        f"{result.max_score} points, and {expected} were expected.\n{words}"
    )
