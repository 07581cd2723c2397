"""Mistakes of `Scalar` of any kind, as rows."""

import numpy as np

from ._tape import Tape, before_parents, by_value, in_breadth

ROWS = [  # explanation, part of the tape, what wrongly stands in its place
    (
        "A Scalar that is used twice gets a share of the gradient from each use: add the shares up "
        "with `+=`. The derivative of a + a with respect to a is 2.",
        "sum_with",
        lambda self, share: share,
    ),
    (
        "The slopes of a product are swapped: d(a·b)/da is b.",
        "product_slopes",
        lambda self, other: (self.data, other.data),
    ),
    (
        "The slope of a power is n·aⁿ⁻¹: the exponent falls by one.",
        "power_slope",
        lambda self, n: n * self.data**n,
    ),
    (
        "The slope of a power is n·aⁿ⁻¹: the factor n is missing.",
        "power_slope",
        lambda self, n: self.data ** (n - 1),
    ),
    (
        "The slope of tanh is 1 − tanh²(a): you squared a itself, not its tanh.",
        "tanh_slope",
        lambda self, value: 1 - self.data**2,
    ),
    (
        "The slope of tanh is 1 − tanh²(a): you left out the square.",
        "tanh_slope",
        lambda self, value: 1 - value,
    ),
    (
        "All gradients stay zero: a result's derivative with respect to itself is 1. Start there.",
        "first_grad",
        0.0,
    ),
    (
        "This isn't the chain rule yet: multiply the slope of each step by the incoming gradient.",
        "share",
        lambda self, slope: slope,
    ),
    (
        "A Scalar passed its gradient on before all of it had arrived. Go in topological order: a "
        "Scalar's turn comes after all those that were computed from it.",
        "order",
        in_breadth,
    ),
    (
        "A second backward() adds to what the first one left. Set all gradients to zero first.",
        "is_reset",
        lambda self: False,
    ),
    (
        "Plain numbers must work too, as in a + 3: make a Scalar of them first.",
        "lift",
        lambda self, other: other,
    ),
    (
        "An operation made a Scalar without its parents: backward can't reach what it came from.",
        "tanh",
        lambda self: type(self)(np.tanh(self.data)),
    ),
    (
        "tanh returned a number; it must return a Scalar that knows its parent.",
        "tanh",
        lambda self: float(np.tanh(self.data)),
    ),
    (
        "A Scalar passed its gradient on before any had arrived: append each to the list after its "
        "parents, and walk the list from its end.",
        "order",
        lambda self: Tape.order(self)[::-1],
    ),
    (
        "In a + a both parents are the same Scalar: a dict or a set keeps one of them. Go through "
        "a list of pairs.",
        "keep",
        lambda self, pairs: list(dict(pairs).items()),
    ),
    (
        "Set the gradients of intermediate results to zero as well, not only those of the leaves.",
        "is_reset",
        lambda self: not self.parents,
    ),
    (
        "A list in which each Scalar stands before its parents as they are first met is no "
        "topological order: append a Scalar after its parents, and walk the list from its end.",
        "order",
        before_parents,
    ),
    (
        "You tell Scalars apart by their value, so two of the same value count as one: mark the "
        "objects themselves, or their id().",
        "order",
        by_value,
    ),
]
