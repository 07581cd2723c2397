"""Check of `expand`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check

expand = new_check(__name__)


@expand.mistake("The last column must be all ones (the bias); yours is zero.")
def bias_of_zeros(X):
    x0, x1 = X[:, 0], X[:, 1]
    return np.column_stack([x0, x1, x0**2, x1**2, x0 * x1, np.zeros(len(X))])


@expand.mistake("The column of ones is missing: there are six columns, the last is all ones.")
def no_bias(X):
    x0, x1 = X[:, 0], X[:, 1]
    return np.column_stack([x0, x1, x0**2, x1**2, x0 * x1])


@expand.mistake("The column of ones comes last, not first.")
def bias_first(X):
    x0, x1 = X[:, 0], X[:, 1]
    return np.column_stack([np.ones(len(X)), x0, x1, x0**2, x1**2, x0 * x1])


@expand.mistake("The product x0·x1 comes after both squares.")
def product_before_squares(X):
    x0, x1 = X[:, 0], X[:, 1]
    return np.column_stack([x0, x1, x0 * x1, x0**2, x1**2, np.ones(len(X))])


@expand.mistake("Samples are rows: the result is (n_samples, 6); yours is transposed.")
def transposed(X):
    x0, x1 = X[:, 0], X[:, 1]
    return np.stack([x0, x1, x0**2, x1**2, x0 * x1, np.ones(len(X))])


@expand.mistake("You doubled where you should square: x0² is x0 * x0 or x0**2, not 2 * x0.")
def doubled(X):
    x0, x1 = X[:, 0], X[:, 1]
    return np.column_stack([x0, x1, 2 * x0, 2 * x1, x0 * x1, np.ones(len(X))])


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
