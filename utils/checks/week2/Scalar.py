"""Check of `Scalar`: the slopes of the operations, and the order in which backward visits."""

import numpy as np

from ..check import new_check
from ._tape import Tape, before_parents, by_value, in_breadth, with_number

Scalar = new_check(
    __name__,
    points=3,
    seconds=5,
    slow="Do you walk along each path anew? One case here has 2 to the 40 of them. Visit each "
    "Scalar once: in topological order, all that use it come before it.",
)

Scalar.alternative(Tape)

MISTAKES = [  # explanation, part of the tape, what wrongly stands in its place
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
        "In a + a both parents are the same Scalar: a dict keeps one of them. Use a list of pairs.",
        "keep",
        lambda self, pairs: list(dict(pairs).items()),
    ),
    (
        "Set the gradients of intermediate results to zero as well, not only those of the leaves.",
        "is_reset",
        lambda self: not self.parents,
    ),
]

POWER = "The slope of a power aⁿ is n·aⁿ⁻¹: {}."
TANH = "The slope of tanh is 1 − tanh²(a): {}."
SUM = "The slopes of a sum are 1 and 1: {}."
PRODUCT = "The slopes of a product are the other factor's value each: {}."

MISTAKES += [
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
    (
        POWER.format("you took the logarithm, as if n were the variable"),
        "power_slope",
        lambda self, n: self.data**n * np.log(abs(self.data)),
    ),
    (
        POWER.format("you took n·a, which is right for squares only"),
        "power_slope",
        lambda self, n: n * self.data,
    ),
    (POWER.format("you took n alone"), "power_slope", lambda self, n: n),
    (
        POWER.format("you took n − 1 as the factor, too"),
        "power_slope",
        lambda self, n: (n - 1) * self.data ** (n - 1),
    ),
    (
        POWER.format("you divided by n, as an integral does"),
        "power_slope",
        lambda self, n: self.data ** (n + 1) / (n + 1),
    ),
    (
        TANH.format("you took tanh(a) · (1 − tanh(a)), the slope of a sigmoid"),
        "tanh_slope",
        lambda self, value: value * (1 - value),
    ),
    (TANH.format("you took tanh twice"), "tanh_slope", lambda self, value: 1 - np.tanh(value) ** 2),
    (TANH.format("you added the square"), "tanh_slope", lambda self, value: 1 + value**2),
    (TANH.format("its sign is turned"), "tanh_slope", lambda self, value: value**2 - 1),
    (TANH.format("you took tanh itself"), "tanh_slope", lambda self, value: value),
    (TANH.format("you took 1"), "tanh_slope", lambda self, value: 1.0),
    (TANH.format("you took the square alone"), "tanh_slope", lambda self, value: value**2),
    (SUM.format("you took the values"), "sum_slopes", lambda self, other: (self.data, other.data)),
    (
        SUM.format("you took the other's value"),
        "sum_slopes",
        lambda self, other: (other.data, self.data),
    ),
    (SUM.format("the second one gets nothing"), "sum_slopes", lambda self, other: (1.0, 0.0)),
    (PRODUCT.format("you took 1"), "product_slopes", lambda self, other: (1.0, 1.0)),
    (
        PRODUCT.format("you took the product of both"),
        "product_slopes",
        lambda self, other: (self.data * other.data,) * 2,
    ),
    (
        PRODUCT.format("you took this one's value twice"),
        "product_slopes",
        lambda self, other: (self.data, self.data),
    ),
    (
        PRODUCT.format("you took the other's value twice"),
        "product_slopes",
        lambda self, other: (other.data, other.data),
    ),
    (
        PRODUCT.format("the second one gets nothing"),
        "product_slopes",
        lambda self, other: (other.data, 0.0),
    ),
    (
        "A product with a plain number has that number for its slope; you took 1.",
        "__mul__",
        with_number(Tape.__mul__, lambda self, n: type(self)(self.data * n, [(self, 1.0)])),
    ),
    (
        "A product with a plain number has that number for its slope; you took the Scalar's value.",
        "__mul__",
        with_number(Tape.__mul__, lambda self, n: type(self)(self.data * n, [(self, self.data)])),
    ),
    (
        "A sum with a plain number forgets its parent: the slope along the Scalar is 1.",
        "__add__",
        with_number(Tape.__add__, lambda self, n: type(self)(self.data + n)),
    ),
    (
        "A product with a plain number forgets its parent: the slope along the Scalar is that "
        "number.",
        "__mul__",
        with_number(Tape.__mul__, lambda self, n: type(self)(self.data * n)),
    ),
    (
        "A power forgets its parent: keep the pair of self and the slope.",
        "__pow__",
        lambda self, n: type(self)(self.data**n),
    ),
    (
        "Each Scalar hands on gradient times slope; you handed on the gradient alone.",
        "share",
        lambda self, slope: self.grad,
    ),
    (
        "Each Scalar hands on gradient times slope; you added them.",
        "share",
        lambda self, slope: slope + self.grad,
    ),
    (
        "The gradient at the result itself is 1, whatever its value; you began with another.",
        "first_grad",
        2.0,
    ),
]

for explanation, part, wrong in MISTAKES:
    parts = {part: wrong}
    if part in ("__add__", "__mul__"):
        parts[part.replace("__", "__r", 1)] = wrong  # 2 * a, as well as a * 2
    Scalar.mistake(explanation)(type(f"Wrong_{part}", (Tape,), parts))


BEGINS = "The gradient at the result itself is 1; you began with its value."


@Scalar.mistake(BEGINS)
class BeginsWithItsValue(Tape):
    first_grad = property(lambda self: self.data)


@Scalar.mistake("backward stops at the parents: visit their parents too, down to the first.")
class OneStep(Tape):
    def order(self):
        return [self, *dict(self.parents)]

    def backward(self):
        for node in self.order():
            node.grad = 0.0
        self.grad = 1.0
        for parent, slope in self.parents:
            parent.grad += slope


@Scalar.alternative
class ByClosures:
    def __init__(self, data, push=lambda grad: None, parents=()):
        self.data, self.grad, self.push, self.parents = data, 0.0, push, parents

    def _lift(self, other):
        return other if isinstance(other, ByClosures) else ByClosures(other)

    def __add__(self, other):
        other = self._lift(other)

        def push(grad):
            self.grad += grad
            other.grad += grad

        return ByClosures(self.data + other.data, push, (self, other))

    def __mul__(self, other):
        other = self._lift(other)

        def push(grad):
            self.grad += other.data * grad
            other.grad += self.data * grad

        return ByClosures(self.data * other.data, push, (self, other))

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, n):
        def push(grad):
            self.grad += n * self.data ** (n - 1) * grad

        return ByClosures(self.data**n, push, (self,))

    def tanh(self):
        value = (np.exp(2 * self.data) - 1) / (np.exp(2 * self.data) + 1)

        def push(grad):
            self.grad += (1 - value**2) * grad

        return ByClosures(value, push, (self,))

    def _sorted(self, seen):
        if self in seen:
            return []
        seen.add(self)
        return [node for parent in self.parents for node in parent._sorted(seen)] + [self]

    def backward(self):
        nodes = self._sorted(set())
        for node in nodes:
            node.grad = float(node is self)
        for node in reversed(nodes):
            node.push(node.grad)


@Scalar.witness("numeric differentiation")
class NumericScalar:
    def __init__(self, data, compute=None, parents=()):
        self.data, self.grad, self.compute, self.parents = data, 0.0, compute, parents

    def _of(self, compute, *parents):
        parents = [p if isinstance(p, NumericScalar) else NumericScalar(p) for p in parents]
        return NumericScalar(compute(*(p.data for p in parents)), compute, parents)

    def __add__(self, other):
        return self._of(np.add, self, other)

    def __mul__(self, other):
        return self._of(np.multiply, self, other)

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, n):
        return self._of(lambda a: a**n, self)

    def tanh(self):
        return self._of(np.tanh, self)

    def _value(self, nudges, known):
        """Return the value where some Scalars are changed by a little; known: those so far."""
        if self not in known:
            values = [parent._value(nudges, known) for parent in self.parents]
            known[self] = self.compute(*values) if values else self.data
            known[self] += nudges.get(self, 0.0)
        return known[self]

    def backward(self):
        nodes, eps = {}, 1e-6
        self._value({}, nodes)
        for node in nodes:
            up, down = self._value({node: eps}, {}), self._value({node: -eps}, {})
            node.grad = (up - down) / (2 * eps)
