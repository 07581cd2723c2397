"""Says by which version of the course a result was graded: its stamp.

A stamp is a dict that is kept with each result:
course: str, a hash of the code that reads, runs and judges all exercises alike; checks: dict,
exercise → a hash of what belongs to it alone: its check, its probe, the modules of the week that
they use, its reference; points: dict, exercise → int; setting: dict, package → version, and the
profile; pick: str, which of several files counts.
"""

import ast
import hashlib
import platform
from functools import cache
from importlib import metadata
from pathlib import Path

from .. import config, notebooks
from ..checks.exercise import exercise_names
from ..checks.probes.course_stand_ins import LENT
from .judge.verdicts import checks_of
from .rebuild.answers import given_imports

LENGTH = 16  # hex digits of a hash
CHECKS, PROBES = Path("utils/checks"), Path("utils/checks/probes")
SHARED = (
    *("utils/config.py", *LENT, "utils/checks/*.py", "utils/checks/diagnoses/*.py"),
    *("utils/checks/probes/*.py", "utils/checks/probes/networks/*.py", "utils/grading/*.py"),
    *(f"utils/grading/{name}/**/*.py" for name in ("execution", "intake", "judge", "rebuild")),
    "utils/grading/sandbox/**/*.py",
)
# What only orders, counts, reports and makes up.
APART = {"utils/checks/new_exercise.py"} | {
    f"utils/grading/{name}.py"
    for name in ("__main__", "command", "demo", "differences", "lock", "plan", "report_folder")
    + ("sample_cohort", "self_grading", "time_left", "versions", "withdrawn", "workers")
}
PACKAGES = ("numpy", "scipy", "scikit-learn", "keras", "tensorflow")


def stamp(week, pick="latest"):
    """Return the stamp of a week as this process has loaded it. pick: str, as for `Grader`."""
    points = {name: check.points for name, check in checks_of(week).items()}
    return {
        "course": _course(week),
        "setting": {**_packages(), "profile": config.profile()},
        "pick": pick,
        "checks": dict(_checks(week)),
        "points": points,
    }


# Kept from the first call on: a process goes on with the code that it has loaded, whatever becomes
# of the files.


@cache
def _course(week):
    """Return the hash of all code that every exercise of a week goes through."""
    found = hashlib.sha256()
    for path in shared_files():
        found.update(f"{path}\n".encode() + (config.ROOT / path).read_bytes())
    cells = [cell.source for cell in notebooks.read(week).cells if cell.cell_type == "code"]
    found.update("\n".join(each.source for each in given_imports(cells)).encode())
    return found.hexdigest()[:LENGTH]


def shared_files():
    """Return the paths of that code, relative to the course: list of str."""
    found = {
        path.relative_to(config.ROOT).as_posix()
        for pattern in SHARED
        for path in config.ROOT.glob(pattern)
    }
    return sorted(path for path in found - APART if not _is_of_exercises(Path(path)))


@cache
def _packages():
    found = {"Python": ".".join(platform.python_version_tuple()[:2])}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


@cache
def _checks(week):
    """Return {exercise: the hash of what belongs to it alone}."""
    references = _references(week)
    return {
        name: _hash(*(_code(path) for path in exercise_files(week, name)), *references[name])
        for name in exercise_names(week)
    }


def _hash(*texts):
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:LENGTH]


def exercise_files(week, name):
    """Return the paths, relative to the course, of an exercise's check, its probe, and what these
    use that isn't shared by all exercises: list of pathlib.Path."""
    waiting = [Path(folder, f"week{week}", f"{name}.py") for folder in (CHECKS, PROBES)]
    found = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [other for other in _imported(path) if _is_of_exercises(other)]
    return sorted(found)


def _is_of_exercises(path):
    """Whether a module belongs to some exercises only: of a week, or a helper of several weeks."""
    if path.name == "__init__.py":
        return False
    return path.parent.name.startswith("week") or (path.parent == CHECKS and path.name[0] == "_")


@cache
def _imported(path):
    """Return the course's modules that a file imports relative to itself, at once or later."""
    found = []
    for node in ast.walk(_tree(path)):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
        found += [base.with_suffix(".py"), *(base / f"{alias.name}.py" for alias in node.names)]
    return [item for item in found if (config.ROOT / item).is_file()]


@cache
def _tree(path):
    return ast.parse((config.ROOT / path).read_text(encoding="utf-8"))


@cache
def _code(path):
    """Return a module's code without comments, layout and points, which have a place of their own
    in a stamp."""
    tree = _tree(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "new_check":
            node.keywords = [each for each in node.keywords if each.arg != "points"]
    return f"{path.as_posix()} {ast.dump(tree)}"


def _references(week):
    """Return {exercise: texts of its reference and of all that this uses in solutions.py}."""
    if not config.solutions_path(week).is_file():  # a copy for learners, where no class is graded
        return {name: [] for name in exercise_names(week)}
    path = config.solutions_path(week).relative_to(config.ROOT)
    nodes = [node for node in _tree(path).body if not _is_text(node)]
    binds = [_bound(node) for node in nodes]
    found = {}
    for name in exercise_names(week):
        used, waiting = set(), [name]
        while waiting:
            name_used = waiting.pop()
            new = {n for n, bound in enumerate(binds) if name_used in bound or not bound} - used
            used |= new
            waiting += [each.id for n in new for each in ast.walk(nodes[n])
                        if isinstance(each, ast.Name)]  # fmt: skip
        found[name] = [ast.dump(nodes[number]) for number in sorted(used)]
    return found


def _is_text(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _bound(node):
    """Return the names that a statement binds; none where it does something else."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.split(".")[0] for alias in node.names}
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)
            and isinstance(each.ctx, ast.Store)}  # fmt: skip
