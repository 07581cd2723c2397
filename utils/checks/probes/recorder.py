"""What every probe uses: it calls the learner's function and records plain, bounded values.

Evidence is a list of observations, one per call, in order. An observation is a dict:

- `case`: str, the call in words ("one row"), only for people;
- `facts`: dict, what judges must know about the call ({"rows": 20}), only for code;
- `value`: what was returned, made plain by `plain`;
- `error`: None, or {"type", "message", "line", "text", "exercise"}: the exception, the learner's
  line, and the unsolved exercise that raised it, if one did;
- `changed`: list of str, the arguments that the call modified in place;
- `warnings`: list of str, the floating-point warnings of NumPy.
"""

import functools
import inspect
import linecache
import re
import warnings

import numpy as np

MAX_ITEMS = 1_000_000
MAX_TEXT = 2_000
MAX_DEPTH = 8


class Opaque(str):
    """Stands for a value that is not plain: its type's name."""


def plain(value, depth=0):
    """Return a plain copy of a value: None, bool, number, str, array, or list or dict of these.

    Tuples become lists; anything that has an array form becomes a NumPy array; anything else,
    and what exceeds the bounds, becomes an `Opaque` that names it.
    """
    if value is None or isinstance(value, (bool, int, float, complex)):
        return value
    if isinstance(value, str):
        return value[:MAX_TEXT]
    if isinstance(value, (list, tuple, dict)):
        if depth == MAX_DEPTH or len(value) > MAX_ITEMS:
            return Opaque(f"a very large or deep {type(value).__name__}")
        if isinstance(value, dict):
            return {str(key)[:MAX_TEXT]: plain(item, depth + 1) for key, item in value.items()}
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, (np.ndarray, np.generic)) or hasattr(value, "__array__"):
        array = np.array(value)
        if array.dtype.kind not in "biufcU" or array.size > MAX_ITEMS:
            return Opaque(f"an array of {array.size} items of dtype {array.dtype}")
        return array[()]  # a scalar where the array has no axes
    return Opaque(f"an object of type {type(value).__name__}")


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


NOISE = re.compile(r"\x1b\[[0-9;]*m|\{\{function_node [^}]*\}\} ?| ?\[Op:\w+\].*$")


def _short(message):
    """Return the words of an error without colours, TensorFlow's node names, or a graph's stack."""
    if "in user code:" in message:
        message = message.strip().rpartition("\n\n")[2].strip()
    lines = NOISE.sub("", message).splitlines()
    return "\n".join(lines[:6])[:300]


def _describe_error(error, function):
    """Return the exception as a plain dict, with the last line of the learner's own file in it."""
    file = file_of(function)
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


def _copy(value):
    if isinstance(value, (list, tuple)):
        return type(value)(map(_copy, value))
    return value.copy() if isinstance(value, np.ndarray) else value


def _same(before, after):
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(map(_same, before, after))
    if not isinstance(before, np.ndarray):
        return True
    return before.shape == after.shape and np.array_equal(before, after, equal_nan=True)


class Recorder:
    """Calls a learner's function or class case by case and keeps the evidence.

    A case that raises doesn't end the probe. Each call gets copies of its arrays, so that a
    function that modifies its input is noticed and can't spoil the next case.
    """

    def __init__(self, function):
        self.function = function
        self.evidence = []

    def __call__(self, case, *args, then=lambda value: value, facts=None):
        """Call the function on `args`; record `then` of its result; return the raw result.

        case: str, the call in words. facts: dict of plain values that judges need to know.
        then: function from the returned value to the evidence, where the value itself isn't
        plain: a model, a step, an object. If the call raised, the returned value is None.
        """
        return self._observe(case, self.function, args, then, facts)

    def observe(self, case, function, *args, facts=None):
        """Record what one of the probe's own functions returns; return it, or None if it raised.

        Use it to look again at something that the learner's function returned.
        """
        return self._observe(case, function, args, lambda value: value, facts)

    def _observe(self, case, function, args, then, facts):
        copies = [_copy(value) for value in args]
        observation = {"case": case, "facts": facts or {}, "value": None, "error": None}
        observation |= {"changed": [], "warnings": []}
        self.evidence.append(observation)
        value = None
        # Whatever np.seterr the kernel is left with, all cases run under the same rules.
        with (
            warnings.catch_warnings(record=True) as caught,
            np.errstate(all="warn", under="ignore"),
        ):
            warnings.simplefilter("always")
            try:
                value = function(*copies)
                observation["value"] = None if value is None else plain(then(value))
            except (Exception, SystemExit) as error:
                observation["error"] = _describe_error(error, self.function)
        observation["warnings"] = sorted(
            {str(item.message) for item in caught if issubclass(item.category, RuntimeWarning)}
        )
        observation["changed"] = [
            name
            for name, before, after in zip(_names(function, args), args, copies)
            if not _same(before, after)
        ]
        return value


def _names(function, args):
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        names = []
    return names + [f"argument {i + 1}" for i in range(len(names), len(args))]


def probe(cases):
    """Turn `cases(call, rng)` into a probe, `probe(function, rng) -> evidence`.

    cases: function that makes its calls by `call("the case in words", *args)`, on inputs drawn
    from `rng`, a `numpy.random.Generator`.
    """

    @functools.wraps(cases)
    def run(function, rng):
        call = Recorder(function)
        cases(call, rng)
        return call.evidence

    return run
