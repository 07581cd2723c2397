"""Check of `expand`: six columns, their order, the column of ones at the end."""

import numpy as np

from ..check import new_check
from ._facts import is_numeric
from ._rows import OF_A_VECTOR, in_form

NAMES = ("x0", "x1", "x0²", "x1²", "x0·x1", "1")
OTHERS = {  # what else a column may hold, of x0 and x1
    "0": lambda a, b: 0 * a,
    "−1": lambda a, b: 0 * a - 1,
    "2·x0": lambda a, b: 2 * a,
    "2·x1": lambda a, b: 2 * b,
    "2·x0·x1": lambda a, b: 2 * a * b,
    "½·x0·x1": lambda a, b: a * b / 2,
    "x0 + x1": lambda a, b: a + b,
    "x0 − x1": lambda a, b: a - b,
    "x1 − x0": lambda a, b: b - a,
    "(x0 + x1)²": lambda a, b: (a + b) ** 2,
    "(x0·x1)²": lambda a, b: (a * b) ** 2,
    "|x0·x1|": lambda a, b: np.abs(a * b),
    "−x0·x1": lambda a, b: -a * b,
    "x0² + x1²": lambda a, b: a**2 + b**2,
    "x0²·x1": lambda a, b: a**2 * b,
    "x0·x1²": lambda a, b: a * b**2,
    "x0 / x1": lambda a, b: a / b,
    "x0³": lambda a, b: a**3,
    "x1³": lambda a, b: b**3,
    "x0⁴": lambda a, b: a**4,
    "x1⁴": lambda a, b: b**4,
    "|x0|": lambda a, b: np.abs(a),
    "|x1|": lambda a, b: np.abs(b),
    "√|x0|": lambda a, b: np.sqrt(np.abs(a)),
    "√|x1|": lambda a, b: np.sqrt(np.abs(b)),
    "e^x0": lambda a, b: np.exp(a),
    "e^x1": lambda a, b: np.exp(b),
    "2^x0": lambda a, b: 2.0**a,
    "2^x1": lambda a, b: 2.0**b,
    "the sum of all x0·x1 (a dot product)": lambda a, b: 0 * a + a @ b,
    "the mean of x0": lambda a, b: 0 * a + a.mean(),
    "the mean of x1": lambda a, b: 0 * a + b.mean(),
    "the number of rows": lambda a, b: 0 * a + len(a),
}


def _with_columns(evidence):
    """Call the result its columns, so that what each holds can be told."""
    return [
        {**seen, "value": {"columns": value}}
        if isinstance(value := seen["value"], np.ndarray) and is_numeric(value)
        else seen
        for seen in evidence
    ]


def _about_columns(ours, theirs):
    """Say which columns hold something else than they should, where each can be named."""
    if np.shape(ours)[:1] != theirs.shape[:1] or np.ndim(ours) != 2 or len(theirs) < 2:
        return ""
    held = [_name(column, theirs) for column in ours.T]
    if all(held) and (len(held) != len(NAMES) or len(set(held) & set(NAMES)) == len(NAMES)):
        return f"Your columns are {', '.join(held)}; asked for are {', '.join(NAMES)}."
    pairs = [(i, name, own) for i, (name, own) in enumerate(zip(NAMES, held)) if name != own]
    if len(held) != len(NAMES) or not all(own for *_, own in pairs):
        return ""
    wrong = [f"column {i} must be {name}, and yours is {own}" for i, name, own in pairs]
    return f"Counted from 0, {'; '.join(wrong)}."


def _name(column, theirs):
    """Return what a column holds, or ''."""
    for name, right in zip(NAMES, theirs.T):
        if np.allclose(column, right):
            return name
    with np.errstate(all="ignore"):
        a, b = theirs.T[:2]
        return next((name for name, make in OTHERS.items() if np.allclose(column, make(a, b))), "")


expand = new_check(
    __name__,
    properties=_with_columns,
    sentences={"columns": _about_columns},
)


def _expand(X, order=(0, 1, 2, 3, 4, 5), square=np.square, bias=1.0, stack=np.column_stack):
    x0, x1 = X[:, 0], X[:, 1]
    columns = [x0, x1, square(x0), square(x1), x0 * x1, np.full(len(X), bias)]
    return stack([columns[i] for i in order])


expand.add_mistakes(
    _expand,
    {
        "The last column must be all ones (the bias); yours is zero.": {"bias": 0.0},
        "The column of ones is missing: there are six columns, the last is all ones.": {
            "order": (0, 1, 2, 3, 4)
        },
        "The column of ones comes last, not first.": {"order": (5, 0, 1, 2, 3, 4)},
        "The product x0·x1 comes after both squares.": {"order": (0, 1, 4, 2, 3, 5)},
        "The product x0·x1 stands between the two squares; it comes after both.": {
            "order": (0, 1, 2, 4, 3, 5)
        },
        "This is the order of PolynomialFeatures: 1, x0, x1, x0², x0·x1, x1². Here both squares "
        "come first, then the product, and the ones last.": {"order": (5, 0, 1, 2, 4, 3)},
        "Samples are rows: the result is (n_samples, 6); yours is transposed.": {"stack": np.stack},
        "np.hstack and np.concatenate put 1-D arrays one after another, into one long row; "
        "np.column_stack makes columns of them.": {"stack": np.hstack},
        "A reshape doesn't turn rows into columns: it only breaks the same row of numbers anew. "
        "Transpose, or use np.column_stack.": {
            "stack": lambda columns: np.array(columns).reshape(-1, 6)
        },
        "You doubled where you should square: x0² is x0 * x0 or x0**2, not 2 * x0.": {
            "square": lambda x: 2 * x
        },
    },
)


expand.add_mistakes(in_form(_expand), [OF_A_VECTOR[0]])
expand.add_mistakes(
    _expand,
    {
        "You return a list of six columns; one array is asked for: np.column_stack joins them.": {
            "stack": list
        }
    },
)


@expand.mistake("You return one row only; each point has its own.")
def first_point(X):
    return _expand(X)[0]


@expand.mistake("You standardised the points first; the features are those of X as it is.")
def standardised(X):
    with np.errstate(all="ignore"):
        return _expand((X - X.mean(axis=0)) / X.std(axis=0))


@expand.mistake("X[0] and X[1] are the first two rows; the columns are X[:, 0] and X[:, 1].")
def first_rows(X):
    x0, x1 = X[0], X[1]
    return np.column_stack([x0, x1, x0**2, x1**2, x0 * x1, np.ones(len(x0))])


@expand.alternative
def of_the_same_dtype(X):
    return _expand(X).astype(X.dtype)


@expand.alternative
def fill_a_matrix(X):
    result = np.ones((X.shape[0], 6))
    result[:, :2] = X
    result[:, 2:4] = X**2
    result[:, 4] = X[:, 0] * X[:, 1]
    return result


@expand.alternative
def concatenate(X):
    product = X[:, :1] * X[:, 1:]
    return np.concatenate([X, X * X, product, np.ones_like(product)], axis=1)


@expand.mistake(
    "Unpacking an array goes through its rows, which are points here; X[:, 0] and X[:, 1] are the "
    "two columns."
)
def rows_for_columns(X):
    x0, x1 = X
    return np.column_stack([x0, x1, x0**2, x1**2, x0 * x1, np.ones(len(x0))])
