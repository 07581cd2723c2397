"""Results that are a known function of the right one."""

import numpy as np

from .cases import alike, says_something


def _softmax(x):
    powers = np.exp(x - x.max(axis=-1, keepdims=True)) if x.ndim else x
    return powers / powers.sum(axis=-1, keepdims=True) if x.ndim else x


WORDS = {
    "the logarithm is missing: your result is exp of the right one": np.exp,
    "you took a logarithm that isn't asked for": np.log,
    "the square root is missing: your result is the square of the right one": np.square,
    "you took a square root that isn't asked for": np.sqrt,
    "you returned one minus the right result": lambda x: 1 - x,
    "you returned one divided by the right result": lambda x: 1 / x,
    "you took a sigmoid that isn't asked for": lambda x: 1 / (1 + np.exp(-x)),
    "you took a tanh that isn't asked for": np.tanh,
    "the tanh is missing": np.arctanh,
    "the sigmoid is missing": lambda x: np.log(x / (1 - x)),
    "you took a softmax that isn't asked for": _softmax,
    "the signs are lost: your result is the absolute value of the right one": np.abs,
    "what is below zero is cut off": lambda x: np.maximum(x, 0),
    "what is above one or below zero is cut off": lambda x: np.clip(x, 0, 1),
    "what is above one or below minus one is cut off": lambda x: np.clip(x, -1, 1),
    "your result is one too large": lambda x: x + 1,
    "your result is one too small": lambda x: x - 1,
    "your result is the right one times 255": lambda x: 255 * x,
    "your result is the right one divided by 255": lambda x: x / 255,
}


def function_of_result(case):
    """A function that was left out, or applied once too often."""
    if not case.same_shape:
        return
    ours, theirs = case.same_shape
    if not says_something(theirs):
        return
    if theirs.ndim == 0 and theirs.dtype.kind != "f":
        return
    for words, function in WORDS.items():
        with np.errstate(all="ignore"):
            found = function(theirs.astype(float))
        if np.isfinite(found).all() and alike(ours, found) and _varied(found):
            yield words[0].upper() + words[1:] + "."


def _varied(found):
    """Whether a result holds more than what a constant would give, or than what is cut off."""
    if found.ndim == 0:
        return not float(found).is_integer()
    return len(np.unique(found)) > 2 or bool(found.size == 2 and np.ptp(found) > 1e-6)


def cut_off(case):
    """Whole numbers where the right ones have fractions."""
    if not case.same_shape:
        return
    ours, theirs = case.same_shape
    if theirs.dtype.kind != "f" or not np.isfinite(theirs).all() or not np.any(ours):
        return
    fractions = theirs != np.round(theirs)
    if fractions.sum() < 2 or not (np.isfinite(ours).all() and (ours == np.round(ours)).all()):
        return
    inputs = [pair for pair in case.array_inputs() if pair[1].ndim]
    integers = [name for name, value in inputs if value.dtype.kind in "iu"]
    because = ""
    if len(integers) == 1:
        because = f" `{integers[0]}` holds integers here: make floats of them first."
    for cut, words in ((np.trunc, "cut off"), (np.floor, "rounded down")):
        if np.array_equal(ours, cut(theirs)):
            yield f"The fractions are {words}.{because}"
            return


def other_axis(case):
    """A softmax, or shares that add up to one, along another axis."""
    if not case.same_shape:
        return
    ours, theirs = case.same_shape
    if ours.ndim < 2 or not min(ours.min(), theirs.min()) >= 0:
        return
    sums_of_ours, sums_of_theirs = _axes_of_shares(ours), _axes_of_shares(theirs)
    wrong = [axis for axis in sums_of_ours if axis not in sums_of_theirs]
    if wrong and sums_of_theirs:
        axis = wrong[0]
        over = "over everything" if axis is None else f"along axis {axis}"
        yield (
            f"Your shares add up to one {over}; they must add up to one along axis "
            f"{sums_of_theirs[0]}: sum there, with keepdims=True."
        )


def _axes_of_shares(array):
    found = [axis for axis in range(array.ndim) if array.shape[axis] > 1 and _all_one(array, axis)]
    return found if found or not _all_one(array, None) else [None]


def _all_one(array, axis):
    return bool(np.allclose(array.sum(axis=axis), 1, atol=1e-4))
