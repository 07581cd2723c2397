"""One call of what a learner wrote, where it lives: what it gives or raises, and what it changed.

In a notebook that is the process of the probe; in grading it is a box, see `wire`.
"""

import copy
import functools
import inspect
import linecache
import re
import sys
import warnings
from dataclasses import dataclass

import numpy as np

from .by_values import NetworkByValues
from .settings import default_settings

MAX_TEXT = 2_000
NOISE = re.compile(r"\x1b\[[0-9;]*m|\{\{function_node [^}]*\}\} ?| ?\[Op:\w+\].*$")


@dataclass(frozen=True)
class Symbolic:
    """Stands for a `keras.Input`; see `symbolic`."""

    shape: tuple
    dtype: str


def symbolic(shape, dtype="float32"):
    """Return an argument that is a `keras.Input` where the function is called.

    shape: tuple of int, of one row; dtype: str. A KerasTensor that the function makes of it
    arrives as a `keras.Model` from the symbolic arguments to it.
    """
    return Symbolic(tuple(shape), dtype)


def attempt(function, args, names=None, learner=None, copies_networks=True):
    """Call a function; return (value, what happened).

    args: tuple; the function gets copies of what it could change. names: list of str, of the
    arguments, or None for those of the function. learner: what the learner wrote, where that is
    not the function itself. copies_networks: False where they came as copies. What happened is a
    dict with `error`, `changed` and `warnings`, as `recorder` describes; the value is None where
    there was an error.
    """
    learner = learner or function
    given = [_made(_copy(value, copies_networks)) for value in args]
    value = error = None
    with warnings.catch_warnings(record=True) as caught, default_settings():
        warnings.simplefilter("always")
        try:
            value = _finished(function(*given), given)
        except (Exception, SystemExit) as raised:
            error = describe_error(raised, learner)
    names = names or parameters(function, len(args))
    changed = [name for name, a, b in zip(names, args, given) if not _same(a, b)]
    said = {str(item.message) for item in caught if issubclass(item.category, RuntimeWarning)}
    return value, {"error": error, "changed": changed, "warnings": sorted(said)}


def parameters(function, count):
    """Return the names of a function's first arguments, at least `count` of them."""
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        names = []
    return names + [f"argument {i + 1}" for i in range(len(names), count)]


def is_network(value):
    """Whether a value is a Keras model, or stands for one; without Keras there is none."""
    keras = sys.modules.get("keras")
    return isinstance(value, NetworkByValues) or (
        keras is not None and isinstance(value, keras.Model)
    )


def _made(value):
    if isinstance(value, Symbolic):
        return sys.modules["keras"].Input(value.shape, dtype=value.dtype)
    return value


def _finished(value, given):
    """Make a network of what came of symbolic arguments, and of a class of a learner's own, which
    has called itself on something, one that knows its input."""
    keras = sys.modules.get("keras")
    if keras is not None and type(value) in (list, tuple):
        return type(value)(_finished(item, given) for item in value)
    if keras is not None and isinstance(value, keras.Model) and not hasattr(value, "input_shape"):
        return _with_input(keras, value)
    if keras is None or not isinstance(value, keras.KerasTensor):
        return value
    inputs = [each for each in given if isinstance(each, keras.KerasTensor)]
    return keras.Model(inputs[0] if len(inputs) == 1 else inputs, value)


def _with_input(keras, model):
    shape = (model.get_build_config() or {}).get("input_shape") if model.built else None
    if not (isinstance(shape, (list, tuple)) and all(isinstance(s, int | None) for s in shape)):
        return model  # it doesn't know yet, or takes several
    embeds = any(isinstance(layer, keras.layers.Embedding) for layer in model._flatten_layers())
    inputs = keras.Input((None,) if embeds else tuple(shape[1:]))  # rows of tokens have any length
    return keras.Model(inputs, model(inputs))


def _copy(value, copies_networks):
    if isinstance(value, (list, tuple)):
        return type(value)(_copy(item, copies_networks) for item in value)
    if type(value) is dict:
        return {key: _copy(item, copies_networks) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, np.random.Generator):
        return copy.deepcopy(value)
    if copies_networks and is_network(value):
        from .networks import pack, unpack

        return unpack(pack(value, weights=True))
    return value


def _same(before, after):
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(_same(before[k], after[k]) for k in before)
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(map(_same, before, after))
    if not isinstance(before, np.ndarray):
        return True
    has_nan = before.dtype.kind in "fc"
    return before.shape == after.shape and np.array_equal(before, after, equal_nan=has_nan)


def file_of(function):
    """Return the file, or notebook cell, that a callable's code is in, or None."""
    function = inspect.unwrap(function)
    if isinstance(function, functools.partial):
        return file_of(function.func)
    if inspect.isclass(function):
        methods = [item for item in vars(function).values() if inspect.isfunction(item)]
        return file_of(methods[0]) if methods else None
    if not hasattr(function, "__code__"):
        function = type(function).__call__
    return getattr(getattr(function, "__code__", None), "co_filename", None)


def _short(message):
    """Return the words of an error without colours, TensorFlow's node names, or a graph's stack."""
    if "in user code:" in message:
        message = message.strip().rpartition("\n\n")[2].strip()
    lines = NOISE.sub("", message).splitlines()
    return "\n".join(lines[:6])[:300]


def describe_error(error, learner):
    """Return an exception as a plain dict, with the last line of the learner's own file in it."""
    if hasattr(error, "described"):  # it was raised behind the wall
        return error.described
    file = file_of(learner)
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    text = linecache.getline(file, line).strip() if line else ""
    return {
        "type": type(error).__name__,
        "message": _short(str(error)),
        "line": line,
        "text": text[:MAX_TEXT],
        "exercise": getattr(error, "exercise", None),
    }
