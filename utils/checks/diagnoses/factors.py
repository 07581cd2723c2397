"""Results, or steps, that are a known number times the right one."""

import math

import numpy as np

from .cases import alike, ratio, scalars, sizes


def sign(case):
    """The negative of the right result."""
    factor = _factor(case)
    if factor is not None and math.isclose(factor, -1, rel_tol=1e-5):
        yield "The sign is wrong: your result is the negative of the right one."


def constant_factor(case):
    """A size, an argument, 2 or ½ too many or too few."""
    factor = _factor(case)
    if factor is not None:
        yield from named_factors(case, factor, "Your result")


def step_from_input(case):
    """A step away from one of the inputs, whose length or direction is wrong."""
    if not case.same_shape:
        return
    ours, theirs = case.same_shape
    for name, start in case.array_inputs():
        if start.shape != theirs.shape or alike(start, theirs):
            continue
        start = start.astype(float)  # differences of unsigned integers would wrap round
        factor = ratio(ours - start, theirs - start)
        if factor is None or ours.shape == () and not _is_float(theirs):
            continue
        if math.isclose(factor, -1, rel_tol=1e-5):
            yield (
                f"You went the wrong way from `{name}`: what you added to it must be subtracted, "
                "or the other way round."
            )
        yield from named_factors(case, factor, f"Your step from `{name}`")


def named_factors(case, factor, what):
    """Yield a sentence for each number of the case that the factor may be.

    what: str, what is so many times the right one.
    """
    lengths = {number for _, number in sizes(case)}
    if any(math.isclose(abs(factor), f) for n in lengths & {2, 4} for f in (n, 1 / n)):
        return  # a constant, or a length: no one can tell
    for number, words in _candidates(case):
        if abs(number) != 1 and math.isclose(abs(factor), number, rel_tol=1e-5):
            turned = ", and its sign is wrong" if factor < 0 else ""
            yield f"{what} {words}{turned}."


def _candidates(case):
    """Yield (number, words): what it means that something is so many times the right one."""
    for name, number in scalars(case):
        yield number, f"has the factor `{name}` once too often"
        yield 1 / number, f"lacks the factor `{name}`"
    for words, number in sizes(case):
        if number > 1:
            yield number, f"is too large by a factor of {words}: divide by it, once"
            yield (
                1 / number,
                (
                    f"is too small by a factor of {words}: you divided by it without need, as for "
                    "a mean where a sum is due, or once too often"
                ),
            )
    yield 2, "is twice the right one: a ½ is missing, or a 2 is too many"
    yield 0.5, "is half the right one: a 2 is missing, or a ½ is too many"
    yield 4, "is four times the right one: a square of 2 is too many, or a ¼ is missing"
    yield 0.25, "is a quarter of the right one: a 4 is missing, or a ½ stands there twice"
    yield math.log(2), "is in the wrong unit of a logarithm: ln 2 times the right one"
    yield 1 / math.log(2), "is taken with log2; use the natural logarithm, `np.log`"
    yield 1 / math.log(10), "is taken with log10; use the natural logarithm, `np.log`"
    for name, number in scalars(case):
        yield number**2, f"has the factor `{name}`² too many"
        yield 1 / number**2, f"lacks the factor `{name}`²"
        yield math.sqrt(abs(number)), f"has the factor √`{name}` too many"
        yield 1 / math.sqrt(abs(number)), f"lacks the factor √`{name}`"
        yield 2 * number, f"has the factor 2·`{name}` too many"
        yield number / 2, f"has the factor ½·`{name}` too many"
        if 0 < number < 1:
            yield 1 - number, f"has the factor 1 − `{name}` too many"
            yield 1 / (1 - number), f"lacks the factor 1 − `{name}`"
            yield number / (1 - number), f"has `{name}` where 1 − `{name}` belongs"
            yield (1 - number) / number, f"has 1 − `{name}` where `{name}` belongs"
    known = [pair for pair in sizes(case) if pair[1] > 1]
    for words, number in known:
        for others, other in known:
            if other != number:
                yield other / number, f"was divided by {words}: divide by {others}"
    for words, number in known:
        yield number - 1, f"is {words} minus one times too large"
        yield number / (number - 1), (f"was divided by {words} minus one: divide by {words} itself")
        yield (number - 1) / number, f"was divided by {words}: divide by that minus one"
        yield 2 * number, f"is too large by twice {words}"
        yield number / 2, f"is too large by half {words}"
        yield 2 / number, f"is too small by half {words}"
        yield 1 / (2 * number), f"is too small by twice {words}"
        yield math.sqrt(number), f"is too large by the square root of {words}"
        yield 1 / math.sqrt(number), f"is too small by the square root of {words}"
    for words, number in known:
        for others, other in known:
            if other != number:
                yield other / number, f"was divided by {words}: divide by {others}"


def _factor(case):
    if not case.same_shape:
        return None
    ours, theirs = case.same_shape
    if theirs.ndim == 0 and not _is_float(theirs):
        return None  # of two whole numbers, the ratio says little
    return ratio(ours, theirs)


def _is_float(array):
    return array.dtype.kind == "f" and not float(np.ravel(array)[0]).is_integer()
