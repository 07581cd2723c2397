"""Right numbers in another order or shape: transposed, shifted, one per row, one too many."""

import itertools

import numpy as np

from .cases import alike, says_something


def transposed(case):
    """Axes that are exchanged."""
    if case.arrays is None:
        return
    ours, theirs = case.arrays
    if ours.ndim != theirs.ndim or ours.ndim < 2 or ours.size < 3:
        return
    if ours.ndim == 2 and alike(ours.T, theirs):
        yield "Your result is transposed: its rows should be its columns."
    elif ours.ndim <= 5:
        for order in itertools.permutations(range(ours.ndim)):
            if order != tuple(range(ours.ndim)) and alike(ours.transpose(order), theirs):
                yield (
                    f"Your axes are in another order: `np.transpose(result, {order})` would put "
                    "them right."
                )
                return


def shape_alone(case):
    """The right numbers in another shape."""
    if case.arrays is None:
        return
    ours, theirs = case.arrays
    if ours.shape == theirs.shape or not alike(ours.ravel(), theirs.ravel()):
        return
    if np.squeeze(ours).shape == np.squeeze(theirs).shape:
        more = ours.ndim > theirs.ndim
        yield (
            "The numbers are right, but the shape isn't: an axis of length 1 "
            + ("is too many (`keepdims`, or `[:, None]`)." if more else "is missing (`keepdims`).")
        )
    else:
        yield (
            "The numbers are right, and in the right order, but in another shape: "
            + ("leave the axes as they are." if ours.ndim == 1 else "reshape them.")
        )


def not_reduced(case):
    """One number per row where one in all is due, or the reverse; an axis too few or too many."""
    if case.arrays is None:
        return
    ours, theirs = case.arrays
    if ours.ndim > theirs.ndim:
        for function, axis in _reductions(ours):
            if alike(function(ours, axis=axis), theirs):
                where = "" if axis is None else f" over axis {axis}"
                what = "one number remains" if theirs.ndim == 0 else "it has one axis fewer"
                yield f"The last step is missing: take the {function.__name__}{where}; {what}."
                return
    elif ours.ndim < theirs.ndim and theirs.size > 1:
        for function, axis in _reductions(theirs):
            if alike(function(theirs, axis=axis), ours):
                where = "everything" if axis is None else f"axis {axis} too"
                yield f"You took the {function.__name__} over {where}; several numbers are due."
                return


def _reductions(array):
    axes = [None] + ([*range(array.ndim)] if array.ndim > 1 else [])
    yield from itertools.product((np.mean, np.sum, np.max, np.min), axes)


def broadcast(case):
    """(n,) and (n, 1) that made (n, n)."""
    if case.arrays is None:
        return
    ours, theirs = (array.shape for array in case.arrays)
    n = theirs[0] if theirs else 0
    if n < 2:
        return
    if ours == (n, n) and theirs in ((n,), (n, 1)):
        yield (
            "A vector of shape (n,) met a column of shape (n, 1), and NumPy made n×n numbers of "
            "them: give both the same shape."
        )


def along_an_axis(case):
    """Shifted by one, in reverse order, or too short or long by one, along an axis."""
    if case.arrays is None:
        return
    ours, theirs = case.arrays
    if ours.ndim != theirs.ndim or ours.ndim == 0:
        return
    for axis in range(ours.ndim):
        where = "" if ours.ndim == 1 else f" along axis {axis}"
        a, b = np.moveaxis(ours, axis, 0), np.moveaxis(theirs, axis, 0)
        yield from _along(a, b, where)


def _along(a, b, where):
    if a.shape == b.shape and len(a) > 2:
        if alike(a[::-1], b):
            yield f"Your result is in reverse order{where}."
        elif len(a) > 3 and says_something(b[1:-1]) and np.ptp(b) > 0:
            if alike(a[1:], b[:-1]):
                yield f"Your result is shifted by one{where}: everything comes one place too late."
            elif alike(a[:-1], b[1:]):
                yield f"Your result is shifted by one{where}: everything comes one place too early."
    elif a.shape[1:] == b.shape[1:] and min(len(a), len(b)) > 1:
        yield from _too_long_or_short(a, b, where)


def _too_long_or_short(a, b, where):
    many = abs(len(a) - len(b))
    what = "one is" if many == 1 else f"{many} are"
    if len(a) < len(b):
        if alike(a, b[: len(a)]):
            yield f"The end is missing{where}: {what} missing after what you returned."
        elif alike(a, b[-len(a) :]):
            yield f"The start is missing{where}: {what} missing before what you returned."
    elif alike(a[: len(b)], b):
        yield f"Your result goes on too long{where}: {what} too many at the end."
    elif alike(a[-len(b) :], b):
        yield f"Your result starts too early{where}: {what} too many at the start."


def same_but_ordered(case):
    """The same numbers in another order."""
    if case.arrays is None:
        return
    ours, theirs = case.arrays
    if ours.shape != theirs.shape or ours.ndim != 1 or len(np.unique(theirs)) < 3:
        return
    if alike(np.sort(ours), np.sort(theirs)):
        if alike(np.sort(theirs), theirs):
            yield "These are the right numbers, but they must be sorted, the smallest first."
        elif alike(np.sort(theirs)[::-1], theirs):
            yield "These are the right numbers, but they must be sorted, the largest first."
