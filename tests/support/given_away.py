"""Finds the code of answers in a copy of the course, whatever its names, layout and comments."""

import ast
import builtins
import json
import re
import warnings
import zipfile
from functools import cache

import nbformat

from tests.support.answers import FOLDER, HEAD
from utils import config

KNOWN = {"np", "tf", "keras", "layers", "ops", "scipy", "math", "self", *dir(builtins)}
OF_CATALOGUE = re.compile(r"\.(alternative|mistake|witness)\b")
LONG = 25  # characters of a line, from which on it tells something
SIZE = 12  # parts of a statement, from which on it tells something
CHECKS = config.ROOT / "utils" / "checks"


def without_docstring(body):
    is_text = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    return body[1:] if is_text else body


def spelled(nodes):
    """Return statements as text, the same for all names, layouts, comments and docstrings."""
    numbers = {}  # names, in the order in which they come

    def spell(part):
        if isinstance(part, ast.Name | ast.arg):
            name = part.id if isinstance(part, ast.Name) else part.arg
            return name if name in KNOWN else numbers.setdefault(name, len(numbers))
        if isinstance(part, ast.FunctionDef | ast.ClassDef):
            arguments = spell(getattr(part, "args", None))
            return type(part).__name__, arguments, spell(without_docstring(part.body))
        if isinstance(part, ast.AST):
            fields = (getattr(part, field) for field in part._fields if field != "ctx")
            return type(part).__name__, *map(spell, fields)
        if isinstance(part, list):
            return tuple(map(spell, part))
        return type(part).__name__, part

    return repr([spell(node) for node in nodes])


def size(node):
    return sum(not isinstance(each, ast.expr_context) for each in ast.walk(node))


def simple_statements(node):
    """Yield the statements below a node that hold no others."""
    for each in ast.walk(node):
        holds_others = hasattr(each, "body") or hasattr(each, "cases")
        if isinstance(each, ast.stmt) and not holds_others:
            yield each


def definitions(tree):
    return [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.ClassDef)]


class Code:
    """Bodies of functions and classes, and single statements: dicts, as spelled → source."""

    def __init__(self, sources):
        self.bodies, self.statements = {}, {}
        for source in sources:
            tree = ast.parse(source)
            for node in definitions(tree):
                body = without_docstring(node.body) or [ast.Pass()]
                if sum(map(size, body)) >= SIZE:
                    self.bodies[spelled(body)] = node.name
            for node in simple_statements(tree):
                if size(node) >= SIZE and not isinstance(node, ast.Import | ast.ImportFrom):
                    self.statements[spelled([node])] = ast.unparse(node)


def answers():
    """Yield the source of all answers: references, alternatives and mistakes of the catalogue, and
    those of tests/answers."""
    for week in config.available_weeks():
        yield config.solutions_path(week).read_text(encoding="utf-8")
        for path in (CHECKS / f"week{week}").glob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in tree.body:
                decorators = map(ast.unparse, getattr(node, "decorator_list", []))
                if any(OF_CATALOGUE.search(each) for each in decorators):
                    yield ast.unparse(node)
        text = (FOLDER / f"week{week}.py").read_text(encoding="utf-8")
        start, *rest = HEAD.split(text)
        yield from rest[3::4]


def course_code():
    """Yield what learners are given: the notebooks, and what these call."""
    for week in config.available_weeks():
        yield from cells(config.notebook_path(week))
    for path in (config.ROOT / "utils").rglob("*.py"):
        if CHECKS not in path.parents:
            yield path.read_text(encoding="utf-8")


def cells(path):
    """Yield the sources of a notebook's code cells that are Python."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            yield cell.source


def texts_of(path):
    """Return all text in a file, that of a zip file's entries too."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as file:
            return "\n".join(file.read(name).decode("utf-8") for name in file.namelist())
    return path.read_text(encoding="utf-8", errors="replace")


def code_in(path):
    """Yield the Python in a file: all of a module, a notebook's cells, blocks in a text, and each
    string of JSON that is some."""
    if path.suffix == ".py":
        yield path.read_text(encoding="utf-8")
    elif path.suffix == ".ipynb":
        yield from cells(path)
    elif path.suffix == ".md":
        yield from filter(is_python, re.findall(r"```\w*\n(.*?)```", texts_of(path), re.DOTALL))
    elif path.suffix == ".zip":
        yield from filter(is_python, all_strings(path))


def all_strings(path):
    """Yield the strings of all JSON in a zip file."""
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            yield from strings_in(json.loads(file.read(name)))


def strings_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from strings_in(each)


def is_python(text):
    """Whether a text is Python of more than one word, as numbers in base64 are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what looks like Python
        try:
            return " " in text and bool(ast.parse(text).body)
        except (SyntaxError, ValueError):
            return False


def files(folder):
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


@cache
def _secret():
    """Return the Code of the answers without what learners are given."""
    secret, given = Code(answers()), Code(course_code())
    for kind in ("bodies", "statements"):
        for known in vars(given)[kind]:
            vars(secret)[kind].pop(known, None)
    return secret


def given_away(folder):
    """Return {path: set of sources} of the answers' code that a copy holds. folder: pathlib.Path.

    What the notebooks hold, or what these call, is nobody's secret.
    """
    secret, found = _secret(), {}
    for path in files(folder):
        code = Code(code_in(path))
        hits = {name for body, name in code.bodies.items() if body in secret.bodies}
        hits |= {line for one, line in code.statements.items() if one in secret.statements}
        if hits:
            found[path.relative_to(folder).as_posix()] = hits
    return found


def lines_given_away(folder):
    """Return {path: set of lines} of the answers, letter by letter, in files other than modules:
    alone, or in the middle of a text, where it is no Python that could be compared.
    """
    secret = lines_of(answers()) - lines_of(course_code())
    found = {}
    for path in files(folder):
        texts = [] if path.suffix == ".py" else [texts_of(path), *code_in(path)]
        if path.suffix == ".zip":
            texts += all_strings(path)
        if hits := secret & lines_of(texts):
            found[path.relative_to(folder).as_posix()] = hits
    return found


def lines_of(texts):
    lines = (line.strip() for text in texts for line in text.splitlines())
    return {line for line in lines if len(line) >= LONG and not line.startswith(("#", "import"))}
