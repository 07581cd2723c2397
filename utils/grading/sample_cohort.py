"""Makes up a cohort: notebooks with right, wrong and unsolved answers, as learners have them.

`python -m utils.grading.sample_cohort WEEK COUNT FOLDER` writes one; so do tests and
`make grade-demo`.
"""

import ast
import builtins
import dis
import importlib
import inspect
import json
import random
import sys
import textwrap
from pathlib import Path

from .. import config
from ..checks.exercise import exercise_names

NAMES = ("Åsa Lindqvist", "Bo Chen", "Çelik Ada", "Dana O'Neil", "Émile Petit", "Fatou Ndiaye")
NAMES += ("Gülşen Kaya", "Hana Novák", "Ivo Žák", "Jún Sato", "Kai Müller", "李 明", "Marta Łoś")
KNOWN = {"np", "math", "keras", "tf", "layers", *dir(builtins)}  # to any notebook


def solution_source(week, name):
    """Return the source of a reference, decorated as in the notebook."""
    text = config.solutions_path(week).read_text(encoding="utf-8")
    node = next(node for node in ast.parse(text).body if getattr(node, "name", None) == name)
    node.name = name
    return "@exercise\n" + ast.get_source_segment(text, node)


def helpers_source(week):
    """Return what a week's references share: imports, constants, functions with an underscore."""
    text = config.solutions_path(week).read_text(encoding="utf-8")
    parts = [
        ast.get_source_segment(text, node)
        for node in ast.parse(text).body[1:]
        if getattr(node, "name", "_").startswith("_")
    ]
    return "\n\n".join(parts)


def renamed_source(function, name):
    """Return a mistake's or an alternative's source under the exercise's name, or None where it
    uses more of its own module than libraries. Switches of a factory become its defaults."""
    switches = getattr(function, "keywords", {})
    function = getattr(function, "func", function)
    try:
        node = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
        node.decorator_list = []
        whole = compile(ast.Module([node], []), name, "exec")  # its defaults, too
    except (OSError, SyntaxError, TypeError):
        return None
    if not isinstance(node, ast.FunctionDef) or set(_globals_of(whole)) - KNOWN:
        return None
    if not all(isinstance(value, bool | int | float | str) for value in switches.values()):
        return None
    names = [argument.arg for argument in node.args.args][-len(node.args.defaults) :]
    for place, argument in enumerate(names):
        if argument in switches:
            node.args.defaults[place] = ast.Constant(switches[argument])
    node.name = name
    return "@exercise\n" + ast.unparse(node)


def _globals_of(code):
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield step.argval
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            yield from _globals_of(constant)


def code_cell(source, label="added"):
    """Return a code cell as the file format has it."""
    return {
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "id": label,
    }


def submission(week, **answers):
    """Return a week's notebook as a dict, filled in.

    answers: name of an exercise → the source in its place; the references elsewhere.
    """
    notebook = json.loads(config.notebook_path(week).read_text(encoding="utf-8"))
    names = exercise_names(week)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and cell.get("id", "").startswith("exercise-"):
            tree = ast.parse("".join(cell["source"]))
            held = [node.name for node in tree.body if getattr(node, "name", "") in names]
            cell["source"] = "\n\n\n".join(
                answers.get(name) or solution_source(week, name) for name in held
            )
    ids = [cell.get("id", "") for cell in notebook["cells"]]
    first = next(place for place, label in enumerate(ids) if label.startswith("exercise-"))
    notebook["cells"].insert(first, code_cell(helpers_source(week), "helpers"))
    return notebook


def variants(week):
    """Return {exercise: [(kind, source)]}: mistakes and alternatives of the catalogue."""
    catalogue = importlib.import_module(f"utils.checks.week{week}")
    found = {}
    for name in exercise_names(week):
        check = getattr(catalogue, name)
        sources = [("mistake", renamed_source(item.function, name)) for item in check.mistakes]
        sources += [("alternative", renamed_source(item, name)) for item in check.alternatives]
        found[name] = [(kind, source) for kind, source in sources if source]
    return found


def _of_kind(choices, kind):
    found = {
        name: [source for each, source in pairs if each == kind] for name, pairs in choices.items()
    }
    return {name: sources for name, sources in found.items() if sources}


def make_cohort(folder, week, count, seed=0):
    """Write `count` submissions, one folder a learner as Moodle has them; return the paths.

    What is right is one of the catalogue's alternatives, so that nobody hands in the course's
    reference; where there are none, it is the reference. Up to five answers are wrong.
    """
    rng, choices = random.Random(seed), variants(week)
    right, wrong = (_of_kind(choices, kind) for kind in ("alternative", "mistake"))
    paths = []
    for number in range(count):
        answers = {name: rng.choice(sources) for name, sources in right.items()}
        for name in rng.sample(sorted(wrong), k=rng.randint(0, min(5, len(wrong)))):
            answers[name] = rng.choice(wrong[name])
        if rng.random() < 0.2:
            name = rng.choice(sorted(choices))
            answers[name] = f"@exercise\ndef {name}(*args):\n    raise NotImplementedError"
        learner = f"{NAMES[number % len(NAMES)]}_{1000 + number}_assignsubmission_file"
        path = Path(folder) / learner / f"{config.WEEKS[week]}.ipynb"
        path.parent.mkdir(parents=True)
        text = json.dumps(submission(week, **answers), ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


if __name__ == "__main__":
    make_cohort(sys.argv[3], int(sys.argv[1]), int(sys.argv[2]))
