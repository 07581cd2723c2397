"""Check of `rnn_backward`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check
from ._cells import all_states

rnn_backward = new_check(__name__, points=3)


@rnn_backward.witness("numeric differentiation")
def numeric_gradient(grad_h, inputs, h, Wx, Wh):
    """Nudge each number by itself; the bias is found from the states."""
    h0 = h[:, 0]
    b = (np.arctanh(h[:, 1]) - inputs[:, 0] @ Wx - h0 @ Wh)[0]
    numbers = [array.copy() for array in (Wx, Wh, b, h0)]

    def loss():
        Wx, Wh, b, h0 = numbers
        return np.sum(grad_h * np.stack(all_states(inputs, h0, Wx, Wh, b), axis=1))

    gradients = [np.zeros_like(array) for array in numbers]
    for array, gradient in zip(numbers, gradients):
        for place in np.ndindex(array.shape):
            kept, losses = array[place], []
            for nudge in (1e-5, -1e-5):
                array[place] = kept + nudge
                losses.append(loss())
            array[place], gradient[place] = kept, (losses[0] - losses[1]) / 2e-5
    return tuple(gradients)


def _backward(
    grad_h, inputs, h, Wx, Wh, slope=lambda before, after: 1 - after**2,
    carry=lambda direct, grad_a, Wh: direct + grad_a @ Wh.T, last=None, steps=None,
    state=lambda before, after: before, add=lambda old, new: old + new,
):  # fmt: skip
    """Return the four gradients, with changes."""
    grad_Wx, grad_Wh, grad_b = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(len(Wh))
    carried = grad_h[:, -1]
    order = list(reversed(range(inputs.shape[1])))
    for t in order[:steps]:
        before, after = h[:, t], h[:, t + 1]
        grad_a = carried * slope(before, after)
        grad_Wx = add(grad_Wx, inputs[:, t].T @ grad_a)
        grad_Wh = add(grad_Wh, state(before, after).T @ grad_a)
        grad_b = add(grad_b, grad_a.sum(axis=0))
        carried = carry(grad_h[:, t], grad_a, Wh)
    return grad_Wx, grad_Wh, grad_b, carried


@rnn_backward.mistake(
    "The weights act at every step, so their gradients add up over time; you kept one step's alone."
)
def not_accumulated(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, add=lambda old, new: new)


@rnn_backward.mistake(
    "The weights act at every step, so their gradients add up over time; you kept one step's alone."
)
def the_last_step_alone(grad_h, inputs, h, Wx, Wh):
    *gradients, _ = _backward(grad_h, inputs, h, Wx, Wh, steps=1)
    return (*gradients, _backward(grad_h, inputs, h, Wx, Wh)[3])


@rnn_backward.mistake(
    "The gradient isn't carried back: each state also acts through all states after it."
)
def not_carried(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, carry=lambda direct, grad_a, Wh: direct)


@rnn_backward.mistake(
    "You carry back what comes from later states alone; add each state's own grad_h on the way."
)
def only_from_the_last(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, carry=lambda direct, grad_a, Wh: grad_a @ Wh.T)


@rnn_backward.mistake("The slope of tanh is missing: 1 − h², where h is the state after the step.")
def without_slope(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, slope=lambda before, after: 1.0)


@rnn_backward.mistake(
    "The slope of tanh is taken at the state before the step; it is that of the state after it."
)
def slope_before(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, slope=lambda before, after: 1 - before**2)


@rnn_backward.mistake("The slope of tanh is 1 − h²; yours, h·(1 − h), is a sigmoid's.")
def slope_of_sigmoid(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, slope=lambda before, after: after * (1 - after))


@rnn_backward.mistake("On the way back Wh must be transposed.")
def not_transposed(grad_h, inputs, h, Wx, Wh):
    def carry(direct, grad_a, Wh):
        return direct + grad_a @ Wh

    return _backward(grad_h, inputs, h, Wx, Wh, carry=carry)


@rnn_backward.mistake("Wh meets the state before the step, h[:, t]; you took the one after it.")
def state_after(grad_h, inputs, h, Wx, Wh):
    return _backward(grad_h, inputs, h, Wx, Wh, state=lambda before, after: after)


@rnn_backward.mistake("The carried gradient forgot the slope of tanh: it passes through tanh, too.")
def carried_around_tanh(grad_h, inputs, h, Wx, Wh):
    grad_Wx, grad_Wh, grad_b = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(len(Wh))
    carried = grad_h[:, -1]
    for t in reversed(range(inputs.shape[1])):
        grad_a = carried * (1 - h[:, t + 1] ** 2)
        grad_Wx += inputs[:, t].T @ grad_a
        grad_Wh += h[:, t].T @ grad_a
        grad_b += grad_a.sum(axis=0)
        carried = grad_h[:, t] + carried @ Wh.T
    return grad_Wx, grad_Wh, grad_b, carried


@rnn_backward.mistake("The first state acts on the loss directly, too: add grad_h[:, 0].")
def first_state_without_its_own(grad_h, inputs, h, Wx, Wh):
    *gradients, grad_h0 = _backward(grad_h, inputs, h, Wx, Wh)
    return (*gradients, grad_h0 - grad_h[:, 0])


@rnn_backward.mistake(
    "You averaged over the sequences of the batch; grad_h holds the loss's weights already, so sum."
)
def averaged(grad_h, inputs, h, Wx, Wh):
    *gradients, grad_h0 = _backward(grad_h, inputs, h, Wx, Wh)
    return (*(gradient / len(h) for gradient in gradients), grad_h0)


@rnn_backward.mistake("grad_b is missing its sum over the batch: it has one number a unit.")
def bias_not_summed(grad_h, inputs, h, Wx, Wh):
    grad_Wx, grad_Wh, _, grad_h0 = _backward(grad_h, inputs, h, Wx, Wh)
    grad_b = 0
    carried = grad_h[:, -1]
    for t in reversed(range(inputs.shape[1])):
        grad_a = carried * (1 - h[:, t + 1] ** 2)
        grad_b = grad_b + grad_a
        carried = grad_h[:, t] + grad_a @ Wh.T
    return grad_Wx, grad_Wh, grad_b, grad_h0


@rnn_backward.alternative
def first_back_then_sums(grad_h, inputs, h, Wx, Wh):
    grad_a = np.zeros_like(h[:, 1:])
    later = np.zeros_like(h[:, 0])
    for t in range(inputs.shape[1] - 1, -1, -1):
        grad_a[:, t] = (grad_h[:, t + 1] + later) * (1 - np.square(h[:, t + 1]))
        later = grad_a[:, t].dot(Wh.T)
    return (
        np.einsum("bti,btu->iu", inputs, grad_a),
        np.einsum("btv,btu->vu", h[:, :-1], grad_a),
        grad_a.sum(axis=(0, 1)),
        later + grad_h[:, 0],
    )


@rnn_backward.alternative
def in_lists(grad_h, inputs, h, Wx, Wh):
    parts, grad_state = [], grad_h[:, -1].copy()
    for x, before, after, direct in list(
        zip(*(array.transpose(1, 0, 2) for array in (inputs, h[:, :-1], h[:, 1:], grad_h[:, :-1])))
    )[::-1]:
        inside = grad_state - grad_state * after * after
        parts.append((x.T @ inside, before.T @ inside, inside.sum(0)))
        grad_state = direct + (Wh @ inside.T).T
    return [*map(sum, zip(*parts)), grad_state]
