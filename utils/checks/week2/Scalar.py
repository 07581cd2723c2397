"""Check of `Scalar`: the slopes of the operations, and the order in which backward visits."""

import numpy as np

from ..check import new_check
from ._tape import Tape
from ._wrong_tape_slopes import SLOPES
from ._wrong_tapes import ROWS

Scalar = new_check(
    __name__,
    points=3,
    seconds=5,
    slow="Do you walk along each path anew? One case here has 2 to the 40 of them. Visit each "
    "Scalar once: in topological order, all that use it come before it.",
)

Scalar.alternative(Tape)

for explanation, part, wrong in ROWS + SLOPES:
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
