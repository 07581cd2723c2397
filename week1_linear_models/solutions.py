"""Reference solutions of week 1. Stuck? Open the hints in the notebook first."""

import numpy as np


def expand(X):
    """Return the points with quadratic features: columns x0, x1, x0², x1², x0·x1, 1.

    X: (n_samples, 2) numbers. Returns (n_samples, 6) numbers.
    """
    x0, x1 = X[:, 0], X[:, 1]
    return np.column_stack([x0, x1, x0**2, x1**2, x0 * x1, np.ones(len(X))])


def probability(X, w):
    """Return P(y = 1 | x) for each row: the sigmoid of X @ w, also where |X @ w| is 1000.

    X: (n_samples, n_features) float; w: (n_features,) numbers. Returns (n_samples,) in [0, 1].
    """
    return np.exp(-np.logaddexp(0, -(X @ w)))


def compute_loss(X, y, w):
    """Return the mean cross-entropy of the labels under `probability(X, w)`, in nats.

    X: (n_samples, n_features) float, at least one row; y: (n_samples,) of 0 and 1;
    w: (n_features,) numbers. Returns a float; finite even where |X @ w| is 1000.
    """
    _need_rows(X, "compute_loss")
    logits = X @ w
    return np.mean(np.logaddexp(0, logits) - y * logits)


def compute_grad(X, y, w):
    """Return the gradient of `compute_loss` with respect to w.

    X: (n_samples, n_features) float, at least one row; y: (n_samples,) of 0 and 1;
    w: (n_features,) numbers. Returns (n_features,) float.
    """
    _need_rows(X, "compute_grad")
    return X.T @ (probability(X, w) - y) / len(X)


def sgd_step(w, grad, eta):
    """Take one step of gradient descent: w − η·g.

    w, grad: (n_features,) numbers; eta: float, the learning rate.
    Returns the new w, (n_features,) float; the input stays as it was.
    """
    return w - eta * grad


def sgd(X, y, w, gradient, step, batch_size, epochs, rng):
    """Train on mini-batches; return the weights after each step.

    Each epoch shuffles the rows anew with rng, and goes through all of them in batches of
    batch_size rows; the last batch holds what is left. Each batch makes one step.

    X: (n_samples, n_features); y: (n_samples,); w: (n_features,) float, where to start;
    gradient: function (X, y, w) -> (n_features,); step: function (w, grad) -> the new w;
    batch_size, epochs: int, from 1; rng: numpy.random.Generator.
    Returns a list of (n_features,) arrays, one for each step of all epochs.
    """
    path = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            w = step(w, gradient(X[rows], y[rows], w))
            path.append(w)
    return path


def tuned_sgd():
    """Return (eta, batch_size), two numbers with which `score` is at most 0.25.

    eta: float, the learning rate; batch_size: int, rows in a mini-batch, 1 to 600.
    """
    return 1.5, 16


def momentum_step(w, nu, grad, eta, alpha):
    """Take one step with momentum: update the velocity, then move the weights against it.

    w, nu, grad: (n_features,) numbers, nu the velocity; eta: float, the learning rate, which
    goes into the velocity; alpha: float in [0, 1), the share of the velocity that stays.
    Returns (w, nu), both new.
    """
    nu = alpha * nu + eta * grad
    return w - nu, nu


def rmsprop_step(w, G, grad, eta, alpha, eps):
    """Take one step of RMSprop: G ← α·G + (1 − α)·g², then w ← w − η·g / √(G + ε).

    w, G, grad: (n_features,) numbers, G zero at the start; eta: float, the learning rate;
    alpha: float in [0, 1); eps: float, inside the root. Returns (w, G), both new.
    """
    G = alpha * G + (1 - alpha) * grad**2
    return w - eta * grad / np.sqrt(G + eps), G


def adam_step(w, m, v, grad, t, eta, beta1, beta2, eps):
    """Take one step of Adam, with the bias of the two averages corrected.

    w, m, v, grad: (n_features,) numbers, m the average of gradients, v that of their squares,
    both zero at the start; t: int, the step, from 1; eta: float, the learning rate; beta1 and
    beta2: floats, the shares of m and v that stay; eps: float, added to the corrected root.
    Returns (w, m, v), all new, m and v uncorrected. Kingma and Ba (2015).
    """
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - eta * m_hat / (np.sqrt(v_hat) + eps), m, v


def learning_rate_schedule(step, total_steps, peak, warmup):
    """Return the learning rate at a step: linear from 0 to the peak, then half a cosine to 0.

    step: int, 0 to total_steps; total_steps: int; peak: float, reached when the share `warmup`
    of the steps is over, which may be within a step; warmup: float in [0, 1), 0 for none.
    Returns a float.
    """
    warmup_steps = warmup * total_steps
    if step < warmup_steps:
        return peak * step / warmup_steps
    share_done = (step - warmup_steps) / (total_steps - warmup_steps)
    return peak * 0.5 * (1 + np.cos(np.pi * share_done))


def mse_loss(X, y, w):
    """Return the mean squared error of the predictions X @ w: the plain mean, no ½.

    X: (n_samples, n_features) float, at least one row; y: (n_samples,) numbers;
    w: (n_features,) numbers. Returns a float.
    """
    _need_rows(X, "mse_loss")
    return np.mean((X @ w - y) ** 2)


def mse_grad(X, y, w):
    """Return the gradient of `mse_loss` with respect to w.

    X: (n_samples, n_features) float, at least one row; y: (n_samples,) numbers;
    w: (n_features,) numbers. Returns (n_features,) float.
    """
    _need_rows(X, "mse_grad")
    return 2 * X.T @ (X @ w - y) / len(X)


def closed_form(X, y, l2):
    """Return the w that minimises mean squared error + l2·‖w‖², all weights penalised.

    X: (n_samples, n_features) float, at least one row; y: (n_samples,) numbers; l2: float ≥ 0
    (with 0 the columns of X must be linearly independent). Returns (n_features,) float.
    """
    _need_rows(X, "closed_form")
    penalty = l2 * len(X) * np.eye(X.shape[1])
    return np.linalg.solve(X.T @ X + penalty, X.T @ y)


def huber_loss(residuals, delta):
    """Return the mean Huber loss: ½·r² where |r| ≤ δ, else δ·(|r| − ½·δ). Huber (1964).

    residuals: (n_samples,) numbers, at least one; delta: float > 0. Returns a float.
    """
    _need_rows(residuals, "huber_loss")
    size = np.abs(residuals)
    return np.mean(np.where(size <= delta, 0.5 * size**2, delta * (size - 0.5 * delta)))


def l2_step(w, grad, eta, l2):
    """Take one step of gradient descent on the loss plus the penalty l2·‖w‖².

    w, grad: (n_features,) numbers, grad the gradient of the loss alone; eta: float, the
    learning rate; l2: float ≥ 0.
    Returns the new w, (n_features,) float; the input stays as it was.
    """
    return w - eta * (grad + 2 * l2 * w)


def soft_threshold(w, threshold):
    """Move every weight towards zero by `threshold`; one that would cross zero becomes zero.

    w: (n_features,) numbers; threshold: float ≥ 0. Returns (n_features,) float.
    """
    return np.sign(w) * np.maximum(np.abs(w) - threshold, 0.0)


def kfold_indices(n_samples, n_folds, rng):
    """Split shuffled rows into folds; each fold is the validation part once.

    n_samples: int; n_folds: int, 2 to n_samples; rng: numpy.random.Generator.
    Returns a list of n_folds pairs (train, valid) of int arrays: every row is in exactly one
    valid part, train is all other rows, and the valid parts differ by at most one row in size.
    """
    if not 2 <= n_folds <= n_samples:
        raise ValueError(f"n_folds must be 2 to n_samples ({n_samples}); it is {n_folds}.")
    parts = np.array_split(rng.permutation(n_samples), n_folds)
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(n_folds)]


def _need_rows(X, name):
    if len(X) == 0:
        raise ValueError(f"{name} needs at least one row; it got none.")
