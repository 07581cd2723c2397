"""Results from which a term is missing, or that are one of the inputs."""

import numpy as np

from .cases import alike, says_something, scalars


def returned_input(case):
    """An input that comes back as it was."""
    for name, value in case.inputs.items():
        if isinstance(value, np.ndarray) and value.size > 1 and _same(case.ours, value):
            yield f"You returned `{name}` as it came."


def _same(ours, value):
    if not isinstance(ours, np.ndarray) or ours.shape != value.shape:
        return False
    return alike(ours, value) or (ours.dtype.kind == "U" and np.array_equal(ours, value))


def missing_term(case):
    """The difference to the right result is one of the inputs, or a multiple of it."""
    if not case.same_shape:
        return
    ours, theirs = case.same_shape
    with np.errstate(all="ignore"):
        lack = theirs.astype(float) - ours.astype(float)
    if not np.isfinite(lack).all() or not np.any(ours):
        return
    for name, term in case.array_inputs():
        if not _is_term(term, theirs):
            continue
        for factor, words in _sentences(name, case):
            if alike(np.broadcast_to(factor * term, lack.shape), lack):
                yield words
    for name, term in case.array_inputs():
        if term.shape != theirs.shape or not says_something(term):
            continue
        for other, factor in scalars(case):
            if other == name:
                continue
            for sign, words in ((1, "is missing: add it"), (-1, "is there once too often")):
                if alike(sign * factor * term, lack):
                    yield f"The term `{other}` · `{name}` {words}."
                if alike(2 * sign * factor * term, lack):
                    turned = "subtracted" if sign > 0 else "added"
                    yield f"The term `{other}` · `{name}` must not be {turned}: turn its sign."


def _is_term(term, theirs):
    if not says_something(term) or (term.ndim == 0 and term.dtype.kind != "f"):
        return False
    try:
        return np.broadcast_shapes(term.shape, theirs.shape) == theirs.shape
    except ValueError:
        return False


def _sentences(name, case):
    yield 1, f"The term `{name}` is missing: add it."
    yield -1, f"The term `{name}` is there once too often."
    yield 2, f"`{name}` counts twice too little: it has the wrong sign, or is missing twice."
    yield -2, f"`{name}` counts twice too much: it has the wrong sign, or is there twice too often."
    yield 0.5, f"Half of `{name}` is missing from your result."
    yield -0.5, f"Half of `{name}` is too many in your result."


def wrong_reduction(case):
    """Another reduction, or another axis, than that which gives the right result from an input."""
    if case.arrays is None:
        return
    ours, theirs = case.arrays
    for name, value in case.array_inputs():
        if value.ndim == 0 or value.size < 2:
            continue
        right = [pair for pair in _reductions(value) if _gives(pair, value, theirs)]
        if not right:
            continue
        for pair in _reductions(value):
            if pair not in right and _gives(pair, value, ours):
                yield f"You took {_words(pair, name)}; {_words(right[0], name)} is asked for."


FUNCTIONS = {
    np.sum: "the sum", np.mean: "the mean", np.max: "the maximum", np.min: "the minimum",
    np.argmax: "the place of the maximum", np.argmin: "the place of the minimum",
    np.std: "the standard deviation", np.var: "the variance", np.median: "the median",
    np.linalg.norm: "the norm", np.prod: "the product",
}  # fmt: skip


def _reductions(value):
    axes = [None, *range(value.ndim)] if value.ndim > 1 else [None]
    return [(function, axis) for function in FUNCTIONS for axis in axes]


def _gives(pair, value, result):
    function, axis = pair
    if function is np.linalg.norm and axis is None:
        value = value.ravel()
    with np.errstate(all="ignore"):
        found = function(value.astype(float), axis=axis)
    return np.shape(found) == result.shape and alike(found, result) and says_something(found)


def _words(pair, name):
    function, axis = pair
    return f"{FUNCTIONS[function]} of `{name}`" + ("" if axis is None else f" over axis {axis}")
