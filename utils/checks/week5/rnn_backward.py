"""Check of `rnn_backward`: sums over time, the slope of tanh, what is carried back."""

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
    carry=lambda own, grad_a, carried, Wh: own + grad_a @ Wh.T, bias=lambda grad_a: grad_a.sum(0),
    state=lambda before, after: before, result=lambda weights, first, grad_h: (*weights, first),
):  # fmt: skip
    """Return the four gradients, with changes."""
    steps, carried = [], grad_h[:, -1]
    for t in reversed(range(inputs.shape[1])):
        before, after = h[:, t], h[:, t + 1]
        grad_a = carried * slope(before, after)
        steps.append((inputs[:, t].T @ grad_a, state(before, after).T @ grad_a, bias(grad_a)))
        carried = carry(grad_h[:, t], grad_a, carried, Wh)
    return result([total(parts) for parts in zip(*steps)], carried, grad_h)


ONE_STEP = (
    "The weights act at every step, so their gradients add up over time; you kept those of one "
    "step only."
)


rnn_backward.add_mistakes(
    _backward,
    [
        (ONE_STEP, {"total": lambda parts: parts[-1]}),
        (ONE_STEP, {"total": lambda parts: parts[0]}),
        (
            "The gradient isn't carried back: each state also acts through all states after it.",
            {"carry": lambda own, grad_a, carried, Wh: own},
        ),
        (
            "You carry back only what comes from later states; add each state's own grad_h on the "
            "way.",
            {"carry": lambda own, grad_a, carried, Wh: grad_a @ Wh.T},
        ),
        (
            "The slope of tanh is missing: 1 − h², where h is the state after the step.",
            {"slope": lambda before, after: 1.0},
        ),
        (
            "You took the slope of tanh at the state before the step; take it at the state after "
            "the step.",
            {"slope": lambda before, after: 1 - before**2},
        ),
        (
            "The slope of tanh is 1 − h²; yours, h·(1 − h), is a sigmoid's.",
            {"slope": lambda before, after: after * (1 - after)},
        ),
        (
            "On the way back Wh must be transposed.",
            {"carry": lambda own, grad_a, carried, Wh: own + grad_a @ Wh},
        ),
        (
            "Wh multiplies the state before the step, h[:, t]; you took the one after it.",
            {"state": lambda before, after: after},
        ),
        (
            "The slope of tanh is missing from the gradient that you carry back: it passes "
            "through tanh, too.",
            {"carry": lambda own, grad_a, carried, Wh: own + carried @ Wh.T},
        ),
        (
            "The first state acts on the loss directly, too: add grad_h[:, 0].",
            {"result": lambda weights, first, grad_h: (*weights, first - grad_h[:, 0])},
        ),
        (
            "You averaged over the batch; sum over it, since grad_h already holds the factor of a "
            "mean.",
            {"result": lambda weights, first, grad_h: (*(g / len(grad_h) for g in weights), first)},
        ),
        (
            "grad_b isn't summed over the batch: it has one number per unit.",
            {"bias": lambda grad_a: grad_a},
        ),
    ],
)


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
