"""What errors and warnings in evidence mean: an unsolved exercise, a known mistake, a remark."""

import re

COMPARED = 200  # characters of a message; a recorder keeps 300


def before_unsolved(evidence):
    """Return how many observations come before the first that met an unsolved exercise."""
    unsolved = [_is_unsolved(seen["error"]) for seen in evidence]
    return unsolved.index(True) if True in unsolved else len(evidence)


def _is_unsolved(error):
    """Whether an error is a bare `raise NotImplementedError`; TensorFlow's own have a message."""
    if error is None:
        return False
    bare = error["type"] == "NotImplementedError" and not error["message"]
    return bare or error["type"] == "Unsolved"


def same_errors(evidence, others, expected):
    """Whether two pieces of evidence fail with the same messages: the type alone says too little.

    Where an error is expected, its message doesn't matter.
    """
    return all(
        right["error"] or _words(a["error"]) == _words(b["error"])
        for a, b, right in zip(evidence, others, expected)
    )


def _words(error):
    """Return an error's message without the numbers that Keras counts its objects with.

    Only its first part: a recorder cuts a message off, and where depends on those numbers.
    """
    return re.sub(r"_\d+", "", error["message"])[:COMPARED] if error else None


def warning_note(evidence, expected):
    """Return a remark on floating-point warnings that the reference doesn't give, or ''."""
    known = {text for seen in expected for text in seen["warnings"]}
    for seen in evidence:
        new = [text for text in seen["warnings"] if text not in known]
        if new:
            return f" On {seen['case']} NumPy warned: {new[0]}; the values are right all the same."
    return ""
