"""Check of `loss_and_gradients`: the shift, the mask, the way back, the state that goes on."""

import numpy as np
from scipy.special import log_softmax, logsumexp, softmax

from ..check import new_check
from ._cells import all_states, walk_back
from ._wrong_losses_by_hand import ROWS

loss_and_gradients = new_check(__name__, points=3, rtol=1e-4, atol=1e-6)


@loss_and_gradients.witness("numeric differentiation")
def numeric_gradients(weights, matrix, h0):
    """Nudge each weight by itself."""
    weights = [array.copy() for array in weights]

    def loss():
        Wx, Wh, b, Wy, c = weights
        total, count, h = 0.0, 0, h0
        for read, due in zip(matrix.T[:-1], matrix.T[1:]):
            h = np.tanh(Wx[read] + h @ Wh + b)
            scores = h @ Wy + c
            costs = logsumexp(scores, axis=1) - scores[np.arange(len(due)), due]
            total, count = total + costs[due > 0].sum(), count + np.sum(due > 0)
        return total / max(count, 1), h

    gradients = [np.zeros_like(array) for array in weights]
    for array, gradient in zip(weights, gradients):
        for place in np.ndindex(array.shape):
            kept, losses = array[place], []
            for nudge in (1e-5, -1e-5):
                array[place] = kept + nudge
                losses.append(loss()[0])
            array[place], gradient[place] = kept, (losses[0] - losses[1]) / 2e-5
    value, h = loss()
    return value, gradients, h


def _probabilities(scores, stable, log):
    if stable:
        p = softmax(scores, axis=-1)
        return p, log(p) if log else log_softmax(scores, axis=-1)
    powers = np.exp(scores)
    p = powers / powers.sum(axis=-1, keepdims=True)
    return p, np.log(p)


def _by_hand(
    weights, matrix, h0, real=lambda inputs, targets: targets != 0,
    real_back=lambda is_real: is_real, count=lambda is_real: max(1, is_real.sum()), count_back=None,
    at=slice(1, None), aim=lambda matrix: matrix[:, 1:], scored=lambda h: h[:, 1:], for_Wy=None,
    sign=-1, slope=lambda p, targets: p - targets, start=lambda h0: h0, last=lambda h: h[:, -1],
    stable=True, log=None, cost=lambda log_p, targets, is_real: (targets * log_p).sum(-1) * is_real,
    to_states=lambda grad_scores, Wy: grad_scores @ Wy.T,
    result=lambda gradients, by_h0: gradients,
):  # fmt: skip
    """Return loss, gradients and state, with changes."""
    Wx, Wh, b, Wy, c = weights
    eye = np.eye(len(Wx))
    inputs, targets = eye[matrix[:, :-1]], eye[aim(matrix)]
    h = all_states(inputs, start(h0), Wx, Wh, b)
    p, log_p = _probabilities(scored(h) @ Wy + c, stable, log)
    is_real = real(matrix[:, :-1], matrix[:, 1:])
    loss = sign * np.sum(cost(log_p, targets, is_real)) / count(is_real)
    grad_scores = slope(p, targets) * real_back(is_real)[..., None] / (count_back or count)(is_real)
    grad_h = np.zeros_like(h)
    grad_h[:, at] = to_states(grad_scores, Wy)
    grad_Wx, grad_Wh, grad_b, by_h0 = walk_back(grad_h, inputs, h, Wh)
    grad_Wy = np.einsum("btu,btk->uk", (for_Wy or scored)(h), grad_scores)
    gradients = [grad_Wx, grad_Wh, grad_b, grad_Wy, grad_scores.sum(axis=(0, 1))]
    return loss, result(gradients, by_h0), last(h)


loss_and_gradients.add_mistakes(_by_hand, ROWS)


@loss_and_gradients.mistake(
    "You averaged each name by itself, then over the names: take one mean over all real tokens."
)
def mean_of_means(weights, matrix, h0):
    each = [_by_hand(weights, matrix[i : i + 1], h0[i : i + 1]) for i in range(len(matrix))]
    gradients = [np.mean(parts, axis=0) for parts in zip(*(one[1] for one in each))]
    return np.mean([one[0] for one in each]), gradients, np.concatenate([one[2] for one in each])


@loss_and_gradients.alternative
def by_numbers(weights, matrix, h0):
    """No rows of zeros with a single 1: numbers pick rows, and np.add.at adds to them."""
    Wx, Wh, b, Wy, c = weights
    read, due = matrix[:, :-1], matrix[:, 1:]
    states = [h0]
    for tokens in read.T:
        states.append(np.tanh(Wx[tokens] + states[-1] @ Wh + b))
    scores = np.stack(states[1:], axis=1) @ Wy + c
    rows, places = np.nonzero(due)
    log_p = scores - logsumexp(scores, axis=-1, keepdims=True)
    loss = -log_p[rows, places, due[rows, places]].sum() / max(len(rows), 1)
    grad_scores = np.zeros_like(scores)
    grad_scores[rows, places] = np.exp(log_p[rows, places])
    grad_scores[rows, places, due[rows, places]] -= 1
    grad_scores /= max(len(rows), 1)
    gradients, later = [np.zeros_like(array) for array in weights], 0.0
    for t in range(len(read.T) - 1, -1, -1):
        inside = (grad_scores[:, t] @ Wy.T + later) * (1 - states[t + 1] ** 2)
        np.add.at(gradients[0], read[:, t], inside)
        gradients[1] += states[t].T @ inside
        gradients[2] += inside.sum(axis=0)
        gradients[3] += states[t + 1].T @ grad_scores[:, t]
        gradients[4] += grad_scores[:, t].sum(axis=0)
        later = inside @ Wh.T
    return loss, tuple(gradients), states[-1]


@loss_and_gradients.alternative
def name_by_name(weights, matrix, h0):
    """Sums of each name, added up and divided at the end."""
    count = np.sum(matrix[:, 1:] > 0)
    loss, sums, states = 0.0, [np.zeros_like(array) for array in weights], np.array(h0)
    for i in range(len(matrix)):
        one, gradients, states[i] = _by_hand(
            weights, matrix[i][None], h0[i][None], count=lambda is_real: 1
        )
        loss, sums = loss + one, [a + b for a, b in zip(sums, gradients)]
    count = count if count else 1
    return loss / count, [array / count for array in sums], states
