"""Finds code that is worth a person's glance: it looks into the interpreter, or changes libraries.

It is a remark and costs no points: Python can hide anything from such a look, and an honest answer
may have its reasons.
"""

import ast
from functools import lru_cache

MODULES = {  # their parts, too; also those of the course that a notebook has no use for
    *("__main__", "_ctypes", "builtins", "cffi", "checks", "ctypes", "dis", "gc", "grading"),
    *("importlib", "ipykernel", "linecache", "marshal", "pickle", "probes", "solutions"),
    *("tracemalloc", "zmq"),
}
NAMES = {"__builtins__", "__import__", "breakpoint", "eval", "exec", "get_ipython"}
ATTRIBUTES = {  # to frames, to code, and to what others have imported
    *("__builtins__", "__closure__", "__code__", "__globals__", "__loader__", "__subclasses__"),
    *("_getframe", "cr_frame", "ctypeslib", "currentframe", "f_back", "f_globals", "f_locals"),
    *("gi_frame", "meta_path", "modules", "setprofile", "settrace", "tb_frame", "allow_pickle"),
}
LIBRARIES = {"keras", "math", "np", "numpy", "tensorflow", "tf"}
OVERRIDES = {  # what is asked of a network, which a lie would answer
    *("count_params", "get_weights", "input_shape", "output_shape", "set_weights", "to_json"),
    *("trainable_variables", "trainable_weights", "variables", "weights"),
}


def odd_in(answer):
    """Return what an answer's code uses that deserves a glance. answer: answers.Answer."""
    return sorted({found for each in answer.statements for found in suspicious(each.source)})


@lru_cache(512)  # answers of one notebook share helpers
def suspicious(source):
    """Return what code uses that deserves a glance, as a sorted list of str."""
    try:
        return sorted({found for node in ast.walk(ast.parse(source)) for found in _look(node)})
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ["code that can't be read"]


def _look(node):
    match node:
        case ast.Import(names=names):
            return [f"import {each.name}" for each in names if MODULES & {*each.name.split(".")}]
        case ast.ImportFrom(module=module, names=names):
            parts = {*(module or "").split("."), *(each.name for each in names)}
            return [f"import {part}" for part in parts & (MODULES | NAMES | ATTRIBUTES)]
        case ast.Name(id=name):
            return {name} & NAMES
        case ast.Constant(value=str(name)) | ast.keyword(arg=str(name)):
            return {name} & ATTRIBUTES - {"modules"}
        case ast.Attribute(attr=name) if name in ATTRIBUTES | NAMES - {"eval"}:
            return [f".{name}"]
        case ast.Attribute(ctx=ast.Store() | ast.Del()) if _owner(node) in LIBRARIES:
            return [f"a change of {_owner(node)}"]
        case ast.ClassDef(bases=[_, *_]):
            return [f"its own {name}" for name in _bound(node) & OVERRIDES]
    return []


def _owner(node):
    """Return the name that an expression as `a.b.c` begins with, or None."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return getattr(node, "id", None)


def _bound(node):
    """Return the names that a class's body binds."""
    targets = (target for item in node.body for target in getattr(item, "targets", ()))
    return {getattr(item, "name", None) for item in node.body} | {*map(_owner, targets)}
