"""What an object, a class or a function leads to, as far as it may be the learner's own code."""

import builtins
import functools
import inspect
import types
from collections import deque

from .keras_settings import has_settings
from .own_code import is_own_class, is_own_function
from .plain_values import is_array, is_plain

NOTHING = object()
WRAPPERS = (types.MethodType, functools.partial, functools.partialmethod, staticmethod, classmethod,
            property, functools.cached_property)  # fmt: skip
CONTAINERS = (list, tuple, dict, set, frozenset, deque)
BY_PLACE = {"Callback", "Loss"}  # classes of Keras whose methods get their arguments by place
MOST_LOOKED_AT = 1000  # entries of a library object's container that are looked through


def holds_own_code(value):
    """Whether a value is the learner's code, or an object of a library that holds some."""
    return _is_own(value) or any(_is_own(item) for item in held(value).values())


def label_of(value):
    """Return the name by which a learner knows a function, a class, or an object by its class."""
    named = value if hasattr(value, "__qualname__") else type(value)
    return named.__qualname__.rpartition("<locals>.")[2]


def wrapped_by(value):
    """Return the function that a library's object was made from, such as tf.function's, or None."""
    for name in ("__wrapped__", "python_function", "pyfunc"):
        try:
            found = getattr(value, name, None)
        except Exception:  # an object whose attributes are computed
            continue
        if callable(found):
            return found
    return None


def _is_own(value):
    if isinstance(value, types.FunctionType):
        return is_own_function(value)
    if isinstance(value, WRAPPERS):
        return True
    return is_own_class(value if isinstance(value, type) else type(value))


def _is_of_library(value):
    function = getattr(value, "__func__", value)
    return isinstance(function, types.FunctionType) and not is_own_function(function)


def is_interesting(value):
    """Whether an attribute of a library's object may lead to code of the learner's."""
    if is_plain(value) or is_array(value) or isinstance(value, types.ModuleType):
        return False
    if isinstance(value, CONTAINERS):
        items = value.values() if isinstance(value, dict) else value
        return len(value) <= MOST_LOOKED_AT and any(map(is_interesting, items))
    if _is_own(value) or (has_settings(value) and not isinstance(value, type)):
        return True
    return callable(value) and wrapped_by(value) is not None and _is_own(wrapped_by(value))


def held(value, without=()):
    """Return {name: attribute} of an object that may lead to code of the learner's."""
    try:
        attributes = vars(value)
    except TypeError:
        return {}
    return {
        name: item
        for name, item in sorted(attributes.items())
        if (name[0] != "_" or name == "_learning_rate")  # an optimizer's schedule
        and name not in without
        and not (_is_of_library(item) and hasattr(type(value), name))  # Keras wraps methods so
        and is_interesting(item)
    }


def library_name(item):
    """Return the name of something from a library that it has in most versions, wherever it is."""
    top = (getattr(item, "__module__", None) or "").partition(".")[0]
    names = (getattr(item, name, None) for name in ("__qualname__", "__name__"))
    return f"{top} {next(filter(None, names), type(item).__name__)}"


def contents(cell):
    """Return the value in a closure's cell."""
    try:
        return cell.cell_contents
    except ValueError:  # nothing was assigned yet
        return None


def look_up(function, dotted):
    """Return (value, key) of a name in a function; the key is None for builtins."""
    name, *rest = dotted.split(".")
    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or ()))
    space = function.__globals__
    if name in cells:
        value, key = contents(cells[name]), id(cells[name])
    elif name in space:
        value, key = space[name], (id(space), dotted)
    else:
        return getattr(builtins, name, NOTHING), None
    for part in rest:
        value = getattr(value, part, NOTHING)
    return value, key


def counts(cls, name, value):
    """Whether an attribute of a class is of the learner's making."""
    if hasattr(cls, "__members__") or name.startswith("__"):
        inner = getattr(value, "__func__", value)
        if not isinstance(inner, types.FunctionType) or not is_own_function(inner):
            return False
        return inner.__code__.co_filename != "<string>"  # what a dataclass gets
    return not name.startswith("_abc_") and not inspect.ismemberdescriptor(value)


def arguments_by_name(cls, name, function):
    """Return the names of a method's arguments by which a library may pass values to it."""
    bases = [base for base in cls.__mro__[1:-1] if not is_own_class(base)]
    if any(base.__name__ in BY_PLACE for base in bases):
        return set()
    own = list(inspect.signature(function).parameters)[1:]
    if bases and name in ("call", "build") and len(set(own) - {"training", "mask"}) > 1:
        return set(own)  # Keras matches `call(query)` and `build(query_shape)`
    found = set()
    for base in bases:
        if inspect.isfunction(theirs := getattr(base, name, None)):
            found.update([*inspect.signature(theirs).parameters][2:])
    return found
