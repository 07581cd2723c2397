"""Numbers, texts, arrays and containers of them as texts that are the same in every process."""

import enum
import hashlib
import json
import re
import sys
from collections import deque
from numbers import Number

LARGE = 2**24  # bytes; of a larger array only some rows count
SOME = 2**20  # bytes that they have in all
MANY = 1000  # entries of a container from which it is spelled by a faster way
PLAIN = (type(None), str, bytes, bytearray, Number, type(...), type(NotImplemented), range, slice,
         re.Pattern, enum.Enum)  # fmt: skip


def is_array(value):
    """Whether a value is an array, a tensor or a variable, or a single number of NumPy."""
    return hasattr(value, "shape") and hasattr(value, "dtype") and not isinstance(value, type)


def is_plain(value):
    """Whether a value is a number, a text or the like, which has no parts."""
    return isinstance(value, PLAIN) and not is_array(value)


def spelled_plain(value):
    """Return a plain value as text; 1, 1.0 and True differ."""
    if isinstance(value, enum.Enum):
        return f"enum {value.name} {value.value!r}"
    return f"{type(value).__name__} {value!r}"


def spelled_array(value, most=None):
    """Return an array as text: its shape, its dtype and a hash of its contents.

    The contents of weights don't count, nor those of arrays with more than `most` numbers.
    """
    numpy = sys.modules.get("numpy")
    head = f"array {tuple(value.shape)}"
    if hasattr(value, "assign") or numpy is None:
        return head
    try:
        array = numpy.asarray(value)
    except Exception:  # a symbolic tensor, or one on a device
        return head
    head += f" {array.dtype.name}"
    if most is not None and array.size > most:
        return head
    if array.dtype == object:
        return head + " " + " ".join(str(type(item).__name__) for item in array.ravel())
    if array.nbytes > LARGE and array.ndim:
        rows = max(1, SOME // (array.nbytes // len(array)))
        array = array[numpy.linspace(0, len(array) - 1, rows).astype(int)]
    return f"{head} {_hash(numpy.ascontiguousarray(array).tobytes())}"


def spelled_container(value, token, most=None):
    """Return a list, tuple, dict, set or deque as text; the order of sets and dicts doesn't count.

    token: function that returns an entry's text. most: as in `spelled_array`.
    """
    kinds = ("dict", dict), ("tuple", tuple), ("list", (list, deque)), ("set", (set, frozenset))
    kind = next(name for name, types in kinds if isinstance(value, types))
    if most is not None and len(value) > most:
        return f"{kind} of {len(value)}"
    if len(value) > MANY and kind != "set":
        try:
            return f"{kind} {_hash(json.dumps(value, sort_keys=True).encode())}"
        except (TypeError, ValueError):
            pass
    if kind == "dict":
        keys = sorted((token(key), key) for key in value)
        return f"{{{', '.join(f'{text}: {token(value[key])}' for text, key in keys)}}}"
    texts = [token(item) for item in value]
    return f"{kind} [{', '.join(sorted(texts) if kind == 'set' else texts)}]"


def _hash(data):
    return hashlib.sha256(data).hexdigest()[:16]
