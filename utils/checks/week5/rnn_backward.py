"""Check of `rnn_backward`: sums over time, the slope of tanh, what is carried back."""

import numpy as np

from ..check import new_check
from ._cells import all_states
from ._wrong_sums_back import OF_THE_SUMS
from ._wrong_walks_back import OF_THE_WALK

rnn_backward = new_check(__name__, points=3)


@rnn_backward.witness("numeric differentiation")
def numeric_gradient(grad_h, inputs, h, Wx, Wh):
    """Nudge each number by itself; the bias is found from the states."""
    h0 = h[:, 0]
    b = (np.arctanh(h[:, 1]) - inputs[:, 0] @ Wx - h0 @ Wh)[0]
    numbers = [array.copy() for array in (Wx, Wh, b, h0)]

    def loss():
        Wx, Wh, b, h0 = numbers
        return np.sum(grad_h * all_states(inputs, h0, Wx, Wh, b))

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
    grad_h, inputs, h, Wx, Wh, total=sum, slope=lambda before, after: 1 - after**2,
    carry=lambda own, grad_a, carried, Wh: own + grad_a @ Wh.T,
    bias=lambda grad_a, carried: grad_a.sum(0), state=lambda before, after: before,
    result=lambda weights, first, grad_h: (*weights, first), start=lambda last: last,
    by_input=lambda x, grad_a, carried: x.T @ grad_a, steps=lambda time: range(time)[::-1],
    by_state=lambda state, grad_a, carried: state.T @ grad_a, shift=0, own_shift=0, h0=None,
):  # fmt: skip
    """Return the four gradients, with changes."""
    parts, carried, time = [], start(grad_h[:, -1]), inputs.shape[1]
    for t in steps(time):
        before, after = h[:, t], h[:, t + 1]
        grad_a = carried * slope(before, after)
        x = inputs[:, (t + shift) % time]
        parts.append(
            (
                by_input(x, grad_a, carried),
                by_state(state(before, after), grad_a, carried),
                bias(grad_a, carried),
            )
        )
        if h0 and t == 0:
            carry = h0
        carried = carry(grad_h[:, t + own_shift], grad_a, carried, Wh)
    return result([total(part) for part in zip(*parts)], carried, grad_h)


rnn_backward.add_mistakes(_backward, OF_THE_WALK)
rnn_backward.add_mistakes(_backward, OF_THE_SUMS)


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
