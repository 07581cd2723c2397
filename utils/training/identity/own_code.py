"""Which code is the learner's own, and where its source is."""

import __future__

import ast
import importlib.util
import linecache
import os
import sys
import sysconfig
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType

UTILS = Path(__file__).resolve().parents[2]
PACKAGES = {"site-packages", "dist-packages"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
LAMBDA = "<lambda>"
FUTURE = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})


@cache
def _is_of_a_library(file):
    """Whether a file is Python's own, an installed package's, or the course's `utils`."""
    if file.startswith("<frozen"):
        return True
    path = Path(os.path.realpath(file))
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    folders = {UTILS, *(Path(os.path.realpath(sysconfig.get_path(name))) for name in names)}
    return bool(PACKAGES.intersection(path.parts)) or not folders.isdisjoint(path.parents)


def is_own_module(name):
    """Whether a module is the learner's: a notebook, a script, or a file beside it. name: str."""
    if name == "__main__":
        return True
    if not isinstance(name, str) or name.partition(".")[0] in sys.stdlib_module_names:
        return False
    file = getattr(sys.modules.get(name), "__file__", None)
    return name not in sys.modules or bool(file and not _is_of_a_library(file))


def is_own_function(function):
    """Whether a Python function is the learner's."""
    file = function.__code__.co_filename
    if os.path.isfile(file) or file.startswith("<frozen"):
        return not _is_of_a_library(file)
    space = function.__globals__  # a cell's, or exec's: the code has no file
    file = space.get("__file__")
    return space.get("__name__") == "__main__" or not (file and _is_of_a_library(file))


def is_own_class(item):
    """Whether a class is the learner's."""
    return is_own_module(item.__module__)


def imported_by(imports):
    """Yield what a function imports from the learner's modules. imports: [(module, name), …].

    The module is imported, as it will be when the function is called. The name is None for all.
    """
    for module, name in imports:
        try:
            spec = importlib.util.find_spec(module)
            if spec and spec.origin and not _is_of_a_library(spec.origin):
                found = vars(importlib.import_module(module))
                own = {key: item for key, item in found.items() if _is_of(module, item)}
                yield found.get(name, own) if name else own
        except Exception:  # whoever calls the function gets to see it
            continue


def _is_of(module, item):
    return callable(item) and getattr(item, "__module__", None) == module


_found = {}  # code -> node, so that a file that is edited later doesn't change what code means


def source_of(function):
    """Return the function's own ast node, or None if there is no source that belongs to it."""
    code = function.__code__
    if code not in _found:
        _found[code] = _search(code, function.__globals__)
    return _found[code]


def _search(code, space):
    for _ in range(2):
        text = "".join(linecache.getlines(code.co_filename, space))
        node = _node_in(text, code) if text else None
        if node is not None:
            return node
        linecache.checkcache(code.co_filename)  # it may hold the text of before an edit
    return None


@lru_cache(64)
def _functions_in(text):
    """Return the nodes of all functions in a text."""
    try:
        return [node for node in ast.walk(ast.parse(text)) if isinstance(node, FUNCTIONS)]
    except (SyntaxError, ValueError):
        return []


@lru_cache(64)
def _shapes_in(text, flags):
    flags = (flags & FUTURE) | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    shapes, left = set(), [compile(text, "<source>", "exec", flags, dont_inherit=True)]
    while left:
        code = left.pop()
        shapes.add(_shape(code))
        left += [item for item in code.co_consts if isinstance(item, CodeType)]
    return shapes


def _shape(code):
    """Return what tells code from other code of the same Python, but for its file."""
    consts = tuple(
        _shape(item) if isinstance(item, CodeType) else _constant(item) for item in code.co_consts
    )
    return (code.co_name, code.co_firstlineno, code.co_code, code.co_names, code.co_varnames,
            code.co_freevars, consts)  # fmt: skip


def _constant(item):
    return repr(sorted(map(repr, item))) if isinstance(item, frozenset) else repr(item)


def _start(node):
    """Return (line, name) as code has them: the line is the first decorator's."""
    lines = [node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))]
    return min(lines), getattr(node, "name", LAMBDA)


def _node_in(text, code):
    start = code.co_firstlineno, code.co_name
    nodes = [node for node in _functions_in(text) if _start(node) == start]
    if not nodes or _shape(code) not in _shapes_in(text, code.co_flags):
        return None
    if len(nodes) > 1:  # several lambdas on a line
        places = set(code.co_positions())
        nodes = [node for node in nodes if _place(node.body) in places]
    return nodes[0] if len({ast.dump(node) for node in nodes}) == 1 else None


def _place(node):
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset
