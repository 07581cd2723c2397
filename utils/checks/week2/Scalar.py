"""Check of `Scalar`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check

Scalar = new_check(
    __name__,
    points=3,
    seconds=5,
    slow="Do you walk along each path anew? There are 2 to the 40 of them in one case here. Visit "
    "each Scalar once: in topological order, all that use it come before it.",
)


class _Tape:
    """A right Scalar, written so that each part can be replaced: the base of the wrong ones."""

    def __init__(self, data, _parents=()):
        self.data, self.grad, self.parents = float(data), 0.0, list(_parents)

    def lift(self, other):
        return other if isinstance(other, _Tape) else type(self)(other)

    def __add__(self, other):
        other = self.lift(other)
        return type(self)(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __radd__(self, other):
        return self + other

    def product_slopes(self, other):
        return other.data, self.data

    def __mul__(self, other):
        other = self.lift(other)
        slopes = self.product_slopes(other)
        return type(self)(self.data * other.data, zip((self, other), slopes))

    def __rmul__(self, other):
        return self * other

    def power_slope(self, n):
        return n * self.data ** (n - 1)

    def __pow__(self, n):
        return type(self)(self.data**n, [(self, self.power_slope(n))])

    def tanh_slope(self, value):
        return 1 - value * value

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

    def reset(self, order):
        for node in order:
            node.grad = 0.0

    def start(self):
        self.grad = 1.0

    def pass_on(self):
        for parent, slope in self.parents:
            parent.grad += slope * self.grad

    def backward(self):
        order = self.order()
        self.reset(order)
        self.start()
        for node in order:
            node.pass_on()


@Scalar.alternative
class ScalarByParts(_Tape):
    pass


@Scalar.alternative
class ScalarByClosures:
    def __init__(self, data):
        self.data, self.grad = data, 0.0
        self._push, self._from = lambda: None, ()

    def _make(self, data, push, *parents):
        result = ScalarByClosures(data)
        result._push, result._from = lambda: push(result.grad), parents
        return result

    def __add__(self, other):
        other = other if isinstance(other, ScalarByClosures) else ScalarByClosures(other)

        def push(grad):
            self.grad += grad
            other.grad += grad

        return self._make(self.data + other.data, push, self, other)

    def __mul__(self, other):
        other = other if isinstance(other, ScalarByClosures) else ScalarByClosures(other)

        def push(grad):
            self.grad += other.data * grad
            other.grad += self.data * grad

        return self._make(self.data * other.data, push, self, other)

    __radd__ = __add__
    __rmul__ = __mul__

    def __pow__(self, n):
        def push(grad):
            self.grad += n * self.data ** (n - 1) * grad

        return self._make(self.data**n, push, self)

    def tanh(self):
        value = (np.exp(2 * self.data) - 1) / (np.exp(2 * self.data) + 1)

        def push(grad):
            self.grad += (1 - value**2) * grad

        return self._make(value, push, self)

    def _sorted(self, seen):
        if self in seen:
            return []
        seen.add(self)
        return [node for parent in self._from for node in parent._sorted(seen)] + [self]

    def backward(self):
        nodes = self._sorted(set())
        for node in nodes:
            node.grad = 0.0
        self.grad = 1.0
        while nodes:
            nodes.pop()._push()


@Scalar.mistake(
    "A Scalar that is used twice gets a share of the gradient from each use: add the shares up "
    "with `+=`. In a + a the derivative by a is 2."
)
class Overwrites(_Tape):
    def pass_on(self):
        for parent, slope in self.parents:
            parent.grad = slope * self.grad


@Scalar.mistake("The slopes of a product are swapped: d(a·b)/da is b.")
class SwapsFactors(_Tape):
    def product_slopes(self, other):
        return self.data, other.data


@Scalar.mistake("The slope of a power is n·aⁿ⁻¹: the exponent falls by one.")
class KeepsExponent(_Tape):
    def power_slope(self, n):
        return n * self.data**n


@Scalar.mistake("The slope of a power is n·aⁿ⁻¹: the factor n is missing.")
class ForgetsFactor(_Tape):
    def power_slope(self, n):
        return self.data ** (n - 1)


@Scalar.mistake("The slope of tanh is 1 − tanh²(a): you squared a itself, not its tanh.")
class SquaresInput(_Tape):
    def tanh_slope(self, value):
        return 1 - self.data**2


@Scalar.mistake("The slope of tanh is 1 − tanh²(a): you left out the square.")
class ForgetsSquare(_Tape):
    def tanh_slope(self, value):
        return 1 - value


@Scalar.mistake(
    "All gradients stay zero: a result's derivative with respect to itself is 1. Start there."
)
class NeverStarts(_Tape):
    def start(self):
        pass


@Scalar.mistake(
    "This isn't the chain rule yet: multiply the slope of each step by the gradient that arrived."
)
class ForgetsChain(_Tape):
    def pass_on(self):
        for parent, slope in self.parents:
            parent.grad += slope


@Scalar.mistake(
    "A Scalar passed its gradient on before all of it had arrived. Go in topological order: a "
    "Scalar's turn comes after all that were computed from it."
)
class WalksInBreadth(_Tape):
    def order(self):
        found, waiting = [], [self]
        while waiting:
            node = waiting.pop(0)
            if node not in found:
                found.append(node)
                waiting += [parent for parent, _ in node.parents]
        return found


@Scalar.mistake(
    "A second backward() adds to what the first one left. Set all gradients to zero at its start."
)
class NeverResets(_Tape):
    def reset(self, order):
        for node in order:
            if not hasattr(node, "visited"):
                node.visited, node.grad = True, 0.0


@Scalar.mistake("Plain numbers must work too, as in a + 3: make a Scalar of them first.")
class TakesNoNumbers(_Tape):
    def lift(self, other):
        return other


@Scalar.mistake(
    "An operation made a Scalar without its parents: backward can't reach what it came from."
)
class ForgetsParents(_Tape):
    def tanh(self):
        return type(self)(np.tanh(self.data))


@Scalar.mistake("tanh returned a number; it must return a Scalar that knows its parent.")
class LeavesTheTape(_Tape):
    def tanh(self):
        return float(np.tanh(self.data))


@Scalar.mistake(
    "A Scalar passed its gradient on before any had arrived: append each to the list after its "
    "parents, and walk the list from its end."
)
class WalksFromTheStart(_Tape):
    def order(self):
        return super().order()[::-1]


@Scalar.mistake(
    "In a + a both parents are the same Scalar: a dict keeps one of them. Use a list of pairs."
)
class KeepsParentsInADict(_Tape):
    def __init__(self, data, _parents=()):
        super().__init__(data, dict(_parents).items())


@Scalar.mistake(
    "Set the gradients of the results in between to zero as well, not the leaves' alone."
)
class ResetsLeavesAlone(_Tape):
    def reset(self, order):
        for node in order:
            if not node.parents:
                node.grad = 0.0


@Scalar.witness("numeric differentiation")
class NumericScalar:
    def __init__(self, data, compute=None, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents
        self.compute = compute

    def _lift(self, other):
        return other if isinstance(other, NumericScalar) else NumericScalar(other)

    def _of(self, compute, *parents):
        return NumericScalar(compute(*(p.data for p in parents)), compute, parents)

    def __add__(self, other):
        return self._of(lambda a, b: a + b, self, self._lift(other))

    def __mul__(self, other):
        return self._of(lambda a, b: a * b, self, self._lift(other))

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, n):
        return self._of(lambda a: a**n, self)

    def tanh(self):
        return self._of(np.tanh, self)

    def _nodes(self, found):
        for parent in self.parents:
            if parent not in found:
                parent._nodes(found)
        found[self] = True
        return found

    def _value(self, nodes, nudged, hair):
        values = {}
        for node in nodes:
            known = [values[parent] for parent in node.parents]
            values[node] = node.compute(*known) if known else node.data
            values[node] += hair * (node is nudged)
        return values[self]

    def backward(self):
        nodes, hair = list(self._nodes({})), 1e-6
        for leaf in nodes:
            up, down = self._value(nodes, leaf, hair), self._value(nodes, leaf, -hair)
            leaf.grad = (up - down) / (2 * hair)
