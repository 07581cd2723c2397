"""Answers to week 1, as students write them."""

import numpy as np
from sklearn.preprocessing import PolynomialFeatures


# %% wrong expand: scikit-learn's order of columns: 1, x0, x1, x0², x0·x1, x1²
def expand(X):
    return PolynomialFeatures(degree=2).fit_transform(X)


# %% wrong expand: the column of ones is missing
def expand(X):
    x0, x1 = X[:, 0], X[:, 1]
    return np.column_stack([x0, x1, x0**2, x1**2, x0 * x1]).astype(float)


# %% wrong expand: x0·x1 stands before x1²
def expand(X):
    x0, x1 = X[:, 0], X[:, 1]
    return np.column_stack([x0, x1, x0**2, x0 * x1, x1**2, np.ones(len(X))])


# %% wrong expand: doubled instead of squared
def expand(X):
    x0, x1 = X[:, 0], X[:, 1]
    return np.column_stack([x0, x1, 2 * x0, 2 * x1, x0 * x1, np.ones(len(X))])


# %% wrong expand: features along the rows, (6, n_samples)
def expand(X):
    x0, x1 = X[:, 0], X[:, 1]
    return np.array([x0, x1, x0**2, x1**2, x0 * x1, np.ones(len(X))])


# %% wrong expand: the sum x0 + x1 in place of the product
def expand(X):
    x0, x1 = X[:, 0], X[:, 1]
    return np.column_stack([X, X**2, x0 + x1, np.ones(len(x0))])


# %% wrong expand: the last column is zero, not one
def expand(X):
    result = np.zeros((len(X), 6))
    result[:, :2] = X
    result[:, 2:4] = X**2
    result[:, 4] = X[:, 0] * X[:, 1]
    return result


# %% permitted expand: integer points give an integer array
def expand(X):
    result = np.ones((X.shape[0], 6), dtype=X.dtype)
    result[:, 0:2] = X
    result[:, 2:4] = X * X
    result[:, 4] = X.prod(axis=1)
    return result


# %% right expand: exponents, and a product over the two coordinates
def expand(X):
    exponents = np.array([[1, 0], [0, 1], [2, 0], [0, 2], [1, 1], [0, 0]])
    return np.prod(np.asarray(X, dtype=float)[:, None, :] ** exponents, axis=2)


# %% right expand: point by point
def expand(X):
    rows = [[a, b, a * a, b * b, a * b, 1.0] for a, b in np.asarray(X, dtype=float)]
    return np.array(rows, dtype=float).reshape(-1, 6)


# %% wrong probability: e^z / (1 + e^z) is nan at a logit of 1000
def probability(X, w):
    z = X @ w
    return np.exp(z) / (1 + np.exp(z))


# %% wrong probability: the sign of z, so it is P(y = 0)
def probability(X, w):
    return 1 / (1 + np.exp(np.clip(X @ w, -500, 500)))


# %% wrong probability: the minus before logaddexp is forgotten, so it is one over the sigmoid
def probability(X, w):
    return np.exp(np.logaddexp(0, -(X @ w)))


# %% wrong probability: returns the logarithm of the sigmoid
def probability(X, w):
    return -np.logaddexp(0, -(X @ w))


# %% wrong probability: returns a column, (n_samples, 1)
def probability(X, w):
    z = X @ np.reshape(w, (-1, 1))
    return np.exp(-np.logaddexp(0, -z))


# %% wrong probability: logits clipped at ±10, so far ones don't reach 0 and 1
def probability(X, w):
    z = np.clip(X @ w, -10, 10)
    return 1 / (1 + np.exp(-z))


# %% wrong probability: softmax over the rows instead of a sigmoid for each
def probability(X, w):
    z = X @ w
    e = np.exp(z - z.max())
    return e / e.sum()


# %% wrong probability: tanh in place of the sigmoid, between −1 and 1
def probability(X, w):
    return np.tanh(X @ w)


# %% right probability: the sigmoid by way of tanh
def probability(X, w):
    return 0.5 * (1 + np.tanh(0.5 * np.dot(X, w)))


# %% right probability: e to the −|z| in both halves
def probability(X, w):
    z = np.einsum("ij,j->i", X, w)
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e, 1) / (1 + e)


# %% wrong compute_loss: from probabilities, so nan or inf where |z| is 1000
def compute_loss(X, y, w):
    p = probability(X, w)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% wrong compute_loss: clipped probabilities, so a logit of 1000 on the wrong side costs 27.6
def compute_loss(X, y, w):
    p = np.clip(probability(X, w), 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


# %% wrong compute_loss: the sum, not the mean
def compute_loss(X, y, w):
    z = X @ w
    return np.sum(np.logaddexp(0, z) - y * z)


# %% wrong compute_loss: the sign is turned around
def compute_loss(X, y, w):
    z = X @ w
    return np.mean(y * z - np.logaddexp(0, z))


# %% wrong compute_loss: only rows of class 1 pay
def compute_loss(X, y, w):
    return np.mean(y * np.logaddexp(0, -(X @ w)))


# %% wrong compute_loss: logaddexp(1, z), the logarithm of (e + e to the z)
def compute_loss(X, y, w):
    z = X @ w
    return np.mean(np.logaddexp(1, z) - y * z)


# %% wrong compute_loss: the formula for labels −1 and 1, with labels 0 and 1
def compute_loss(X, y, w):
    return np.logaddexp(0, -y * (X @ w)).mean()


# %% wrong compute_loss: logits as a column, so each meets each label
def compute_loss(X, y, w):
    z = X @ np.reshape(w, (-1, 1))
    return np.mean(np.logaddexp(0, z) - y * z)


# %% right compute_loss: log1p, with the maximum taken out
def compute_loss(X, y, w):
    z = np.dot(X, w)
    return float(np.average(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))))


# %% right compute_loss: row by row, the price of the class that is true
def compute_loss(X, y, w):
    total = 0.0
    for row, label in zip(X, y):
        z = np.dot(row, w)
        total += np.logaddexp(0, -z if label == 1 else z)
    return total / len(y)


# %% wrong compute_grad: the sum over the rows, not the mean
def compute_grad(X, y, w):
    return X.T @ (probability(X, w) - y)


# %% wrong compute_grad: label minus probability, uphill
def compute_grad(X, y, w):
    return X.T @ (y - probability(X, w)) / len(y)


# %% wrong compute_grad: the sigmoid's slope p(1 − p) is still in it
def compute_grad(X, y, w):
    p = probability(X, w)
    return X.T @ ((p - y) * p * (1 - p)) / len(X)


# %% wrong compute_grad: logits instead of probabilities
def compute_grad(X, y, w):
    return X.T @ (X @ w - y) / len(X)


# %% wrong compute_grad: a 2, as with squared errors
def compute_grad(X, y, w):
    return 2 * X.T @ (probability(X, w) - y) / len(X)


# %% wrong compute_grad: divided by the number of features
def compute_grad(X, y, w):
    return X.T @ (probability(X, w) - y) / X.shape[1]


# %% wrong compute_grad: the predicted class, 0 or 1, instead of the probability
def compute_grad(X, y, w):
    predicted = (probability(X, w) > 0.5).astype(float)
    return X.T @ (predicted - y) / len(y)


# %% wrong compute_grad: the mean error times the mean feature
def compute_grad(X, y, w):
    return np.mean(probability(X, w) - y) * X.mean(axis=0)


# %% right compute_grad: einsum
def compute_grad(X, y, w):
    return np.einsum("i,ij->j", probability(X, w) - y, X) / X.shape[0]


# %% right compute_grad: weight by weight
def compute_grad(X, y, w):
    error = probability(X, w) - y
    return np.array([np.mean(error * feature) for feature in X.T])


# %% wrong sgd_step: in place, so the caller's w changes
def sgd_step(w, grad, eta):
    w -= eta * grad
    return w


# %% wrong sgd_step: plus, uphill
def sgd_step(w, grad, eta):
    return w + eta * grad


# %% wrong sgd_step: the learning rate is forgotten
def sgd_step(w, grad, eta):
    return w - 1.0 * grad


# %% wrong sgd_step: the new array has w's type, so integer weights are cut off
def sgd_step(w, grad, eta):
    new = np.empty_like(w)
    new[:] = w - eta * grad
    return new


# %% wrong sgd_step: the rate multiplies the weights too
def sgd_step(w, grad, eta):
    return eta * (w - grad)


# %% wrong sgd_step: gradient scaled to length 1
def sgd_step(w, grad, eta):
    return w - eta * grad / (np.linalg.norm(grad) + 1e-12)


# %% wrong sgd_step: all weights move by the mean gradient
def sgd_step(w, grad, eta):
    return w - eta * np.mean(grad)


# %% wrong sgd_step: returns the step, not the new weights
def sgd_step(w, grad, eta):
    return -eta * np.asarray(grad)


# %% right sgd_step: a comprehension over pairs
def sgd_step(w, grad, eta):
    return np.array([a - eta * g for a, g in zip(w, grad)], dtype=float)


# %% right sgd_step: a float copy, changed in place
def sgd_step(w, grad, eta):
    new = np.array(w, dtype=float)
    new -= eta * np.asarray(grad)
    return new


# %% wrong momentum_step: w moves by the old velocity
def momentum_step(w, nu, grad, eta, alpha):
    new_nu = alpha * nu + eta * grad
    return w - nu, new_nu


# %% wrong momentum_step: the rate is applied to w's move, not to the gradient in ν
def momentum_step(w, nu, grad, eta, alpha):
    nu = alpha * nu + grad
    return w - eta * nu, nu


# %% wrong momentum_step: a moving average, (1 − α)·g
def momentum_step(w, nu, grad, eta, alpha):
    nu = alpha * nu + (1 - alpha) * eta * grad
    return w - nu, nu


# %% wrong momentum_step: ν has the other sign (ν = α·ν − η·g, w + ν)
def momentum_step(w, nu, grad, eta, alpha):
    nu = alpha * nu - eta * grad
    return w + nu, nu


# %% wrong momentum_step: ν and w are changed in place
def momentum_step(w, nu, grad, eta, alpha):
    nu *= alpha
    nu += eta * grad
    w -= nu
    return w, nu


# %% wrong momentum_step: Nesterov's step
def momentum_step(w, nu, grad, eta, alpha):
    nu = alpha * nu + eta * grad
    return w - (alpha * nu + eta * grad), nu


# %% wrong momentum_step: returned as (nu, w)
def momentum_step(w, nu, grad, eta, alpha):
    nu = alpha * nu + eta * grad
    w = w - nu
    return nu, w


# %% wrong momentum_step: plus the velocity, uphill
def momentum_step(w, nu, grad, eta, alpha):
    nu = alpha * nu + eta * grad
    return w + nu, nu


# %% right momentum_step: w first, by both parts of the velocity
def momentum_step(w, nu, grad, eta, alpha):
    new_w = w - alpha * nu - eta * grad
    return new_w, alpha * nu + eta * grad


# %% right momentum_step: a linear combination as a product
def momentum_step(w, nu, grad, eta, alpha):
    velocity = np.array([alpha, eta]) @ np.vstack([nu, grad])
    return np.subtract(w, velocity), velocity


# %% wrong rmsprop_step: ε outside the root
def rmsprop_step(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * grad**2
    return w - eta * grad / (np.sqrt(G) + eps), G


# %% wrong rmsprop_step: divides by the old average
def rmsprop_step(w, G, grad, eta, alpha, eps):
    new_G = alpha * G + (1 - alpha) * grad**2
    return w - eta * grad / np.sqrt(G + eps), new_G


# %% wrong rmsprop_step: the factor 1 − α is forgotten
def rmsprop_step(w, G, grad, eta, alpha, eps):
    G = alpha * G + grad**2
    return w - eta * grad / np.sqrt(G + eps), G


# %% wrong rmsprop_step: α and 1 − α are swapped
def rmsprop_step(w, G, grad, eta, alpha, eps):
    G = (1 - alpha) * G + alpha * grad**2
    return w - eta * grad / np.sqrt(G + eps), G


# %% wrong rmsprop_step: no root
def rmsprop_step(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * grad**2
    return w - eta * grad / (G + eps), G


# %% wrong rmsprop_step: G is changed in place
def rmsprop_step(w, G, grad, eta, alpha, eps):
    G *= alpha
    G += (1 - alpha) * grad**2
    return w - eta * grad / np.sqrt(G + eps), G


# %% wrong rmsprop_step: the absolute gradient is averaged, not its square
def rmsprop_step(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * np.abs(grad)
    return w - eta * grad / np.sqrt(G + eps), G


# %% wrong rmsprop_step: one squared length of the gradient for all weights
def rmsprop_step(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * np.sum(grad**2)
    return w - eta * grad / np.sqrt(G + eps), G


# %% right rmsprop_step: a weighted average, and a negative power
def rmsprop_step(w, G, grad, eta, alpha, eps):
    average = np.average([G, np.square(grad)], axis=0, weights=[alpha, 1 - alpha])
    return w - eta * grad * (average + eps) ** -0.5, average


# %% right rmsprop_step: weight by weight
def rmsprop_step(w, G, grad, eta, alpha, eps):
    new_w, new_G = np.zeros(len(w)), np.zeros(len(w))
    for i, g in enumerate(grad):
        new_G[i] = G[i] + (1 - alpha) * (g * g - G[i])
        new_w[i] = w[i] - eta * g / (new_G[i] + eps) ** 0.5
    return new_w, new_G


# %% wrong adam_step: the bias is not corrected
def adam_step(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    return w - eta * m / (np.sqrt(v) + eps), m, v


# %% wrong adam_step: m and v are returned corrected
def adam_step(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = (beta1 * m + (1 - beta1) * grad) / (1 - beta1**t)
    v = (beta2 * v + (1 - beta2) * grad**2) / (1 - beta2**t)
    return w - eta * m / (np.sqrt(v) + eps), m, v


# %% wrong adam_step: ε inside the root
def adam_step(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - eta * m_hat / np.sqrt(v_hat + eps), m, v


# %% wrong adam_step: the steps are counted from 0, so t + 1 in the exponent
def adam_step(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1 ** (t + 1))
    v_hat = v / (1 - beta2 ** (t + 1))
    return w - eta * m_hat / (np.sqrt(v_hat) + eps), m, v


# %% wrong adam_step: corrected by 1 − β, not by 1 − β to the t
def adam_step(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    m_hat, v_hat = m / (1 - beta1), v / (1 - beta2)
    return w - eta * m_hat / (np.sqrt(v_hat) + eps), m, v


# %% wrong adam_step: only m is corrected
def adam_step(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    return w - eta * m_hat / (np.sqrt(v) + eps), m, v


# %% wrong adam_step: v averages the square of m, not of the gradient
def adam_step(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * m**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - eta * m_hat / (np.sqrt(v_hat) + eps), m, v


# %% wrong adam_step: moves by the gradient, not by its average
def adam_step(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    v_hat = v / (1 - beta2**t)
    return w - eta * grad / (np.sqrt(v_hat) + eps), m, v


# %% right adam_step: the corrections moved into the rate and ε
def adam_step(w, m, v, grad, t, eta, beta1, beta2, eps):
    m, v = m + (1 - beta1) * (grad - m), v + (1 - beta2) * (grad * grad - v)
    root = np.sqrt(1 - beta2**t)
    rate = eta * root / (1 - beta1**t)
    return w - rate * m / (np.sqrt(v) + eps * root), m, v


# %% right adam_step: a helper does both averages
def adam_step(w, m, v, grad, t, eta, beta1, beta2, eps):
    def average(old, new, beta):
        now = np.multiply(beta, old) + np.multiply(1 - beta, new)
        return now, now / (1 - np.power(beta, t))

    new_m, m_hat = average(m, grad, beta1)
    new_v, v_hat = average(v, np.square(grad), beta2)
    return np.subtract(w, eta * m_hat / (v_hat**0.5 + eps)), new_m, new_v


# %% wrong learning_rate_schedule: warm-up cut to whole steps with int
def learning_rate_schedule(step, total_steps, peak, warmup):
    warm = int(warmup * total_steps)
    if step < warm:
        return peak * step / warm
    done = (step - warm) / (total_steps - warm)
    return 0.5 * peak * (1 + np.cos(np.pi * done))


# %% wrong learning_rate_schedule: the cosine counts from step 0, so it doesn't start at the peak
def learning_rate_schedule(step, total_steps, peak, warmup):
    warm = warmup * total_steps
    if step < warm:
        return peak * step / warm
    return 0.5 * peak * (1 + np.cos(np.pi * step / total_steps))


# %% wrong learning_rate_schedule: division by zero at step 0 without a warm-up
def learning_rate_schedule(step, total_steps, peak, warmup):
    warm = warmup * total_steps
    if step <= warm:
        return peak * step / warm
    done = (step - warm) / (total_steps - warm)
    return 0.5 * peak * (1 + np.cos(np.pi * done))


# %% wrong learning_rate_schedule: the half is forgotten, so it falls from twice the peak
def learning_rate_schedule(step, total_steps, peak, warmup):
    warm = warmup * total_steps
    if step < warm:
        return peak * step / warm
    done = (step - warm) / (total_steps - warm)
    return peak * (1 + np.cos(np.pi * done))


# %% wrong learning_rate_schedule: a quarter of a cosine, cos(π/2 · share)
def learning_rate_schedule(step, total_steps, peak, warmup):
    warm = warmup * total_steps
    if step < warm:
        return peak * step / warm
    return peak * np.cos(np.pi / 2 * (step - warm) / (total_steps - warm))


# %% wrong learning_rate_schedule: divided by all steps, not by those that remain
def learning_rate_schedule(step, total_steps, peak, warmup):
    warm = warmup * total_steps
    if step < warm:
        return peak * step / warm
    done = (step - warm) / total_steps
    return 0.5 * peak * (1 + np.cos(np.pi * done))


# %% wrong learning_rate_schedule: a straight line down
def learning_rate_schedule(step, total_steps, peak, warmup):
    warm = warmup * total_steps
    if step < warm:
        return peak * step / warm
    return peak * (total_steps - step) / (total_steps - warm)


# %% wrong learning_rate_schedule: warm-up rate is one step ahead, not 0 at step 0
def learning_rate_schedule(step, total_steps, peak, warmup):
    warm = warmup * total_steps
    if step < warm:
        return peak * min(1.0, (step + 1) / warm)
    done = (step - warm) / (total_steps - warm)
    return 0.5 * peak * (1 + np.cos(np.pi * done))


# %% right learning_rate_schedule: shares of the steps, a squared cosine
def learning_rate_schedule(step, total_steps, peak, warmup):
    share = step / total_steps
    if share < warmup:
        return share / warmup * peak
    return peak * np.cos(0.5 * np.pi * (share - warmup) / (1 - warmup)) ** 2


# %% right learning_rate_schedule: the product of a ramp and a cosine
def learning_rate_schedule(step, total_steps, peak, warmup):
    end = total_steps * warmup
    ramp = min(step / end, 1.0) if end > 0 else 1.0
    done = max(step - end, 0.0) / (total_steps - end)
    return float(peak * ramp * (1 + np.cos(np.pi * done)) / 2)


# %% wrong mse_loss: with a ½
def mse_loss(X, y, w):
    return 0.5 * np.mean((X @ w - y) ** 2)


# %% wrong mse_loss: the sum, not the mean
def mse_loss(X, y, w):
    return np.sum((X @ w - y) ** 2)


# %% wrong mse_loss: the root of the mean
def mse_loss(X, y, w):
    return np.sqrt(np.mean((X @ w - y) ** 2))


# %% wrong mse_loss: y as a column, so each prediction meets each target
def mse_loss(X, y, w):
    return np.mean((X @ w - np.reshape(y, (-1, 1))) ** 2)


# %% wrong mse_loss: divided by n − 1
def mse_loss(X, y, w):
    residuals = X @ w - y
    return np.sum(residuals**2) / (len(y) - 1)


# %% wrong mse_loss: absolute errors
def mse_loss(X, y, w):
    return np.mean(np.abs(X @ w - y))


# %% wrong mse_loss: the variance of the residuals, their mean is taken off
def mse_loss(X, y, w):
    return np.var(X @ w - y)


# %% wrong mse_loss: the square of the mean residual
def mse_loss(X, y, w):
    return np.mean(X @ w - y) ** 2


# %% right mse_loss: a product of the residuals with themselves
def mse_loss(X, y, w):
    residuals = np.dot(X, w) - y
    return float(residuals @ residuals / len(residuals))


# %% right mse_loss: row by row
def mse_loss(X, y, w):
    return sum((sum(a * b for a, b in zip(x, w)) - t) ** 2 for x, t in zip(X, y)) / len(y)


# %% wrong mse_grad: the 2 is forgotten
def mse_grad(X, y, w):
    return X.T @ (X @ w - y) / len(y)


# %% wrong mse_grad: the sum over rows, not the mean
def mse_grad(X, y, w):
    return 2 * X.T @ (X @ w - y)


# %% wrong mse_grad: target minus prediction
def mse_grad(X, y, w):
    return 2 * X.T @ (y - X @ w) / len(y)


# %% wrong mse_grad: divided by the number of features
def mse_grad(X, y, w):
    return 2 * X.T @ (X @ w - y) / len(w)


# %% wrong mse_grad: the features are forgotten, one number for all weights
def mse_grad(X, y, w):
    return 2 * np.mean(X @ w - y) * np.ones(len(w))


# %% wrong mse_grad: sigmoid of the scores, as in logistic regression
def mse_grad(X, y, w):
    return 2 * X.T @ (probability(X, w) - y) / len(y)


# %% wrong mse_grad: integer weights give an integer gradient
def mse_grad(X, y, w):
    grad = np.zeros_like(w)
    for j in range(len(w)):
        grad[j] = 2 * np.mean((X @ w - y) * X[:, j])
    return grad


# %% wrong mse_grad: a mean over features too, a single number
def mse_grad(X, y, w):
    return np.mean(2 * X * (X @ w - y)[:, None])


# %% right mse_grad: multiplied out
def mse_grad(X, y, w):
    n = X.shape[0]
    return (X.T @ X @ w - X.T @ y) * (2 / n)


# %% right mse_grad: the mean of the gradients of the rows
def mse_grad(X, y, w):
    return np.mean([2 * (np.dot(x, w) - t) * x for x, t in zip(X, y)], axis=0)


# %% wrong closed_form: n is forgotten, so the penalty counts n times less
def closed_form(X, y, l2):
    return np.linalg.solve(X.T @ X + l2 * np.eye(X.shape[1]), X.T @ y)


# %% wrong closed_form: λ/n instead of λ·n after multiplying by n
def closed_form(X, y, l2):
    n = len(X)
    return np.linalg.solve(X.T @ X + l2 / n * np.eye(X.shape[1]), X.T @ y)


# %% wrong closed_form: λ is added to every element, not to the diagonal
def closed_form(X, y, l2):
    n = len(X)
    return np.linalg.solve(X.T @ X / n + l2, X.T @ y / n)


# %% wrong closed_form: the right side isn't divided by n
def closed_form(X, y, l2):
    n, d = X.shape
    return np.linalg.solve(X.T @ X / n + l2 * np.eye(d), X.T @ y)


# %% wrong closed_form: the last weight is not penalised, as if it were a bias
def closed_form(X, y, l2):
    n, d = X.shape
    penalty = l2 * np.eye(d)
    penalty[-1, -1] = 0
    return np.linalg.solve(X.T @ X / n + penalty, X.T @ y / n)


# %% wrong closed_form: half the penalty, its 2 is lost in the derivative
def closed_form(X, y, l2):
    n, d = X.shape
    return np.linalg.solve(2 * X.T @ X / n + l2 * np.eye(d), 2 * X.T @ y / n)


# %% wrong closed_form: λ is left out
def closed_form(X, y, l2):
    return np.linalg.lstsq(X, y, rcond=None)[0]


# %% wrong closed_form: X and y are centred first
def closed_form(X, y, l2):
    n, d = X.shape
    X, y = X - X.mean(axis=0), y - np.mean(y)
    return np.linalg.solve(X.T @ X / n + l2 * np.eye(d), X.T @ y / n)


# %% right closed_form: least squares with the penalty as extra rows
def closed_form(X, y, l2):
    n, d = X.shape
    rows = np.vstack([X, np.sqrt(n * l2) * np.eye(d)])
    targets = np.concatenate([y, np.zeros(d)])
    return np.linalg.lstsq(rows, targets, rcond=None)[0]


# %% right closed_form: the inverse, multiplied by n
def closed_form(X, y, l2):
    A = np.einsum("ij,ik->jk", X, X)
    A = A + len(X) * l2 * np.identity(len(A))
    return np.linalg.inv(A) @ (X.T @ y)


# %% wrong huber_loss: no absolute value in the condition
def huber_loss(residuals, delta):
    linear = delta * (np.abs(residuals) - 0.5 * delta)
    return np.where(residuals <= delta, 0.5 * residuals**2, linear).mean()


# %% wrong huber_loss: the sum, not the mean
def huber_loss(residuals, delta):
    size = np.abs(residuals)
    return np.where(size <= delta, 0.5 * size**2, delta * (size - 0.5 * delta)).sum()


# %% wrong huber_loss: the half is forgotten in the quadratic piece
def huber_loss(residuals, delta):
    size = np.abs(residuals)
    return np.mean(np.where(size <= delta, size**2, delta * (size - 0.5 * delta)))


# %% wrong huber_loss: δ·|r| − ½·δ, the bracket is misread
def huber_loss(residuals, delta):
    size = np.abs(residuals)
    return np.mean(np.where(size <= delta, 0.5 * size**2, delta * size - 0.5 * delta))


# %% wrong huber_loss: no absolute value in the straight piece
def huber_loss(residuals, delta):
    small = np.abs(residuals) <= delta
    return np.mean(np.where(small, 0.5 * residuals**2, delta * (residuals - 0.5 * delta)))


# %% wrong huber_loss: the two pieces are swapped
def huber_loss(residuals, delta):
    size = np.abs(residuals)
    return np.mean(np.where(size > delta, 0.5 * size**2, delta * (size - 0.5 * delta)))


# %% wrong huber_loss: the straight piece isn't multiplied by δ
def huber_loss(residuals, delta):
    size = np.abs(residuals)
    return np.mean(np.where(size <= delta, 0.5 * size**2, size - 0.5 * delta))


# %% wrong huber_loss: integer residuals give integer losses, the halves are cut off
def huber_loss(residuals, delta):
    losses = np.zeros_like(residuals)
    for i, r in enumerate(residuals):
        losses[i] = 0.5 * r**2 if abs(r) <= delta else delta * (abs(r) - 0.5 * delta)
    return losses.mean()


# %% right huber_loss: the clipped size in one formula
def huber_loss(residuals, delta):
    size = np.abs(residuals)
    inner = np.minimum(size, delta)
    return float(np.mean(inner * (size - inner / 2)))


# %% right huber_loss: the two groups are added up apart
def huber_loss(residuals, delta):
    small = [r * r / 2 for r in residuals if -delta <= r <= delta]
    large = [delta * (abs(r) - delta / 2) for r in residuals if abs(r) > delta]
    return (sum(small) + sum(large)) / len(residuals)


# %% wrong soft_threshold: large weights keep their size (hard threshold)
def soft_threshold(w, threshold):
    return np.where(np.abs(w) > threshold, w, 0.0)


# %% wrong soft_threshold: the sign isn't put back
def soft_threshold(w, threshold):
    return np.maximum(np.abs(w) - threshold, 0.0)


# %% wrong soft_threshold: the absolute value is forgotten, so negative weights become zero
def soft_threshold(w, threshold):
    return np.sign(w) * np.maximum(w - threshold, 0.0)


# %% wrong soft_threshold: weights may cross zero
def soft_threshold(w, threshold):
    return w - np.sign(w) * threshold


# %% wrong soft_threshold: negative weights move away from zero
def soft_threshold(w, threshold):
    return np.where(np.abs(w) <= threshold, 0.0, w - threshold)


# %% wrong soft_threshold: minimum for maximum
def soft_threshold(w, threshold):
    return np.sign(w) * np.minimum(np.abs(w) - threshold, 0.0)


# %% wrong soft_threshold: sizes are capped at the threshold
def soft_threshold(w, threshold):
    return np.clip(np.asarray(w, dtype=float), -threshold, threshold)


# %% wrong soft_threshold: integer weights give an integer result
def soft_threshold(w, threshold):
    result = np.zeros_like(w)
    for i in range(len(w)):
        if w[i] > threshold:
            result[i] = w[i] - threshold
        elif w[i] < -threshold:
            result[i] = w[i] + threshold
    return result


# %% right soft_threshold: what clip keeps is taken off
def soft_threshold(w, threshold):
    w = np.asarray(w, dtype=float)
    return w - np.clip(w, -threshold, threshold)


# %% right soft_threshold: positive and negative weights, each for itself
def soft_threshold(w, threshold):
    return np.maximum(w - np.float64(threshold), 0) + np.minimum(w + np.float64(threshold), 0)


# %% wrong kfold_indices: the rows are not shuffled
def kfold_indices(n_samples, n_folds, rng):
    parts = np.array_split(np.arange(n_samples), n_folds)
    return [(np.concatenate(parts[:i] + parts[i + 1:]), parts[i]) for i in range(n_folds)]


# %% wrong kfold_indices: shuffles with np.random, not with the given generator
def kfold_indices(n_samples, n_folds, rng):
    parts = np.array_split(np.random.permutation(n_samples), n_folds)
    return [(np.concatenate(parts[:i] + parts[i + 1:]), parts[i]) for i in range(n_folds)]


# %% wrong kfold_indices: the rows left over are in no validation part
def kfold_indices(n_samples, n_folds, rng):
    order, size = rng.permutation(n_samples), n_samples // n_folds
    folds = []
    for i in range(n_folds):
        valid = order[i * size:(i + 1) * size]
        folds.append((np.setdiff1d(order, valid), valid))
    return folds


# %% wrong kfold_indices: the last fold takes all rows left over
def kfold_indices(n_samples, n_folds, rng):
    order, size = rng.permutation(n_samples), n_samples // n_folds
    folds = []
    for i in range(n_folds):
        stop = (i + 1) * size if i < n_folds - 1 else n_samples
        valid = order[i * size:stop]
        folds.append((np.setdiff1d(order, valid), valid))
    return folds


# %% wrong kfold_indices: pairs are (valid, train)
def kfold_indices(n_samples, n_folds, rng):
    parts = np.array_split(rng.permutation(n_samples), n_folds)
    return [(parts[i], np.concatenate(parts[:i] + parts[i + 1:])) for i in range(n_folds)]


# %% wrong kfold_indices: a new shuffle for every fold, so validation parts overlap
def kfold_indices(n_samples, n_folds, rng):
    folds = []
    for i in range(n_folds):
        parts = np.array_split(rng.permutation(n_samples), n_folds)
        folds.append((np.concatenate(parts[:i] + parts[i + 1:]), parts[i]))
    return folds


# %% wrong kfold_indices: train is all rows, the validation rows too
def kfold_indices(n_samples, n_folds, rng):
    order = rng.permutation(n_samples)
    return [(order, valid) for valid in np.array_split(order, n_folds)]


# %% wrong kfold_indices: boolean masks instead of indices
def kfold_indices(n_samples, n_folds, rng):
    fold_of = rng.permutation(np.arange(n_samples) % n_folds)
    return [(fold_of != i, fold_of == i) for i in range(n_folds)]


# %% right kfold_indices: each row draws the number of its fold
def kfold_indices(n_samples, n_folds, rng):
    fold_of = rng.permutation(np.arange(n_samples) % n_folds)
    return [(np.flatnonzero(fold_of != i), np.flatnonzero(fold_of == i)) for i in range(n_folds)]


# %% right kfold_indices: every n-th row of the shuffled order, and delete
def kfold_indices(n_samples, n_folds, rng):
    order = np.arange(n_samples)
    rng.shuffle(order)
    folds = []
    for i in range(n_folds):
        places = slice(i, None, n_folds)
        folds.append((np.delete(order, places), order[places]))
    return folds


# %% wrong sgd: the order is drawn once, before the epochs
def sgd(X, y, w, gradient, step, batch_size, epochs, rng):
    weights = []
    idx = rng.permutation(len(X))
    for epoch in range(epochs):
        for i in range(0, len(X), batch_size):
            batch = idx[i : i + batch_size]
            w = step(w, gradient(X[batch], y[batch], w))
            weights.append(w)
    return weights


# %% wrong sgd: the short batch is dropped
def sgd(X, y, w, gradient, step, batch_size, epochs, rng):
    weights = []
    for epoch in range(epochs):
        idx = rng.permutation(len(X))
        for b in range(len(X) // batch_size):
            batch = idx[b * batch_size : (b + 1) * batch_size]
            w = step(w, gradient(X[batch], y[batch], w))
            weights.append(w)
    return weights


# %% wrong sgd: one random batch for each epoch
def sgd(X, y, w, gradient, step, batch_size, epochs, rng):
    weights = []
    for epoch in range(epochs):
        batch = rng.choice(len(X), min(batch_size, len(X)), replace=False)
        w = step(w, gradient(X[batch], y[batch], w))
        weights.append(w)
    return weights


# %% wrong sgd: X and y are shuffled apart
def sgd(X, y, w, gradient, step, batch_size, epochs, rng):
    weights = []
    for epoch in range(epochs):
        X, y = rng.permutation(X), rng.permutation(y)
        for i in range(0, len(X), batch_size):
            w = step(w, gradient(X[i : i + batch_size], y[i : i + batch_size], w))
            weights.append(w)
    return weights


# %% wrong sgd: not shuffled at all
def sgd(X, y, w, gradient, step, batch_size, epochs, rng):
    weights = []
    for epoch in range(epochs):
        for i in range(0, len(X), batch_size):
            w = step(w, gradient(X[i : i + batch_size], y[i : i + batch_size], w))
            weights.append(w)
    return weights


# %% wrong sgd: the weights after each epoch
def sgd(X, y, w, gradient, step, batch_size, epochs, rng):
    weights = []
    for epoch in range(epochs):
        idx = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            batch = idx[i : i + batch_size]
            w = step(w, gradient(X[batch], y[batch], w))
        weights.append(w)
    return weights


# %% wrong sgd: return inside the outer loop
def sgd(X, y, w, gradient, step, batch_size, epochs, rng):
    weights = []
    for epoch in range(epochs):
        idx = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            batch = idx[i : i + batch_size]
            w = step(w, gradient(X[batch], y[batch], w))
            weights.append(w)
        return weights


# %% wrong sgd: the new weights are not kept for the next step
def sgd(X, y, w, gradient, step, batch_size, epochs, rng):
    weights = []
    for epoch in range(epochs):
        idx = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            batch = idx[i : i + batch_size]
            weights.append(step(w, gradient(X[batch], y[batch], w)))
    return weights


# %% right sgd: batches from a generator of its own
def sgd(X, y, w, gradient, step, batch_size, epochs, rng):
    def batches():
        for _ in range(epochs):
            rows = list(range(len(X)))
            rng.shuffle(rows)
            for first in range(0, len(rows), batch_size):
                yield rows[first : first + batch_size]

    weights = []
    for rows in batches():
        g = gradient(X[rows], y[rows], w)
        w = step(w, g)
        weights += [w]
    return weights


# %% right sgd: an array with a row for each step
def sgd(X, y, w, gradient, step, batch_size, epochs, rng):
    weights = []
    n = X.shape[0]
    n_batches = n // batch_size + (n % batch_size > 0)
    for _ in range(epochs):
        perm = rng.permutation(n)
        X_perm, y_perm = X[perm], y[perm]
        for b in range(n_batches):
            begin, end = b * batch_size, min(n, (b + 1) * batch_size)
            w = step(w, gradient(X_perm[begin:end], y_perm[begin:end], w))
            weights.append(w)
    return np.vstack(weights)


# %% wrong tuned_sgd: the settings of the example
def tuned_sgd():
    return 0.3, 16


# %% wrong tuned_sgd: batch size first
def tuned_sgd():
    return 16, 1.5


# %% wrong tuned_sgd: single rows at a high rate
def tuned_sgd():
    return 1.5, 1


# %% wrong tuned_sgd: the whole set in each step
def tuned_sgd():
    return 3.0, 600


# %% wrong tuned_sgd: only the rate
def tuned_sgd():
    return 1.5


# %% wrong tuned_sgd: printed, not returned
def tuned_sgd():
    print(1.5, 16)


# %% right tuned_sgd: a list
def tuned_sgd():
    return [1, 8]


# %% right tuned_sgd: names
def tuned_sgd():
    eta = 10**0.3
    batch_size = 2**4
    return eta, batch_size


# %% wrong l2_step: no factor 2
def l2_step(w, grad, eta, l2):
    return w - eta * (grad + l2 * w)


# %% wrong l2_step: the penalty itself is added
def l2_step(w, grad, eta, l2):
    return w - eta * (grad + l2 * np.sum(w**2))


# %% wrong l2_step: decay without the rate
def l2_step(w, grad, eta, l2):
    return (1 - 2 * l2) * w - eta * grad


# %% wrong l2_step: the sign of the penalty
def l2_step(w, grad, eta, l2):
    return w - eta * (grad - 2 * l2 * w)


# %% wrong l2_step: the slope of L1
def l2_step(w, grad, eta, l2):
    return w - eta * (grad + l2 * np.sign(w))


# %% wrong l2_step: in place
def l2_step(w, grad, eta, l2):
    w -= eta * (grad + 2 * l2 * w)
    return w


# %% right l2_step: by sgd_step
def l2_step(w, grad, eta, l2):
    return sgd_step(w, grad + 2 * l2 * w, eta)


# %% right l2_step: term by term
def l2_step(w, grad, eta, l2):
    new_w = np.zeros(len(w))
    for i in range(len(w)):
        slope = grad[i] + 2 * l2 * w[i]
        new_w[i] = w[i] - eta * slope
    return new_w
