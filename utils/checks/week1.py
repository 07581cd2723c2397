"""Checks of week 1: for every exercise its points, the mistakes people make, and sound variants."""

import numpy as np

from .core import catalogue
from .probes import week1 as probes

check = catalogue(1, probes)

# --- expand

expand = check("expand")


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


# --- probability

probability = check("probability")


@probability.mistake("The sign is wrong: σ(z) = 1 / (1 + e^−z), which grows with z.")
def sign_flipped(X, w):
    return np.exp(-np.logaddexp(0, X @ w))


@probability.mistake("You returned the logits X @ w; put them through the sigmoid.")
def logits_only(X, w):
    return X @ w


@probability.mistake(
    "e^z / (1 + e^z) is inf / inf = nan at a logit of 1000. Let only e^−|z| appear, which never "
    "overflows, or use `np.logaddexp`."
)
def overflows(X, w):
    exponential = np.exp(X @ w)
    return exponential / (1 + exponential)


@probability.mistake("You returned classes; the probabilities themselves are asked for.")
def classes(X, w):
    return (X @ w > 0).astype(float)


@probability.mistake(
    "You used softmax over the samples; each row's probability is its own sigmoid."
)
def softmax_over_samples(X, w):
    logits = X @ w
    exponentials = np.exp(logits - (logits.max() if len(logits) else 0))
    return exponentials / exponentials.sum()


@probability.alternative
def plain_sigmoid(X, w):
    return 1 / (1 + np.exp(-np.dot(X, w)))


@probability.alternative
def by_tanh(X, w):
    return (np.tanh((X * w).sum(axis=1) / 2) + 1) / 2


@probability.alternative
def two_branches(X, w):
    logits = X @ w
    small = np.exp(-np.abs(logits))
    return np.where(logits >= 0, 1, small) / (1 + small)


# --- compute_loss

compute_loss = check("compute_loss")


@compute_loss.mistake("You summed over the batch; the loss is a mean.")
def loss_summed(X, y, w):
    return np.sum(np.logaddexp(0, X @ w) - y * (X @ w))


@compute_loss.mistake(
    "The sign is wrong: the loss is minus the mean log-likelihood, and never negative."
)
def loss_negative(X, y, w):
    return -np.mean(np.logaddexp(0, X @ w) - y * (X @ w))


@compute_loss.mistake("The term of class 0 is missing: a sample of class 0 costs −log(1 − p).")
def only_class_one(X, y, w):
    return np.mean(y * np.logaddexp(0, -(X @ w)))


@compute_loss.mistake(
    "log(0) is −inf, and 0 · −inf is nan, where p is exactly 0 or 1. Write the loss "
    "with the logits: log(1 + e^z) − y·z, and `np.logaddexp(0, z)` for the log."
)
def log_of_zero(X, y, w):
    p = np.exp(-np.logaddexp(0, -(X @ w)))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@compute_loss.mistake("e^1000 overflows: log(1 + e^z) is `np.logaddexp(0, z)`.")
def exp_overflows(X, y, w):
    return np.mean(np.log(1 + np.exp(X @ w)) - y * (X @ w))


CLIPPED = (
    "You kept the logarithm away from zero by a small number, so a confident wrong answer costs "
    "too little: at a logit of 1000 the loss of one sample is 1000. Use the logits."
)


def _cross_entropy(y, p, q):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(q))


def _clip(small):
    def clipped(X, y, w):
        p = np.clip(np.exp(-np.logaddexp(0, -(X @ w))), small, 1 - small)
        return _cross_entropy(y, p, 1 - p)

    return compute_loss.mistake(CLIPPED)(clipped)


def _add(small):
    def small_number_added(X, y, w):
        p = np.exp(-np.logaddexp(0, -(X @ w)))
        return _cross_entropy(y, p + small, 1 - p + small)

    return compute_loss.mistake(CLIPPED)(small_number_added)


for exponent in (5, 6, 7, 8, 9, 10, 12, 15, 16):
    _clip(10.0**-exponent)
    _add(10.0**-exponent)


@compute_loss.mistake("This is the squared error; cross-entropy is −y·log p − (1 − y)·log(1 − p).")
def squared_error(X, y, w):
    return np.mean((np.exp(-np.logaddexp(0, -(X @ w))) - y) ** 2)


@compute_loss.mistake("You used log2: the loss in nats takes the natural logarithm, `np.log`.")
def in_bits(X, y, w):
    return np.mean(np.logaddexp(0, X @ w) - y * (X @ w)) / np.log(2)


@compute_loss.alternative
def by_margins(X, y, w):
    return float(np.logaddexp(0, (1 - 2 * y) * X.dot(w)).mean())


@compute_loss.alternative
def by_log1p(X, y, w):
    z = X @ w
    return (np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))).sum() / X.shape[0]


# --- compute_grad

compute_grad = check("compute_grad")


def _sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


@compute_grad.mistake("You summed over the batch; the loss is a mean, so its gradient is one too.")
def grad_summed(X, y, w):
    return X.T @ (_sigmoid(X @ w) - y)


@compute_grad.mistake("The sign is wrong: the gradient holds p − y, not y − p.")
def grad_sign(X, y, w):
    return X.T @ (y - _sigmoid(X @ w)) / len(X)


@compute_grad.mistake("You used the logits X @ w where the probabilities belong.")
def grad_of_logits(X, y, w):
    return X.T @ (X @ w - y) / len(X)


@compute_grad.mistake(
    "The factor p·(1 − p) belongs to the squared error; with cross-entropy it cancels."
)
def extra_factor(X, y, w):
    p = _sigmoid(X @ w)
    return X.T @ ((p - y) * p * (1 - p)) / len(X)


@compute_grad.mistake("There is a 2 too many: it belongs to the squared error.")
def grad_doubled(X, y, w):
    return 2 * X.T @ (_sigmoid(X @ w) - y) / len(X)


@compute_grad.mistake("You averaged over the features too: the gradient has one number a weight.")
def grad_mean_of_all(X, y, w):
    return np.mean(X * (_sigmoid(X @ w) - y)[:, None])


@compute_grad.alternative
def by_columns(X, y, w):
    return np.mean((_sigmoid(X @ w) - y)[:, np.newaxis] * X, axis=0)


@compute_grad.alternative
def by_loop(X, y, w):
    grad = np.zeros(X.shape[1])
    for row, label in zip(X, y):
        grad += (_sigmoid(row @ w) - label) * row
    return grad / len(X)


@compute_grad.alternative
def by_einsum(X, y, w):
    return np.einsum("nf,n->f", X, _sigmoid(X @ w) - y) / X.shape[0]


# --- sgd_step

sgd_step = check("sgd_step")


@sgd_step.mistake("You went uphill: subtract the gradient.")
def uphill(w, grad, eta):
    return w + eta * grad


@sgd_step.mistake("The learning rate is missing: scale the gradient by eta.")
def no_rate(w, grad, eta):
    return w - grad


@sgd_step.mistake("You returned the step alone; the new weights are asked for.")
def step_only(w, grad, eta):
    return -eta * grad


@sgd_step.mistake(
    "You changed the caller's w in place (and `-=` fails on integers); make a new "
    "array: w - eta * grad."
)
def in_place(w, grad, eta):
    w -= eta * grad
    return w


@sgd_step.mistake("You used only the gradient's direction; multiply by the gradient itself.")
def unit_length(w, grad, eta):
    return w - eta * grad / np.linalg.norm(grad)


@sgd_step.alternative
def on_a_copy(w, grad, eta):
    new = w.astype(float)
    new -= grad * eta
    return new


@sgd_step.alternative
def by_subtract(w, grad, eta):
    return np.subtract(w, np.multiply(eta, grad))


# --- momentum_step

momentum_step = check("momentum_step")


@momentum_step.mistake("The learning rate is missing from ν: ν ← α·ν + η·g.")
def nu_without_rate(w, nu, grad, eta, alpha):
    nu = alpha * nu + grad
    return w - nu, nu


@momentum_step.mistake("η was applied twice: ν already holds it, so w ← w − ν.")
def rate_twice(w, nu, grad, eta, alpha):
    nu = alpha * nu + eta * grad
    return w - eta * nu, nu


@momentum_step.mistake("w moved by the old ν; update ν first, then use it.")
def old_nu(w, nu, grad, eta, alpha):
    return w - nu, alpha * nu + eta * grad


@momentum_step.mistake(
    "This is a moving average, with (1 − α) on the gradient; here ν ← α·ν + η·g."
)
def averaged(w, nu, grad, eta, alpha):
    nu = alpha * nu + (1 - alpha) * eta * grad
    return w - nu, nu


@momentum_step.mistake("The order of the result is (w, ν); yours is (ν, w).")
def nu_first(w, nu, grad, eta, alpha):
    nu = alpha * nu + eta * grad
    return nu, w - nu


@momentum_step.mistake("You went uphill: subtract ν.")
def momentum_uphill(w, nu, grad, eta, alpha):
    nu = alpha * nu + eta * grad
    return w + nu, nu


@momentum_step.mistake("The sign of ν is the other way round here: ν ← α·ν + η·g, and w ← w − ν.")
def nu_negative(w, nu, grad, eta, alpha):
    nu = alpha * nu - eta * grad
    return w + nu, nu


@momentum_step.mistake(
    "You averaged the gradients and applied η afterwards; here η goes into ν: ν ← α·ν + η·g."
)
def average_then_rate(w, nu, grad, eta, alpha):
    nu = alpha * nu + (1 - alpha) * grad
    return w - eta * nu, nu


@momentum_step.mistake("ν is forgotten: return the pair (w, ν), or the next step has no memory.")
def only_w(w, nu, grad, eta, alpha):
    return w - (alpha * nu + eta * grad)


@momentum_step.alternative
def in_two_lines(w, nu, grad, eta, alpha):
    velocity = np.add(alpha * nu, eta * grad)
    return [np.subtract(w, velocity), velocity]


@momentum_step.alternative
def negative_velocity(w, nu, grad, eta, alpha):
    velocity = -alpha * nu - eta * grad
    return w + velocity, -velocity


# --- rmsprop_step

rmsprop_step = check("rmsprop_step")


@rmsprop_step.mistake("ε belongs inside the root: √(G + ε).")
def eps_outside(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * grad**2
    return w - eta * grad / (np.sqrt(G) + eps), G


@rmsprop_step.mistake("The factor (1 − α) is missing before g².")
def no_one_minus_alpha(w, G, grad, eta, alpha, eps):
    G = alpha * G + grad**2
    return w - eta * grad / np.sqrt(G + eps), G


@rmsprop_step.mistake("G must average the squares of the gradient; you averaged the gradient.")
def not_squared(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * grad
    return w - eta * grad / np.sqrt(np.abs(G) + eps), G


@rmsprop_step.mistake("The root is missing: divide by √(G + ε), not by G + ε.")
def no_root(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * grad**2
    return w - eta * grad / (G + eps), G


@rmsprop_step.mistake("w was scaled by the old G; update G first, then use it.")
def old_G(w, G, grad, eta, alpha, eps):
    return w - eta * grad / np.sqrt(G + eps), alpha * G + (1 - alpha) * grad**2


@rmsprop_step.mistake("α and 1 − α are swapped: the old G keeps the share α.")
def alpha_swapped(w, G, grad, eta, alpha, eps):
    G = (1 - alpha) * G + alpha * grad**2
    return w - eta * grad / np.sqrt(G + eps), G


@rmsprop_step.mistake(
    "G is one number for each weight; you used the squared length of the whole gradient."
)
def one_G_for_all(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * np.sum(grad**2)
    return w - eta * grad / np.sqrt(G + eps), G


@rmsprop_step.alternative
def by_difference(w, G, grad, eta, alpha, eps):
    G = G + (1 - alpha) * (np.square(grad) - G)
    return w - eta * (G + eps) ** -0.5 * grad, G


@rmsprop_step.alternative
def named_parts(w, G, grad, eta, alpha, eps):
    new_G = np.multiply(alpha, G) + np.multiply(1 - alpha, grad * grad)
    scale = eta / np.sqrt(eps + new_G)
    return (w - scale * grad, new_G)


# --- adam_step

adam_step = check("adam_step", points=2)


def _adam(w, m, v, grad, t, eta, beta1, beta2, eps, correct=True, root=True, inside=False):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t) if correct else m
    v_hat = v / (1 - beta2**t) if correct else v
    if not root:
        return w - eta * m_hat / (v_hat + eps), m, v
    bottom = np.sqrt(v_hat + eps) if inside else np.sqrt(v_hat) + eps
    return w - eta * m_hat / bottom, m, v


@adam_step.mistake("The correction of the bias is missing: divide m by 1 − β₁ᵗ and v by 1 − β₂ᵗ.")
def no_correction(w, m, v, grad, t, eta, beta1, beta2, eps):
    return _adam(w, m, v, grad, t, eta, beta1, beta2, eps, correct=False)


@adam_step.mistake("ε belongs outside the root here: √v̂ + ε.")
def adam_eps_inside(w, m, v, grad, t, eta, beta1, beta2, eps):
    return _adam(w, m, v, grad, t, eta, beta1, beta2, eps, inside=True)


@adam_step.mistake("The root is missing: divide by √v̂ + ε.")
def adam_no_root(w, m, v, grad, t, eta, beta1, beta2, eps):
    return _adam(w, m, v, grad, t, eta, beta1, beta2, eps, root=False)


@adam_step.mistake("You returned the corrected averages; the next step needs the plain m and v.")
def returns_corrected(w, m, v, grad, t, eta, beta1, beta2, eps):
    w, m, v = _adam(w, m, v, grad, t, eta, beta1, beta2, eps)
    return w, m / (1 - beta1**t), v / (1 - beta2**t)


@adam_step.mistake("t counts from 1, so the exponent is t itself, not t + 1.")
def t_plus_one(w, m, v, grad, t, eta, beta1, beta2, eps):
    return _adam(w, m, v, grad, t + 1, eta, beta1, beta2, eps)


@adam_step.mistake("The power is missing: divide by 1 − βᵗ, not by 1 − β.")
def no_power(w, m, v, grad, t, eta, beta1, beta2, eps):
    new_w, m, v = _adam(w, m, v, grad, t, eta, beta1, beta2, eps)
    return w - eta * (m / (1 - beta1)) / (np.sqrt(v / (1 - beta2)) + eps), m, v


@adam_step.mistake("β₁ and β₂ are swapped: β₁ goes with m, β₂ with v.")
def betas_swapped(w, m, v, grad, t, eta, beta1, beta2, eps):
    return _adam(w, m, v, grad, t, eta, beta2, beta1, eps)


@adam_step.mistake("v must average the squares of the gradient; you averaged its size.")
def adam_not_squared(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * np.abs(grad)
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - eta * m_hat / (np.sqrt(v_hat) + eps), m, v


@adam_step.alternative
def adam_by_difference(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = m + (1 - beta1) * (grad - m)
    v = v + (1 - beta2) * (grad * grad - v)
    step = (m / (1 - beta1**t)) / ((v / (1 - beta2**t)) ** 0.5 + eps)
    return np.subtract(w, eta * step), m, v


@adam_step.alternative
def adam_one_rate(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * np.power(grad, 2)
    root = np.sqrt(1 - beta2**t)
    rate = eta * root / (1 - beta1**t)
    return w - rate * m / (np.sqrt(v) + eps * root), m, v


# --- learning_rate_schedule

learning_rate_schedule = check("learning_rate_schedule")


@learning_rate_schedule.mistake(
    "The warm-up is missing: the rate starts at 0 and grows to the peak "
    "over the share `warmup` of the steps."
)
def no_warmup(step, total_steps, peak, warmup):
    return peak * 0.5 * (1 + np.cos(np.pi * step / total_steps))


@learning_rate_schedule.mistake(
    "The cosine starts where the warm-up ends, so count its steps from "
    "there: (step − warm-up) / (total − warm-up)."
)
def cosine_from_zero(step, total_steps, peak, warmup):
    if step < warmup * total_steps:
        return peak * step / (warmup * total_steps)
    return peak * 0.5 * (1 + np.cos(np.pi * step / total_steps))


@learning_rate_schedule.mistake(
    "After the peak the rate falls along a cosine, not a straight line."
)
def linear_decay(step, total_steps, peak, warmup):
    start = warmup * total_steps
    if step < start:
        return peak * step / start
    return peak * (1 - (step - start) / (total_steps - start))


@learning_rate_schedule.mistake(
    "`warmup` is a share of all steps (0.2 is a fifth), not a number of steps."
)
def warmup_as_steps(step, total_steps, peak, warmup):
    if step < warmup:
        return peak * step / warmup
    return peak * 0.5 * (1 + np.cos(np.pi * (step - warmup) / (total_steps - warmup)))


@learning_rate_schedule.mistake("cos runs from 1 to −1; ½·(1 + cos) runs from 1 to 0.")
def bare_cosine(step, total_steps, peak, warmup):
    start = warmup * total_steps
    if step < start:
        return peak * step / start
    return peak * np.cos(np.pi * (step - start) / (total_steps - start))


@learning_rate_schedule.mistake(
    "With a warm-up of 0 you divide by zero: test the step before you divide."
)
def divides_by_zero(step, total_steps, peak, warmup):
    start = warmup * total_steps
    rising = step / start
    falling = 0.5 * (1 + np.cos(np.pi * (step - start) / (total_steps - start)))
    return peak * (rising if step < start else falling)


@learning_rate_schedule.alternative
def by_cos_squared(step, total_steps, peak, warmup):
    start = total_steps * warmup
    if warmup > 0 and step <= start:
        return peak * (step / start)
    return float(peak * np.cos(0.5 * np.pi * (step - start) / (total_steps - start)) ** 2)


@learning_rate_schedule.alternative
def by_shares(step, total_steps, peak, warmup):
    done = step / total_steps
    if done < warmup:
        return peak * done / warmup
    return peak * (1 + np.cos(np.pi * (done - warmup) / (1 - warmup))) / 2


# --- mse_loss

mse_loss = check("mse_loss")


@mse_loss.mistake("You summed over the samples; the loss is a mean.")
def mse_summed(X, y, w):
    return np.sum((X @ w - y) ** 2)


@mse_loss.mistake("There is a ½ too many: this is the plain mean.")
def mse_halved(X, y, w):
    return 0.5 * np.mean((X @ w - y) ** 2)


@mse_loss.mistake("This is the root of it (RMSE): leave out the root.")
def rmse(X, y, w):
    return np.sqrt(np.mean((X @ w - y) ** 2))


@mse_loss.mistake("This is the mean absolute error: square the residuals.")
def mae(X, y, w):
    return np.mean(np.abs(X @ w - y))


@mse_loss.mistake("You squared the mean of the residuals; take the mean of their squares.")
def square_of_mean(X, y, w):
    return np.mean(X @ w - y) ** 2


@mse_loss.alternative
def by_dot(X, y, w):
    residuals = y - X.dot(w)
    return residuals @ residuals / len(y)


@mse_loss.alternative
def by_average(X, y, w):
    return float(np.average(np.square((X * w).sum(axis=1) - y)))


# --- mse_grad

mse_grad = check("mse_grad")


@mse_grad.mistake("The 2 is missing: the derivative of r² is 2·r.")
def no_two(X, y, w):
    return X.T @ (X @ w - y) / len(X)


@mse_grad.mistake("You summed over the samples; the loss is a mean, so its gradient is one too.")
def mse_grad_summed(X, y, w):
    return 2 * X.T @ (X @ w - y)


@mse_grad.mistake("The sign is wrong: the residual is X @ w − y.")
def mse_grad_sign(X, y, w):
    return 2 * X.T @ (y - X @ w) / len(X)


@mse_grad.mistake("You divided by the number of features; the mean is over the samples.")
def by_features(X, y, w):
    return 2 * X.T @ (X @ w - y) / X.shape[1]


@mse_grad.alternative
def mse_grad_by_rows(X, y, w):
    return np.mean(2 * (X @ w - y)[:, None] * X, axis=0)


@mse_grad.alternative
def mse_grad_expanded(X, y, w):
    return (2 / len(y)) * (X.T @ X @ w - X.T @ y)


# --- closed_form

closed_form = check("closed_form")


@closed_form.mistake("l2 meets a mean here, so in Xᵀ·X it counts n times: Xᵀ·X + n·l2·I.")
def l2_not_scaled(X, y, l2):
    return np.linalg.solve(X.T @ X + l2 * np.eye(X.shape[1]), X.T @ y)


@closed_form.mistake("The penalty is missing: l2 never enters your answer.")
def no_penalty(X, y, l2):
    return np.linalg.lstsq(X, y, rcond=None)[0]


@closed_form.mistake("All weights are penalised here, the last one too.")
def last_weight_free(X, y, l2):
    penalty = l2 * len(X) * np.eye(X.shape[1])
    penalty[-1, -1] = 0
    return np.linalg.solve(X.T @ X + penalty, X.T @ y)


@closed_form.mistake(
    "You added l2 to every entry of Xᵀ·X; it belongs on the diagonal: l2 * np.eye(…)."
)
def no_identity(X, y, l2):
    return np.linalg.solve(X.T @ X + l2 * len(X), X.T @ y)


@closed_form.mistake("The sign of the penalty is wrong: it is added to Xᵀ·X.")
def penalty_subtracted(X, y, l2):
    return np.linalg.solve(X.T @ X - l2 * len(X) * np.eye(X.shape[1]), X.T @ y)


@closed_form.alternative
def by_inverse(X, y, l2):
    n, d = X.shape
    return np.linalg.inv(X.T @ X / n + l2 * np.identity(d)) @ (X.T @ y / n)


@closed_form.alternative
def by_stacked_rows(X, y, l2):
    n, d = X.shape
    tall = np.vstack([X, np.sqrt(n * l2) * np.eye(d)])
    return np.linalg.lstsq(tall, np.concatenate([y, np.zeros(d)]), rcond=None)[0]


# --- huber_loss

huber_loss = check("huber_loss")


@huber_loss.mistake("The ½ is missing: inside it is ½·r².")
def huber_no_half(residuals, delta):
    size = np.abs(residuals)
    return np.mean(np.where(size <= delta, size**2, delta * (size - 0.5 * delta)))


@huber_loss.mistake(
    "The two pieces don't meet: outside it is δ·(|r| − ½·δ), so that both give ½·δ² at |r| = δ."
)
def huber_jumps(residuals, delta):
    size = np.abs(residuals)
    return np.mean(np.where(size <= delta, 0.5 * size**2, delta * size))


@huber_loss.mistake(
    "You compared r itself with δ; a large negative residual is large too: use |r|."
)
def huber_signed(residuals, delta):
    return np.mean(
        np.where(residuals <= delta, 0.5 * residuals**2, delta * (np.abs(residuals) - 0.5 * delta))
    )


@huber_loss.mistake("You summed; the loss is a mean.")
def huber_summed(residuals, delta):
    size = np.abs(residuals)
    return np.sum(np.where(size <= delta, 0.5 * size**2, delta * (size - 0.5 * delta)))


@huber_loss.mistake("The two pieces are swapped: small residuals are squared, large ones linear.")
def huber_swapped(residuals, delta):
    size = np.abs(residuals)
    return np.mean(np.where(size > delta, 0.5 * size**2, delta * (size - 0.5 * delta)))


@huber_loss.mistake("The factor δ is missing from the linear piece: δ·(|r| − ½·δ).")
def huber_no_delta(residuals, delta):
    size = np.abs(residuals)
    return np.mean(np.where(size <= delta, 0.5 * size**2, size - 0.5 * delta))


@huber_loss.alternative
def huber_by_clip(residuals, delta):
    inner = np.minimum(np.abs(residuals), delta)
    return float((0.5 * inner**2 + delta * (np.abs(residuals) - inner)).mean())


@huber_loss.alternative
def huber_by_loop(residuals, delta):
    total = 0.0
    for r in residuals:
        total += r * r / 2 if -delta <= r <= delta else delta * (abs(r) - delta / 2)
    return total / len(residuals)


# --- soft_threshold


def _with_exact_zeros(evidence):
    """Add which weights are exactly zero: a tolerance must not blur that."""
    return [
        {**seen, "value": {"weights": seen["value"], "exactly zero": seen["value"] == 0}}
        if isinstance(seen["value"], np.ndarray)
        else seen
        for seen in evidence
    ]


soft_threshold = check("soft_threshold", properties=_with_exact_zeros)


@soft_threshold.mistake(
    "This is a hard threshold: large weights must shrink too, by the threshold."
)
def hard_threshold(w, threshold):
    return np.where(np.abs(w) > threshold, w, 0.0)


@soft_threshold.mistake("A weight that would cross zero must stop at zero.")
def crosses_zero(w, threshold):
    return w - threshold * np.sign(w)


@soft_threshold.mistake("The sign was lost: a negative weight stays negative.")
def sign_lost(w, threshold):
    return np.maximum(np.abs(w) - threshold, 0.0)


@soft_threshold.mistake("Negative weights move up, towards zero; you subtracted from them too.")
def only_positive(w, threshold):
    return np.maximum(w - threshold, 0.0)


@soft_threshold.mistake("You set the small weights to zero in the caller's array; make a new one.")
def thresholds_in_place(w, threshold):
    w[np.abs(w) <= threshold] = 0
    return w - threshold * np.sign(w)


@soft_threshold.alternative
def by_two_maxima(w, threshold):
    return np.maximum(w - threshold, 0.0) - np.maximum(-w - threshold, 0.0)


@soft_threshold.alternative
def by_clip(w, threshold):
    return w - np.clip(w, -threshold, threshold)


# --- kfold_indices


PAIRS = "the result is a list of pairs (train, valid) of one-dimensional index arrays"


def _fold_properties(evidence):
    """Replace the folds by what must hold for every right split, as named yes-or-no facts."""
    first = evidence[0]["value"]
    result = []
    for seen in evidence:
        value = seen["value"]
        if value is not None and not seen["error"]:
            facts = {PAIRS: _is_pairs(value)}
            if facts[PAIRS]:
                facts |= _split_facts(value, rows=int(seen["case"].split()[0]))
                if "seed" in seen["case"]:
                    facts["the folds are those of the first call"] = _same_folds(first, value)
            value = facts
        result.append({**seen, "value": value})
    return result


def _is_pairs(folds):
    return (
        isinstance(folds, list)
        and len(folds) > 0
        and all(isinstance(pair, list) and len(pair) == 2 for pair in folds)
        and all(_is_index_array(part) for pair in folds for part in pair)
    )


def _is_index_array(part):
    if isinstance(part, list):
        return all(isinstance(item, int | np.integer) for item in part)
    return isinstance(part, np.ndarray) and part.ndim == 1 and part.dtype.kind in "iu"


def _split_facts(folds, rows):
    trains = [np.asarray(train, int) for train, _ in folds]
    valids = [np.asarray(valid, int) for _, valid in folds]
    validated = np.concatenate(valids)
    sizes = [len(valid) for valid in valids]
    everything = np.arange(rows)
    return {
        "number of folds": len(folds),
        "train and valid of a fold share rows": any(
            np.intersect1d(t, v).size > 0 for t, v in zip(trains, valids)
        ),
        "some rows are never validated": not np.isin(everything, validated).all(),
        "some rows are validated twice": np.unique(validated).size < validated.size,
        "train and valid of a fold make up all rows": all(
            np.isin(everything, [*t, *v]).all() for t, v in zip(trains, valids)
        ),
        "some train part holds a row twice": any(np.unique(t).size < t.size for t in trains),
        "valid parts differ by at most one row": max(sizes) - min(sizes) <= 1,
        "rows are shuffled": rows < 10 or any(np.unique(np.diff(v)).size > 1 for v in valids),
    }


def _same_folds(a, b):
    return (
        _is_pairs(a)
        and len(a) == len(b)
        and all(np.array_equal(x[0], y[0]) and np.array_equal(x[1], y[1]) for x, y in zip(a, b))
    )


kfold_indices = check("kfold_indices", points=2, properties=_fold_properties)


@kfold_indices.mistake(
    "The rows aren't shuffled: data that lies sorted would give lopsided folds. "
    "Start from rng.permutation(n_samples)."
)
def not_shuffled(n_samples, n_folds, rng):
    parts = np.array_split(np.arange(n_samples), n_folds)
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(n_folds)]


@kfold_indices.mistake("The train part still holds the validation rows: take them out.")
def train_is_all(n_samples, n_folds, rng):
    order = rng.permutation(n_samples)
    return [(order, part) for part in np.array_split(order, n_folds)]


@kfold_indices.mistake(
    "You drew each fold anew, so some rows are validated twice and some never: "
    "shuffle once, then cut."
)
def drawn_anew(n_samples, n_folds, rng):
    folds = []
    for _ in range(n_folds):
        order = rng.permutation(n_samples)
        size = n_samples // n_folds
        folds.append((order[size:], order[:size]))
    return folds


@kfold_indices.mistake(
    "n_samples // n_folds drops the rows that are left over: some are never "
    "validated. np.array_split shares them out."
)
def remainder_dropped(n_samples, n_folds, rng):
    order, size = rng.permutation(n_samples), n_samples // n_folds
    parts = [order[i * size : (i + 1) * size] for i in range(n_folds)]
    return [(np.setdiff1d(order, part), part) for part in parts]


@kfold_indices.mistake(
    "All rows that are left over went into the last fold: valid parts may differ "
    "by one row at most."
)
def remainder_last(n_samples, n_folds, rng):
    order, size = rng.permutation(n_samples), n_samples // n_folds
    parts = np.split(order, [size * i for i in range(1, n_folds)])
    return [(np.setdiff1d(order, part), part) for part in parts]


@kfold_indices.mistake(
    "The pair is (train, valid), the large part first; yours is the other way round."
)
def parts_swapped(n_samples, n_folds, rng):
    parts = np.array_split(rng.permutation(n_samples), n_folds)
    return [(parts[i], np.concatenate(parts[:i] + parts[i + 1 :])) for i in range(n_folds)]


@kfold_indices.mistake(
    "The same rng gives other folds each time: draw from `rng`, not from np.random."
)
def global_random(n_samples, n_folds, rng):
    parts = np.array_split(np.random.default_rng().permutation(n_samples), n_folds)
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(n_folds)]


@kfold_indices.mistake(
    "You gave a generator a seed of your own, so another rng gives the same folds: draw from `rng`."
)
def own_seed(n_samples, n_folds, rng):
    return kfold_indices.reference(n_samples, n_folds, np.random.default_rng(0))


@kfold_indices.mistake(
    "Train is a list of parts: join them with np.concatenate, so that it is one array of rows."
)
def parts_not_joined(n_samples, n_folds, rng):
    parts = np.array_split(rng.permutation(n_samples), n_folds)
    return [(parts[:i] + parts[i + 1 :], parts[i]) for i in range(n_folds)]


@kfold_indices.alternative
def by_modulo(n_samples, n_folds, rng):
    fold = rng.permutation(np.arange(n_samples) % n_folds)
    return [(np.flatnonzero(fold != i), np.flatnonzero(fold == i)) for i in range(n_folds)]


@kfold_indices.alternative
def by_set_difference(n_samples, n_folds, rng):
    order = np.arange(n_samples)
    rng.shuffle(order)
    return [(np.setdiff1d(order, order[i::n_folds]), order[i::n_folds]) for i in range(n_folds)]
