"""Stands in for another exercise that an answer calls: it returns what is right, where known.

So an answer can be tried as if what it calls were right, also in a box, where no reference is.
"""

import copy
import hashlib
import inspect
import json

import numpy as np

from .serialize import pack, unpack

PLAIN = (bool, int, float, complex, str, np.ndarray, np.generic, type(None))
MAX_TEXT = 1_000_000  # characters of all that is known of one function


class Replay:
    """Returns what a function is known to return for some arguments, and else has it called.

    parameters: list of str, the function's; known: dict, see `key` → result.
    """

    def __init__(self, parameters, known=None):
        self.parameters, self.known = parameters, known if known is not None else {}

    def recording(self, function):
        """Return the function; what it returns for plain arguments is then known."""

        def called(*args, **options):
            where = self.key(args, options)
            value = function(*args, **options)
            if where and _is_plain(value):
                self.known[where] = copy.deepcopy(value)
            return value

        called.__signature__ = inspect.signature(function)
        return called

    def over(self, function):
        """Return a function that returns what is known, and else calls this one."""

        def called(*args, **options):
            where = self.key(args, options)
            if where in self.known:
                return copy.deepcopy(self.known[where])
            return function(*args, **options)

        return called

    def key(self, args, options):
        """Return what stands for the arguments of a call, a str, or '' where they aren't plain."""
        given = {**dict(zip(self.parameters, args)), **options}
        if not _is_plain(given) or len(args) > len(self.parameters):
            return ""
        return hashlib.sha256(repr(_form(given)).encode()).hexdigest()[:32]

    def to_text(self):
        """Return it as text; what exceeds the bound is left out."""
        rows, size = [], 0
        for where, value in self.known.items():
            row = [where, _pack(value)]
            size += len(json.dumps(row))
            if size <= MAX_TEXT:
                rows.append(row)
        return json.dumps([self.parameters, rows])


def from_text(text):
    """Return the Replay that was made a text of."""
    parameters, rows = json.loads(text)
    return Replay(parameters, {where: _unpack(value) for where, value in rows})


def _is_plain(value):
    if type(value) in (list, tuple, dict):
        return all(map(_is_plain, value.values() if type(value) is dict else value))
    return isinstance(value, PLAIN) and getattr(value, "dtype", np.dtype("f")).kind in "biufcU"


def _form(value):
    """Return a value in a form that doesn't tell a list from a tuple, nor one dtype of numbers from
    another."""
    if isinstance(value, dict):
        return sorted((key, _form(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return [_form(item) for item in value]
    array = np.asarray(value)
    if array.dtype.kind in "iuf":
        return array.shape, (array.astype(float) + 0.0).tobytes()
    return array.shape, array.tolist()


def _pack(value):
    if type(value) is tuple:  # which `pack` has no word for
        return {"tuple": [_pack(item) for item in value]}
    return pack(value)


def _unpack(value):
    if isinstance(value, dict) and "tuple" in value:
        return tuple(map(_unpack, value["tuple"]))
    return unpack(value)
