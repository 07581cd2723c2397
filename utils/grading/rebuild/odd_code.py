"""Finds code that an honest answer doesn't need: it looks into the interpreter or changes it.

Python can hide anything from such a look, so nothing here decides alone. It holds back points for
exercises whose evidence could be made up, and tells a person where to look.
"""

import ast
import re
from functools import lru_cache

PLAIN = {  # what honest answers import; any other module counts as odd
    *("numpy", "scipy", "sklearn", "keras", "tensorflow", "matplotlib", "PIL", "math", "cmath"),
    *("random", "re", "string", "textwrap", "time", "datetime", "itertools", "functools"),
    *("collections", "operator", "heapq", "bisect", "copy", "statistics", "fractions", "decimal"),
    *("numbers", "enum", "dataclasses", "typing", "abc", "contextlib", "warnings", "__future__"),
}
MODULES = {  # which others hold as an attribute
    *("builtins", "code", "codeop", "ctypes", "dis", "faulthandler", "gc", "importlib", "inspect"),
    *("IPython", "ipykernel", "linecache", "marshal", "mmap", "multiprocessing", "os", "pickle"),
    *("pathlib", "probes", "shutil", "signal", "socket", "solutions", "subprocess", "sys"),
    *("tempfile", "threading", "traceback", "tracemalloc", "types", "unittest", "utils"),
    *("weakref", "zmq", "concurrent", "asyncio", "cffi", "pdb", "bdb", "runpy", "site", "json"),
    *("base64", "timeit", "doctest", "cProfile", "pkgutil", "joblib", "f2py", "distutils"),
}
NAMES = {
    *("__import__", "breakpoint", "compile", "delattr", "eval", "exec", "get_ipython", "globals"),
    *("locals", "open", "setattr", "vars", "_kernel_side", "_probes", "__builtins__", "memoryview"),
    *("getattr", "attrgetter", "methodcaller"),
}
SPECIAL = {  # methods that plain classes do define
    *("__init__", "__call__", "__repr__", "__str__", "__add__", "__radd__", "__sub__", "__rsub__"),
    *("__mul__", "__rmul__", "__truediv__", "__rtruediv__", "__pow__", "__rpow__", "__neg__"),
    *("__len__", "__getitem__", "__iter__", "__next__", "__enter__", "__exit__", "__name__"),
    *("__matmul__", "__rmatmul__", "__abs__", "__post_init__", "__contains__", "__doc__"),
    *("__hash__", "__setitem__", "__pos__", "__slots__", "__main__"),
}
KERAS = {"keras", "tf.keras"}  # whose `utils` is a part like others
CATALOGUES = {"layers", "keras.layers", "keras.activations", "keras.optimizers", "tf.keras.layers"}
LEADING = {  # to frames, to memory, and to code that is kept as data
    *("f_back", "f_locals", "f_globals", "ctypeslib", "attrgetter", "methodcaller"),
    *("allow_pickle", "load", "fromfile", "memmap", "runstring", "rundocs", "measure"),
    *("load_model", "func_load", "deserialize_keras_object", "enable_unsafe_deserialization"),
}
# Of the course, where a kernel has nothing but stand-ins: what notebooks import themselves.
STAND_INS = re.compile(r"utils\.(config|display|datasets|training|download)(\.[a-z]\w*)*")
FROM_UTILS = {"config", "course", "display"}
OVERRIDES = {  # what a probe asks a model or a layer, which a lie would answer
    *("count_params", "weights", "trainable_weights", "trainable_variables", "variables", "layers"),
    *("get_weights", "set_weights", "input_shape", "output_shape", "shape", "dtype"),
    *("train_on_batch", "compile", "fit", "predict"),
}


def odd_in(answer):
    """Return what an answer's code uses that no honest one needs. answer: answers.Answer."""
    return sorted({found for each in answer.statements for found in suspicious(each.source)})


@lru_cache(512)  # answers of one notebook share helpers
def suspicious(source):
    """Return what code uses that no honest answer needs, as a sorted list of str."""
    try:
        return _findings(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # also from writing it out again
        return ["code that can't be read"]


def _findings(tree):
    plain = {id(node.func) for node in ast.walk(tree) if _asks_by_name(node)}
    nodes = (node for node in ast.walk(tree) if id(node) not in plain)
    return sorted({found for node in nodes for found in _look(node)})


def _asks_by_name(node):
    """Whether a node is `getattr(x, "name")` or `getattr(keras.layers, kind)`."""
    is_call = isinstance(node, ast.Call) and getattr(node.func, "id", None) == "getattr"
    if not is_call or len(node.args) < 2:
        return False
    place, name = node.args[:2]
    if isinstance(name, ast.Constant):
        return not _is_odd(str(name.value)) and name.value not in MODULES | NAMES | LEADING
    return isinstance(name, ast.Name) and ast.unparse(place) in CATALOGUES


def _look(node):
    if isinstance(node, ast.Import):
        return [f"import {alias.name}" for alias in node.names if _is_odd_module(alias.name)]
    if isinstance(node, ast.ImportFrom):
        is_odd = _is_odd_module(node.module or "") and not _has_stand_in(node)
        names = [f"from {node.module} import"] if is_odd else []
        odd = NAMES | MODULES | LEADING
        return names + [alias.name for alias in node.names if alias.name in odd]
    if isinstance(node, ast.keyword):
        return [f"{node.arg}="] if node.arg in LEADING else []
    if isinstance(node, ast.Name):
        return [node.id] if node.id in NAMES or _is_odd(node.id) else []
    if isinstance(node, ast.Attribute):
        return _look_at_attribute(node)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [repr(node.value)] if len(node.value) < 40 and _is_odd(node.value) else []
    if isinstance(node, ast.ClassDef):
        return _look_at_class(node)
    if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "type":
        return ["type with three arguments"] if len(node.args) == 3 else []
    return []


def _look_at_attribute(node):
    name = node.attr
    if name == "utils" and ast.unparse(node.value) in KERAS:
        return []
    if _is_odd(name) or name in MODULES or name in LEADING:
        return [f".{name}"]
    writes = isinstance(node.ctx, (ast.Store, ast.Del))
    base = node.value
    while isinstance(base, ast.Attribute):
        base = base.value
    if writes and getattr(base, "id", None) in ("np", "numpy", "keras", "tf", "tensorflow", "math"):
        return [f"a write to {ast.unparse(node)[:80]}"]
    return []


def _look_at_class(node):
    if not node.bases:
        return []
    defined = {getattr(item, "name", None) for item in node.body}
    for item in node.body:
        if isinstance(item, ast.Assign):
            defined.update(getattr(target, "id", None) for target in item.targets)
    return [f"its own {name}" for name in sorted(defined & OVERRIDES, key=str)]


def _has_stand_in(node):
    """Whether a node is `from utils.config import pick`, or `from utils import course`."""
    names = {alias.name for alias in node.names}
    if node.level or any(name.startswith("_") for name in names):  # `__loader__`
        return False
    if node.module == "utils":
        return names <= FROM_UTILS
    return bool(STAND_INS.fullmatch(node.module))


def _is_odd_module(name):
    root, *inner = name.split(".")
    return root not in PLAIN or any(part in MODULES | LEADING for part in inner)


def _is_odd(name):
    return name.startswith("__") and name.endswith("__") and name not in SPECIAL
