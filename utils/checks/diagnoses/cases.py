"""What a diagnosis looks at: one case in which an answer differs, and numbers that it knows."""

import math
from dataclasses import dataclass, field

import numpy as np

EXACT = {"f": (1e-6, 1e-9), "single": (1e-3, 1e-5)}  # rtol and atol


@dataclass(frozen=True)
class Case:
    """One value that differs. ours, theirs: plain values, the answer's and the right one; inputs:
    dict, name of an argument → its plain value; warnings: list of str, NumPy's."""

    ours: object
    theirs: object
    inputs: dict = field(default_factory=dict)
    warnings: tuple = ()

    @property
    def arrays(self):
        """The two values as arrays of numbers, or None where one of them isn't."""
        if is_numeric(self.ours) and is_numeric(self.theirs):
            ours, theirs = np.asarray(self.ours), np.asarray(self.theirs)
            return (ours, theirs) if ours.size and theirs.size else None
        return None

    @property
    def same_shape(self):
        """The same, or None where their shapes differ."""
        arrays = self.arrays
        return arrays if arrays and arrays[0].shape == arrays[1].shape else None

    def array_inputs(self):
        """Yield (name, array) of those inputs that are numbers or arrays of numbers."""
        for name, value in self.inputs.items():
            if is_numeric(value):
                yield name, np.asarray(value)


def is_numeric(value):
    """Whether a plain value is a number, or an array of numbers."""
    if isinstance(value, (bool, str, list, dict)) or value is None:
        return False
    return np.asarray(value).dtype.kind in "iuf"


def is_single(*arrays):
    """Whether one of these arrays has less than double precision."""
    return any(array.dtype.kind == "f" and array.dtype.itemsize < 8 for array in arrays)


def alike(a, b):
    """Whether two arrays have the same shape and nearly the same finite values."""
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape or not b.size or a.dtype.kind not in "iuf" or b.dtype.kind not in "iuf":
        return False
    rtol, atol = EXACT["single" if is_single(a, b) else "f"]
    with np.errstate(all="ignore"):
        return bool(np.isfinite(b).all() and np.allclose(a, b, rtol=rtol, atol=atol))


def says_something(array):
    """Whether an array has a value that no accident gives: one of its numbers isn't 0 or ±1."""
    array = np.asarray(array)
    return bool(array.size and (~np.isin(array.astype(float), (-1, 0, 1))).any())


def ratio(ours, theirs):
    """Return the number that `ours` is `theirs` times, or None. Both have the same shape."""
    where = np.unravel_index(np.argmax(np.abs(theirs)), theirs.shape)
    ours, theirs = ours.astype(float), theirs.astype(float)
    if not theirs[where] or not np.isfinite(theirs[where]):
        return None
    factor = float(ours[where] / theirs[where])
    if factor == 0 or not math.isfinite(factor):
        return None
    size = np.abs(theirs[where]) * abs(factor)
    close = np.allclose(ours, factor * theirs, rtol=1e-5, atol=1e-6 * size)
    return factor if close and not alike(ours, theirs) else None


def sizes(case):
    """Yield (words, number) for the lengths of the inputs' axes, then of the result's."""
    for name, value in case.inputs.items():
        if isinstance(value, list) and value:
            yield f"the length of `{name}`", len(value)
        shape = np.shape(value) if isinstance(value, np.ndarray) else ()
        words = {1: ["the length of"], 2: ["the number of rows of", "the number of columns of"]}
        for axis, length in enumerate(shape):
            some = words.get(len(shape))
            yield f"{some[axis]} `{name}`" if some else f"`{name}.shape[{axis}]`", length
        if len(shape) > 1:
            yield f"the number of elements of `{name}`", math.prod(shape)
    shape = np.shape(case.theirs) if isinstance(case.theirs, np.ndarray) else ()
    for axis, length in enumerate(shape):
        yield f"the length of the result's axis {axis}", length
    if len(shape) > 1:
        yield "the number of elements of the result", math.prod(shape)


def scalars(case):
    """Yield (name, number) for the inputs that are single numbers other than 0 and ±1."""
    for name, value in case.array_inputs():
        if value.ndim == 0 and float(value) not in (-1, 0, 1) and np.isfinite(value):
            yield name, float(value)
