"""Mistakes of `probability`, as rows of switches."""

import numpy as np


def stable(z):
    return np.exp(-np.logaddexp(0, -z))


def _quotient(z):
    return np.exp(z) / (1 + np.exp(z))


def _over_samples(z):
    exponentials = np.exp(z - (z.max() if len(z) else 0))
    return exponentials / exponentials.sum()


def _minus_largest(X, w):
    z = X @ w
    return z - z.max() if len(z) else z


def _by_size(z, positive, negative):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, positive(small), negative(small))


SIGN = "The sign is wrong: σ(z) = 1 / (1 + e^−z), which grows with z."
SOFTMAX = "You used softmax over the samples; each row's probability is its own sigmoid."
BRANCH = (
    "One of your branches is wrong: with s = e^−|z|, the sigmoid is 1 / (1 + s) where z ≥ 0, and "
    "s / (1 + s) where z < 0."
)
OVERFLOW = (
    "e^z / (1 + e^z) is inf / inf = nan at a logit of 1000. Use only e^−|z|, which never "
    "overflows, or `np.logaddexp`."
)
MANY = "One probability for each row: the logits are X @ w, a sum over the features; "

ROWS = [
    (SIGN, {"sigmoid": lambda z: np.exp(-np.logaddexp(0, z))}),
    (
        "The sign is wrong: this is e^−z / (1 + e^−z), which falls with z, and is nan at "
        "−1000. The sigmoid is 1 / (1 + e^−z).",
        {"sigmoid": lambda z: _quotient(-z)},
    ),
    ("You returned the logits X @ w; put them through the sigmoid.", {"sigmoid": np.positive}),
    (
        "You returned minus the logits, −(X @ w); put the logits through the sigmoid.",
        {"sigmoid": np.negative},
    ),
    (OVERFLOW, {"sigmoid": _quotient}),
    (
        "`np.nan_to_num` makes 0 of the nan that an overflow left, but at a logit of +1000 the "
        "probability is 1. Use only e^−|z|, which never overflows, or `np.logaddexp`.",
        {"sigmoid": lambda z: np.nan_to_num(_quotient(z))},
    ),
    (
        "Overflow left a nan, and you put ½ in its place, but at a logit of +1000 the "
        "probability is 1. Use only e^−|z|, or `np.logaddexp`.",
        {"sigmoid": lambda z: np.nan_to_num(_quotient(z), nan=0.5)},
    ),
    (
        "You returned classes; return the probabilities themselves.",
        {"sigmoid": lambda z: (z > 0).astype(float)},
    ),
    (SOFTMAX, {"sigmoid": _over_samples}),
    (SOFTMAX, {"sigmoid": lambda z: np.exp(z) / np.exp(z).sum()}),
    (
        "Subtracting the largest logit belongs to softmax, where it cancels; the sigmoid of "
        "z − max is another number. Use X @ w as it is.",
        {"logits": _minus_largest},
    ),
    (
        "This is the logarithm of the probability: np.exp around it is missing.",
        {"sigmoid": lambda z: -np.logaddexp(0, -z)},
    ),
    (
        "This is minus the logarithm of the probability: take np.exp(−…) of it.",
        {"sigmoid": lambda z: np.logaddexp(0, -z)},
    ),
    (
        "This is ln(1 + e^z), the softplus of the logit: the probability is exp(−ln(1 + e^−z)).",
        {"sigmoid": lambda z: np.logaddexp(0, z)},
    ),
    (
        "This is −ln(1 + e^z), the logarithm of P(y = 0): the probability is exp(−ln(1 + e^−z)).",
        {"sigmoid": lambda z: -np.logaddexp(0, z)},
    ),
    (
        "You returned 1 + e^−z; the probability is one divided by that. Mind the brackets: "
        "1 / (1 + e^−z), not 1 / 1 + e^−z.",
        {"sigmoid": lambda z: 1 + np.exp(-z)},
    ),
    (
        "You returned 1 + e^z; the probability is 1 / (1 + e^−z).",
        {"sigmoid": lambda z: 1 + np.exp(z)},
    ),
    (
        "You returned e^z, or 1 / e^−z, which is the same: the odds. The probability is "
        "1 / (1 + e^−z).",
        {"sigmoid": np.exp},
    ),
    ("You returned e^−z; the sigmoid is 1 / (1 + e^−z).", {"sigmoid": lambda z: np.exp(-z)}),
    (
        "There is a minus in the denominator: the sigmoid is 1 / (1 + e^−z).",
        {"sigmoid": lambda z: 1 / (1 - np.exp(-z))},
    ),
    (
        "Brackets are missing: e^z / 1 + e^z is 2·e^z; the sigmoid is 1 / (1 + e^−z).",
        {"sigmoid": lambda z: 2 * np.exp(z)},
    ),
    (
        "logaddexp(1, …) is ln(e + …): the 1 of 1 + e^−z is e^0, so the first argument, its "
        "logarithm, is 0.",
        {"sigmoid": lambda z: np.exp(-np.logaddexp(1, -z))},
    ),
    (
        "You always return the probability of the likelier class, ½ or more; P(y = 1) may be "
        "below ½. With |z| the sign of the logit is lost, with max(p, 1 − p) the class.",
        {"sigmoid": lambda z: 1 / (1 + np.exp(-np.abs(z)))},
    ),
    (
        "The sign of the logit is lost with |z|: above zero the probability is more than ½.",
        {"sigmoid": lambda z: 1 / (1 + np.exp(np.abs(z)))},
    ),
    (
        BRANCH,
        {"sigmoid": lambda z: _by_size(z, lambda s: 1 / (1 + s), lambda s: s / (1 - s))},
    ),
    (BRANCH, {"sigmoid": lambda z: _by_size(z, lambda s: 1 / (1 + s), lambda s: s)}),
    (
        "tanh runs from −1 to 1; the sigmoid from 0 to 1: it is ½·(1 + tanh(z / 2)).",
        {"sigmoid": np.tanh},
    ),
    (
        "tanh(z / 2) runs from −1 to 1; the sigmoid is ½·(1 + tanh(z / 2)).",
        {"sigmoid": lambda z: np.tanh(z / 2)},
    ),
    (
        "The sigmoid is ½·(1 + tanh(z / 2)): halve the logit inside tanh too.",
        {"sigmoid": lambda z: (1 + np.tanh(z)) / 2},
    ),
    (
        "The ½ outside is missing: the sigmoid is ½·(1 + tanh(z / 2)).",
        {"sigmoid": lambda z: 1 + np.tanh(z / 2)},
    ),
    (
        "You took powers of 2; the sigmoid takes those of e: np.exp.",
        {"sigmoid": lambda z: 1 / (1 + 2.0**-z)},
    ),
    (
        "You cut the logits off at 0 and 1; the sigmoid bends them: 1 / (1 + e^−z).",
        {"sigmoid": lambda z: np.clip(z, 0, 1)},
    ),
    (
        "This is the slope of the sigmoid, p·(1 − p); return p itself.",
        {"finish": lambda p: p * (1 - p)},
    ),
    ("You took the sigmoid twice.", {"finish": stable}),
    (
        "You returned the probabilities of both classes; only that of class 1 is asked for.",
        {"finish": lambda p: np.column_stack([1 - p, p])},
    ),
    *[
        (
            "You rounded the probabilities; return them as they are.",
            {"finish": lambda p, digits=digits: np.round(p, digits)},
        )
        for digits in (1, 2, 3, 4)
    ],
    ("You averaged the probabilities; each row has its own.", {"finish": np.mean}),
    ("You summed the probabilities; each row has its own.", {"finish": np.sum}),
    (
        "You made a column of shape (n_samples, 1); one axis, (n_samples,), is asked for. "
        "X @ w with a w of one axis gives that.",
        {"finish": lambda p: p[:, None]},
    ),
    (
        "You made a single row of shape (1, n_samples); one axis, (n_samples,), is asked for.",
        {"finish": lambda p: p[None]},
    ),
    (
        MANY + "you summed over the rows (axis=0).",
        {"logits": lambda X, w: np.sum(X * w, axis=0)},
    ),
    (MANY + "X * w has that sum still before it.", {"logits": lambda X, w: X * w}),
    (
        MANY + "you summed over everything.",
        {"logits": lambda X, w: np.sum(X * w)},
    ),
    (MANY + "you averaged over them.", {"logits": lambda X, w: np.mean(X * w, axis=1)}),
]
