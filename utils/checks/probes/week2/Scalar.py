"""On which inputs `Scalar` is tried."""

from ..recorder import probe

# Expressions of two Scalars: the case in words, and the function.
EXPRESSIONS = {
    "a + b": lambda a, b: a + b,
    "a + a": lambda a, b: a + a,
    "a + 3": lambda a, b: a + 3,
    "3 + a": lambda a, b: 3 + a,
    "a * b": lambda a, b: a * b,
    "a * a": lambda a, b: a * a,
    "2 * a + b * 0.5": lambda a, b: 2 * a + b * 0.5,
    "a ** 3": lambda a, b: a**3,
    "a ** -1": lambda a, b: a**-1,
    "b ** 2, where b is negative": lambda a, b: b**2,
    "b.tanh(), where b is negative": lambda a, b: b.tanh(),
    "a.tanh()": lambda a, b: a.tanh(),
    "(a * b + a).tanh() * b": lambda a, b: (a * b + a).tanh() * b,
}


def _derivatives(**nodes):
    return {f"derivative with respect to {name}": node.grad for name, node in nodes.items()}


def _gradients(scalar, expression, a, b):
    """Return the value of an expression and its derivatives with respect to a and b."""
    a, b = scalar(a), scalar(b)
    result = expression(a, b)
    result.backward()
    return {"value": result.data, **_derivatives(a=a, b=b)}


def _shared(scalar, a):
    """Differentiate c · tanh(c) + c · d, where c and d share a: the order of visits matters."""
    a = scalar(a)
    c = a * a
    d = c + a
    result = c * c.tanh() + c * d
    result.backward()
    return _derivatives(a=a, c=c, d=d, **{"the result itself": result})


def _chain(scalar, a):
    """Differentiate a long chain that doubles back on itself at each step."""
    a = scalar(a)
    result = a
    for _ in range(40):
        result = result * 0.5 + result * 0.4
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
    a, b = rng.uniform(0.3, 0.9, size=2) * (1, -1)
    call("a number", a, then=lambda scalar: [scalar.data, scalar.grad])
    for case, expression in EXPRESSIONS.items():
        call.observe(case, _gradients, call.function, expression, a, b)
    call.observe("c = a · a; d = c + a; c · tanh(c) + c · d", _shared, call.function, a)
    call.observe("40 times r = r · 0.5 + r · 0.4", _chain, call.function, a)
    call.observe("backward() called twice on a · b + a", _twice, call.function, a, b)
    case = "a and b of the same value: a + b · 1 + a · 1"
    call.observe(case, _gradients, call.function, lambda a, b: a + b * 1 + a * 1, a, a)
    call.observe("c = a · b; c.backward(); then (c · a).backward()", _again, call.function, a, b)
