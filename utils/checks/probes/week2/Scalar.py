"""On which inputs `Scalar` is tried: computations as data, in steps.

A step is [operation, operand, …], where an operand is a number, or the name of a Scalar: a, b, or
the result of an earlier step, which are called c, d, e, … in their order.
"""

import operator

from ..recorder import probe

NAMES = "abcdefghi"
OPERATIONS = {
    "+": operator.add,
    "*": operator.mul,
    "**": operator.pow,
    "tanh": lambda operand: operand.tanh(),
}
COMPUTATIONS = {
    "a + b": [["+", "a", "b"]],
    "a + a": [["+", "a", "a"]],
    "a + 3": [["+", "a", 3]],
    "3 + a": [["+", 3, "a"]],
    "a * b": [["*", "a", "b"]],
    "a * a": [["*", "a", "a"]],
    "c = 2 * a; d = b * 0.5; c + d": [["*", 2, "a"], ["*", "b", 0.5], ["+", "c", "d"]],
    "a ** 3": [["**", "a", 3]],
    "a ** -1": [["**", "a", -1]],
    "b ** 2, where b is negative": [["**", "b", 2]],
    "b.tanh(), where b is negative": [["tanh", "b"]],
    "a.tanh()": [["tanh", "a"]],
    "c = a * b; d = c + a; e = d.tanh(); e * b": [
        ["*", "a", "b"],
        ["+", "c", "a"],
        ["tanh", "d"],
        ["*", "e", "b"],
    ],
    "c = a * a; d = c + a; e = c.tanh(); f = c * e; g = c * d; f + g": [  # order matters
        ["*", "a", "a"],
        ["+", "c", "a"],
        ["tanh", "c"],
        ["*", "c", "e"],
        ["*", "c", "d"],
        ["+", "f", "g"],
    ],
}
SAME_VALUE = [["*", "b", 1], ["+", "a", "c"], ["*", "a", 1], ["+", "d", "e"]]


def _draw_steps(rng):
    """Return random steps; each uses the one before it, so the last is computed from all."""
    steps = [[str(rng.choice(["+", "*"])), "a", "b"]]

    def last():
        return NAMES[len(steps) + 1]

    def add_two():
        for operation in map(str, rng.permutation(["+", "*"])):
            earlier = NAMES[rng.integers(len(steps) + 2)]
            number = round(rng.uniform(0.5, 1.5), 2)
            other = earlier if rng.random() < 0.6 else number
            operands = [last(), other] if rng.random() < 0.5 else [other, last()]
            steps.append([operation, *operands])

    add_two()
    steps.append(["tanh", last()])  # so that numbers stay small
    steps.append(["**", last(), int(rng.integers(2, 5))])
    add_two()
    return steps


def _in_words(steps):
    def words(operation, first, *others):
        return f"{first}.tanh()" if operation == "tanh" else f"{first} {operation} {others[0]}"

    *before, last = (words(*step) for step in steps)
    return "; ".join([*(f"{name} = {text}" for name, text in zip(NAMES[2:], before)), last])


def _derivatives(**nodes):
    return {f"derivative with respect to {name}": node.grad for name, node in nodes.items()}


def _number(scalar, a):
    """Return what a new Scalar holds."""
    a = scalar(a)
    return [a.data, a.grad]


def _differentiate(scalar, steps, a, b):
    """Return what the last step gives, and its derivatives with respect to all Scalars."""
    nodes = {"a": scalar(a), "b": scalar(b)}
    results = [*NAMES[2 : len(steps) + 1], "the result itself"]
    for name, (operation, *operands) in zip(results, steps):
        nodes[name] = OPERATIONS[operation](*(nodes.get(item, item) for item in operands))
    result = nodes[results[-1]]
    result.backward()
    return {"value": result.data, **_derivatives(**nodes)}


def _chain(scalar, a, factors):
    """Differentiate a long chain that doubles back on itself at each step."""
    a = scalar(a)
    result = a
    for _ in range(40):
        result = result * factors[0] + result * factors[1]
    result.backward()
    return _derivatives(a=a)


def _twice(scalar, a, b):
    """Differentiate the same expression twice."""
    a, b = scalar(a), scalar(b)
    result = a * b + a
    result.backward()
    result.backward()
    return _derivatives(a=a, b=b)


def _again(scalar, a, b):
    """Differentiate a result, then a second one that is made from it."""
    a, b = scalar(a), scalar(b)
    c = a * b
    c.backward()
    (c * a).backward()
    return _derivatives(a=a, b=b, c=c)


@probe
def Scalar(call, rng):
    a, b = map(float, rng.uniform(0.3, 0.9, size=2) * (1, -1))
    call.inside("a number", _number, a)
    for case, steps in COMPUTATIONS.items():
        call.inside(case, _differentiate, steps, a, b)
    for _ in range(4):
        steps = _draw_steps(rng)
        call.inside(_in_words(steps), _differentiate, steps, a, b)
    factors = [round(rng.uniform(0.4, 0.55), 2) for _ in range(2)]
    call.inside(f"40 times r = r · {factors[0]} + r · {factors[1]}", _chain, a, factors)
    call.inside("backward() called twice on a · b + a", _twice, a, b)
    case = "a and b of the same value: c = b * 1; d = a + c; e = a * 1; d + e"
    call.inside(case, _differentiate, SAME_VALUE, a, a)
    call.inside("c = a · b; c.backward(); then (c · a).backward()", _again, a, b)
