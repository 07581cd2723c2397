"""Nothing returned, a modified input, NaN, and errors that say little to a beginner."""

import re

import numpy as np

from .cases import alike

CAUSES = {
    "divide by zero encountered in log": "you took the logarithm of 0, which is −inf",
    "invalid value encountered in log": "you took the logarithm of a negative number",
    "overflow encountered in exp": "you took exp of a large number, which overflows",
    "invalid value encountered in sqrt": "you took the square root of a negative number",
    "divide by zero encountered": "you divided by 0",
    "invalid value encountered in divide": "you divided 0 by 0, or inf by inf",
    "invalid value encountered in scalar divide": "you divided 0 by 0, or inf by inf",
    "invalid value encountered in multiply": "you multiplied 0 by inf",
    "invalid value encountered in scalar multiply": "you multiplied 0 by inf",
    "invalid value encountered in subtract": "you took inf from inf",
    "Mean of empty slice": "you took the mean of no numbers at all",
    "overflow encountered": "a number became too large for its dtype",
}


def not_finite(case):
    """NaN or inf, with what NumPy said on the way."""
    if case.arrays is None:
        return
    ours, theirs = case.arrays
    if np.isfinite(ours).all() or not np.isfinite(theirs).all():
        return
    for start, cause in CAUSES.items():
        if any(start in text for text in case.warnings):
            what = "NaN" if np.isnan(ours).any() else "infinite"
            yield f"Your result is {what}, as {cause} here."
            return


def comparison(case):
    """True and False where numbers are due."""
    ours = case.ours
    is_bool = isinstance(ours, bool) or getattr(ours, "dtype", np.dtype("f")).kind == "b"
    theirs = np.asarray(case.theirs) if not isinstance(case.theirs, (list, dict, str)) else None
    if (
        is_bool
        and theirs is not None
        and theirs.dtype.kind in "iuf"
        and np.shape(ours) == theirs.shape
    ):
        yield "You returned True and False, the outcome of a comparison, where numbers are due."


def other_dtype(case):
    """The right numbers in a dtype that doesn't fit."""
    if not case.same_shape:
        return
    ours, theirs = case.same_shape
    if alike(ours, theirs) and not np.can_cast(ours.dtype, theirs.dtype, "same_kind"):
        whole = ": whole numbers are due" if theirs.dtype.kind in "iu" else ""
        yield (
            f"The numbers are right, but their dtype is {ours.dtype}; it should be "
            f"{theirs.dtype}{whole}."
        )


MEANINGS = [
    (
        r"name '(\w+)' is not defined",
        "Your code uses the name `{0}`, which nothing defines: is it spelled right, and is it one "
        "of the parameters?",
    ),
    (
        r"cannot access local variable '(\w+)'|local variable '(\w+)' referenced before",
        "`{0}` is used before it gets a value: give it one before the loop or the `if`.",
    ),
    (
        r"(?:too many|not enough) values to unpack",
        "What is unpacked has more or fewer items than there are names on the left. An array is "
        "unpacked row by row: for columns take `X.T`, or `X[:, 0]` and so on.",
    ),
    (
        r"truth value of an array with more than one element is ambiguous",
        "An `if`, `and`, `or` or `max` looks at a whole array at once: use np.where, np.maximum or "
        "&, which work on each element.",
    ),
    (
        r"only (?:length-1|0-dimensional|size-1) arrays can be converted to Python scalars",
        "A function for one number (from `math`, or float()) got a whole array: take NumPy's, "
        "which works on each element.",
    ),
    (
        r"matmul: Input operand 1 has a mismatch in its core dimension 0|shapes \(.*\) and \(.*\) "
        r"not aligned|Matrix size-incompatible|shape-mismatch for sum",
        "The matrices that you multiply don't fit: the columns of the first must be as many as the "
        "rows of the second. Is one to be transposed, or is their order wrong?",
    ),
    (
        r"operands could not be broadcast together with shapes (\([\d, ]*\)) (\([\d, ]*\))",
        "Arrays of shapes {0} and {1} don't fit together element by element: is one transposed, or "
        "is an axis missing (`[:, None]`, keepdims=True)?",
    ),
    (
        r"could not broadcast input array from shape (\([\d, ]*\)) into shape (\([\d, ]*\))",
        "You put an array of shape {0} into a place of shape {1}.",
    ),
    (
        r"ufunc 'bitwise_xor' not supported|unsupported operand type\(s\) for \^",
        "`^` is no power in Python: write `**`.",
    ),
    (
        r"Singular matrix",
        "The matrix has no inverse: its columns depend on each other. What should make it regular "
        "is missing.",
    ),
    (
        r"all the input array dimensions except for the concatenation axis must match",
        "The arrays that you join differ in an axis along which they aren't joined.",
    ),
    (
        r"inhomogeneous shape",
        "Rows of different lengths make no array: fill them up to one length first.",
    ),
    (
        r"expected shape=\(None, (\d+)\), found shape",
        "It takes rows of {0} only; `keras.Input((None,))` takes any length.",
    ),
    (
        r"No gradients provided for any variable",
        "No gradient reaches what is to be trained: something on the way left Keras's ops (NumPy, "
        "float(), `.numpy()`, `stop_gradient`, a variable made anew).",
    ),
    (
        r"Expected shape \(None, [\d, ]*\), but input has incompatible shape",
        "A network takes a batch: one image needs an axis in front, `image[None]`.",
    ),
    (
        r"Inputs have incompatible shapes",
        "The two tensors that you join have different shapes: bring them to the same height, width "
        "and number of channels first.",
    ),
    (
        r"A `Concatenate` layer requires inputs with matching shapes",
        "The branches that you join have different heights or widths: each needs padding='same' "
        "and a stride of 1.",
    ),
    (
        r"cannot reshape array of size",
        "The number of elements doesn't fit the shape you reshape to: count both for this case.",
    ),
    (
        r"index can't contain negative values",
        "You pad by a negative number: take the larger of it and 0.",
    ),
    (
        r"zero-size array to reduction operation (\w+)",
        "You took the {0} of no numbers at all: what is right for none must be said before.",
    ),
    (
        r"generator raised StopIteration",
        "`next` found nothing more, and inside a generator that is an error: catch StopIteration, "
        "or use a `for` loop.",
    ),
    (
        r"Cannot convert a symbolic|as a Python `bool`|Using a symbolic",
        "Inside `fit` or a tf.function, values are symbolic tensors, which NumPy and Python's "
        "`if`, `min` and float() can't look into: use `keras.ops`.",
    ),
    (
        r"unsupported operand type\(s\) for \S+ 'NoneType'|'NoneType'",
        "One of the values in this line is None: something before it returned nothing.",
    ),
    (
        r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)",
        "Your index runs past the end: with {2} places they are numbered from 0 on.",
    ),
    (
        r"(?:list|string|tuple) index out of range",
        "Your index runs past the end: it is as large as the number of items, or they are none.",
    ),
    (
        r"Cannot cast ufunc .* output from dtype\('float64'\) to dtype\('(u?int\d+)'\)",
        "You wrote floats into an array of {0}, in place: work on a new array, or make floats of "
        "it first.",
    ),
    (
        r"assignment destination is read-only",
        "You wrote into an array that must stay as it is: work on a copy.",
    ),
]


def meaning_of(error):
    """Return what an error means, one sentence, or None."""
    for pattern, sentence in MEANINGS:
        found = re.search(pattern, error["message"])
        if found:
            return sentence.format(*(group for group in found.groups() if group is not None))
    if re.search(r"concatenate\(|stack\(", error["text"]) and "as an integer" in error["message"]:
        return "np.concatenate and its like take one list of arrays: put them into brackets."
    if error["type"] == "KeyError" and re.fullmatch(r"'[^'\n]{1,30}'|-?\d{1,9}", error["message"]):
        return (
            f"Your code looks up {error['message']}, which isn't in the dict: `.get` takes what to "
            "return then."
        )
    if error["type"] == "ZeroDivisionError":
        return "You divided by 0: test for it before you divide, and say what is right then."
    return None
