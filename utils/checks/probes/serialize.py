"""Evidence as text, to cross the wall between an untrusted kernel and its grader.

`encode` runs in the kernel, `decode` outside. What is decoded is plain and bounded whatever was
sent: no code runs, and nothing is made but numbers, strings, arrays, lists and dicts.
"""

import base64
import inspect
import json
import math

import numpy as np

from .recorder import KINDS, MAX_DEPTH, MAX_ITEMS, MAX_TEXT, Opaque

MAX_CALLS = 1_000
MAX_NOTES, MAX_NAME = 20, 100  # of what was modified, and of warnings; of an argument's name
MAX_INT = 2**63
MAX_CHARACTER = 0x10FFFF
FIELDS = ("case", "facts", "value", "error", "changed", "warnings", "layers", "inputs")


class BadEvidence(ValueError):
    """What was sent isn't evidence."""


def encode(evidence):
    """Return evidence as JSON text."""
    packed = ("facts", "value", "layers", "inputs")
    calls = [seen | {field: pack(seen[field]) for field in packed} for seen in evidence]
    return json.dumps(calls, allow_nan=True)


def decode(text):
    """Return the evidence that was encoded; raise BadEvidence for anything else."""
    try:
        calls = json.loads(text)
        if not isinstance(calls, list) or len(calls) > MAX_CALLS:
            raise BadEvidence("a list of calls was expected")
        return [_call(seen) for seen in calls]
    except BadEvidence:
        raise
    except (ValueError, TypeError, KeyError, RecursionError, MemoryError) as error:
        raise BadEvidence(f"{type(error).__name__}: {str(error)[:200]}") from None


def pack(value):
    """Return a plain value, see `recorder.plain`, as JSON has it."""
    if isinstance(value, Opaque):
        return {"opaque": str(value)}
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) < MAX_INT else {"opaque": "a very large int"}
    if isinstance(value, float):
        return float(value)
    if isinstance(value, complex):
        return {"complex": [value.real, value.imag]}
    if isinstance(value, list):
        return [pack(item) for item in value]
    if isinstance(value, dict):
        return {"dict": [[key, pack(item)] for key, item in value.items()]}
    return {"array": pack_array(value)}


def pack_array(value):
    """Return an array, or a NumPy scalar, as [dtype, shape, data in base64]."""
    array = np.ascontiguousarray(value)
    data = base64.b64encode(array.tobytes()).decode()
    return [array.dtype.str, list(np.shape(value)), data]


def unpack(value, depth=0):
    """Return the value that was packed; raise BadEvidence for anything else."""
    if depth > 2 * MAX_DEPTH:
        raise BadEvidence("too deep")
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        if abs(value) >= MAX_INT:
            raise BadEvidence("too large an int")
        return value
    if isinstance(value, str):
        return value[:MAX_TEXT]
    if isinstance(value, list):
        return [unpack(item, depth + 1) for item in value]
    ((kind, content),) = value.items()
    if kind == "opaque":
        return Opaque(str(content)[:MAX_TEXT])
    if kind == "complex":
        return complex(float(content[0]), float(content[1]))
    if kind == "dict":
        return {_text(key): unpack(item, depth + 1) for key, item in content}
    if kind == "array":
        return unpack_array(*content)
    raise BadEvidence(f"an unknown kind of value: {str(kind)[:50]}")


def unpack_array(dtype, shape, data):
    """Return the array, or scalar, that was packed; raise BadEvidence for anything else."""
    dtype = np.dtype(_text(dtype))
    shape = [int(length) for length in shape]
    if dtype.kind not in KINDS or dtype.hasobject or len(shape) > 32 or dtype.itemsize > 8_000:
        raise BadEvidence(f"an array of dtype {dtype}")
    count = math.prod(shape)
    raw = base64.b64decode(_text(data), validate=True)
    is_possible = min(shape, default=1) >= 0 and count <= MAX_ITEMS
    if not is_possible or len(raw) != count * dtype.itemsize:
        raise BadEvidence("an array whose size doesn't match its shape")
    if not count:
        return np.zeros(shape, dtype)
    if dtype.kind == "U":
        codes = np.frombuffer(raw, dtype.byteorder.replace("=", "<") + "u4")
        if codes.max(initial=0) > MAX_CHARACTER:
            raise BadEvidence("characters that don't exist")
    return np.frombuffer(raw, dtype).reshape(shape).copy()[()]


def _text(value):
    if not isinstance(value, str):
        raise BadEvidence("a string was expected")
    return value


def unpack_texts(values, longest=MAX_TEXT):
    """Return a list of str that was sent; raise BadEvidence for anything else."""
    if not isinstance(values, list):
        raise BadEvidence("a list of strings was expected")
    return [_text(value)[:longest] for value in values[:MAX_NOTES]]


def _call(seen):
    if not isinstance(seen, dict) or set(seen) != set(FIELDS):
        raise BadEvidence("a call with other fields")
    facts = unpack(seen["facts"])
    inputs = unpack(seen["inputs"])
    if not (isinstance(facts, dict) and isinstance(inputs, dict)):
        raise BadEvidence("the facts and the inputs of a call should be dicts")
    return {
        "case": _text(seen["case"])[:MAX_TEXT],
        "facts": facts,
        "value": unpack(seen["value"]),
        "error": unpack_error(seen["error"]),
        "changed": unpack_texts(seen["changed"], MAX_NAME),
        "warnings": unpack_texts(seen["warnings"]),
        "layers": _rows(unpack(seen["layers"])),
        "inputs": inputs,
    }


def _rows(layers):
    is_rows = isinstance(layers, list) and all(isinstance(row, dict) for row in layers)
    if layers is not None and not (is_rows and all("kind" in row for row in layers)):
        raise BadEvidence("the layers of a call should be a list of dicts")
    return layers


def unpack_error(error):
    """Return an error that was sent, see `recorder`, or None. Raises BadEvidence."""
    if error is None:
        return None
    line = error["line"]
    return {
        "type": _text(error["type"])[:100],
        "message": _text(error["message"])[:MAX_TEXT],
        "line": line if isinstance(line, int) and not isinstance(line, bool) else None,
        "text": _text(error["text"])[:MAX_TEXT],
        "exercise": None if error["exercise"] is None else _text(error["exercise"])[:100],
    }


# --- the parameters of what the learner wrote


def interface(item):
    """Return what an item is and which parameters it takes, as plain values."""
    if inspect.isclass(item):
        kind = "class"
    else:
        kind = "function" if callable(item) else type(item).__name__
    try:
        parameters = [
            [parameter.name, int(parameter.kind), parameter.default is not parameter.empty]
            for parameter in inspect.signature(item).parameters.values()
        ]
    except (TypeError, ValueError):
        parameters = None
    return {"kind": kind, "parameters": parameters}


def signature(parameters):
    """Return an `inspect.Signature` from what `interface` gave; BadEvidence for anything else."""
    try:
        return inspect.Signature(
            [
                inspect.Parameter(
                    _text(name)[:200],
                    inspect._ParameterKind(kind),
                    default=None if has_default else inspect.Parameter.empty,
                )
                for name, kind, has_default in parameters[:200]
            ]
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise BadEvidence(str(error)[:200]) from None
