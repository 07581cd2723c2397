"""Check of `expand`: six columns, their order, and the column of ones at the end."""

import numpy as np

from ..check import new_check

expand = new_check(__name__)


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
        "Samples are rows: the result is (n_samples, 6); yours is transposed.": {"stack": np.stack},
        "You doubled where you should square: x0² is x0 * x0 or x0**2, not 2 * x0.": {
            "square": lambda x: 2 * x
        },
    },
)


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
    return np.concatenate([X, X * X, product, np.ones_like(product)], axis=1).astype(float)
