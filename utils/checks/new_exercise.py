"""Makes the files of a new exercise, for a contributor to fill in."""

import ast
import keyword
import re

from nbformat.v4 import new_code_cell, new_markdown_cell

from .. import config
from ..errors import CourseError
from .exercise import exercise_names

LAST_SECTION = "## What you learned"
DOCSTRING = '''"""Return … (say what, in one line).

    Say here what each parameter is, with shape, dtype and range, and what is returned.
    """'''
REFERENCE = """

def {name}({parameters}):
    {docstring}
    raise NotImplementedError
"""
HEADING = """### Exercise: say what it is for

Say what the exercise asks for, and why, in one to four sentences.

<details><summary>Hint 1</summary>A first step, in words and without code.</details>"""
EXERCISE = """@exercise
def {name}({parameters}):
    {docstring}
    # YOUR CODE HERE (about 1 line)
    raise NotImplementedError"""
AFTER = "Say what the next cell shows, and what it means."
USE = "{name}({parameters})"
PROBE = '''"""On which inputs `{name}` is tried."""

from ..recorder import probe


@probe
def {name}(call, rng):
    call("five random numbers each"{inputs})  # put here what the parameters are
'''
CHECK = '''"""Check of `{name}`: points, the mistakes people make, sound variants."""

from ..check import new_check

{name} = new_check(__name__)


@{name}.mistake("Say in one sentence what was done, and what belongs there instead.")
def first_mistake({parameters}):
    raise NotImplementedError


@{name}.alternative
def another_way({parameters}):
    raise NotImplementedError
'''


def new_exercise(week, signature, notebook):
    """Add an exercise's cells to a notebook, and return the texts of its other parts.

    week: int. signature: str, such as "elastic_net_penalty(w, l1, l2)". notebook: the week's, a
    NotebookNode; the cells are put before its last section; move them to their place by hand.
    Returns {pathlib.Path: str}. Raises CourseError for a name or parameters that aren't valid
    Python, and for an exercise that the week already has.
    """
    name, parameters = taken_apart(signature)
    if name in exercise_names(week):
        raise CourseError(f"Week {week} already has an exercise `{name}`: choose another name.")
    words = {"name": name, "parameters": ", ".join(parameters), "docstring": DOCSTRING}
    words["inputs"] = ", rng.normal(size=5)" * len(parameters)
    checks = config.ROOT / "utils" / "checks"
    folders = {checks / f"week{week}": CHECK, checks / "probes" / f"week{week}": PROBE}
    solutions = config.solutions_path(week)
    texts = {solutions: _with_reference(solutions.read_text(encoding="utf-8"), words)}
    for folder, template in folders.items():
        texts[folder / f"{name}.py"] = template.format(**words)
        texts[folder / "__init__.py"] = _with_import(folder / "__init__.py", name)
    _add_cells(notebook, words)
    return texts


def taken_apart(signature):
    """Return the name and the parameters that a signature holds, as (str, list of str)."""
    found = re.fullmatch(r"\s*([a-z][a-z0-9_]*)\s*\(([\w\s,]*)\)\s*", signature)
    try:
        if found is None or keyword.iskeyword(found[1]):
            raise SyntaxError
        code = compile(f"def {found[1]}({found[2]}): pass", "signature", "exec").co_consts[0]
    except SyntaxError:
        raise CourseError(
            "Name an exercise like a function with its parameters, in lower case, such as "
            f'"elastic_net_penalty(w, l1, l2)", not "{signature}".'
        ) from None
    return code.co_name, list(code.co_varnames)


def _with_reference(text, words):
    """Return the text of `solutions.py` with one reference more, before the private helpers."""
    lines = text.splitlines()
    public = [node for node in ast.parse(text).body if getattr(node, "name", "_")[0] != "_"]
    lines[public[-1].end_lineno :] = [
        *REFERENCE.format(**words).rstrip().splitlines(),
        *lines[public[-1].end_lineno :],
    ]
    return "\n".join(lines) + "\n"


def _with_import(path, name):
    """Return the text of a week's `__init__` with one more import, in order."""
    head, _, lines = path.read_text(encoding="utf-8").partition("\n\n")
    lines = sorted([*lines.splitlines(), f"from .{name} import {name}"], key=str.lower)
    return "\n".join([head, "", *lines]) + "\n"


def _add_cells(notebook, words):
    """Add the cells of an exercise to a notebook, before its last section."""
    slug = words["name"].replace("_", "-")
    cells = [
        new_markdown_cell(HEADING, id=f"{slug}-heading"),
        new_code_cell(EXERCISE.format(**words), id=f"exercise-{slug}"),
        new_code_cell("check.{name}({name})".format(**words), id=f"check-{slug}"),
        new_markdown_cell(AFTER, id=f"{slug}-after"),
        new_code_cell(USE.format(**words), id=f"{slug}-use"),
    ]
    starts = [cell.source.startswith(LAST_SECTION) for cell in notebook.cells]
    notebook.cells[starts.index(True) : starts.index(True)] = cells
