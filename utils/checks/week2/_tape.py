"""The class `Scalar` in parts, each of which can be replaced by a wrong one."""

import numpy as np


class Tape:
    """A right Scalar: a subclass with another method, or another first_grad, is a wrong one."""

    first_grad = 1.0

    def __init__(self, data, _parents=()):
        self.data, self.grad, self.parents = float(data), 0.0, self.keep(_parents)

    def keep(self, pairs):
        return list(pairs)

    def lift(self, other):
        return other if isinstance(other, Tape) else type(self)(other)

    def sum_slopes(self, other):
        return 1.0, 1.0

    def __add__(self, other):
        other = self.lift(other)
        slopes = self.sum_slopes(other)
        return type(self)(self.data + other.data, zip((self, other), slopes))

    def product_slopes(self, other):
        return other.data, self.data

    def __mul__(self, other):
        other = self.lift(other)
        slopes = self.product_slopes(other)
        return type(self)(self.data * other.data, zip((self, other), slopes))

    __radd__, __rmul__ = __add__, __mul__

    def power_slope(self, n):
        return n * self.data ** (n - 1)

    def __pow__(self, n):
        return type(self)(self.data**n, [(self, self.power_slope(n))])

    def tanh_slope(self, value):
        return 1 - value**2

    def tanh(self):
        value = np.tanh(self.data)
        return type(self)(value, [(self, self.tanh_slope(value))])

    def order(self):
        """Return this Scalar and all it was computed from, each before its parents."""
        found, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent, _ in node.parents:
                    visit(parent)
                found.insert(0, node)

        visit(self)
        return found

    def is_reset(self):
        return True

    def share(self, slope):
        return slope * self.grad

    def sum_with(self, share):
        return self.grad + share

    def backward(self):
        order = self.order()
        for node in order:
            node.grad = 0.0 if node.is_reset() else node.grad
        self.grad = self.first_grad
        for node in order:
            for parent, slope in node.parents:
                parent.grad = parent.sum_with(node.share(slope))


def before_parents(self):
    """Return each Scalar before its parents, as they are met first: no topological order."""
    found = []

    def visit(node):
        if node not in found:
            found.append(node)
            for parent, _ in node.parents:
                visit(parent)

    visit(self)
    return found


def by_value(self):
    """Return what `order` does, but of Scalars with the same value only one."""
    found, seen = [], set()

    def visit(node):
        if node.data not in seen:
            seen.add(node.data)
            for parent, _ in node.parents:
                visit(parent)
            found.insert(0, node)

    visit(self)
    return found


def with_number(right, of_number):
    """Return an operation that treats plain numbers in a way of its own.

    right: the operation; of_number: function (self, number) -> Scalar.
    """

    def operate(self, other):
        return right(self, other) if isinstance(other, Tape) else of_number(self, other)

    return operate


def in_breadth(self):
    """Return what `order` does, breadth first: not always a topological order."""
    found, waiting = [], [self]
    while waiting:
        node = waiting.pop(0)
        if node not in found:
            found.append(node)
            waiting += [parent for parent, _ in node.parents]
    return found
