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


def _share(number_of):
    """Return the switch for gradients that are divided by a number."""
    return {
        "result": lambda weights, first, grad_h: (*(g / number_of(grad_h) for g in weights), first)
    }


ONE_STEP = (
    "The weights act at every step, so their gradients add up over time; you kept those of one "
    "step only."
)
NOT_CARRIED = "The gradient isn't carried back: each state also acts through all states after it."
MEAN_OVER_BATCH = (
    "You averaged over the batch; sum over it, since grad_h already holds the factor of a mean."
)
LAST_FORGOTTEN = (
    "The last state's own grad_h is missing: the walk begins with grad_h[:, −1], at t = time − 1."
)
BIAS_UNSUMMED = "grad_b isn't summed over the batch: it has one number per unit."
NO_SLOPE_FOR = "The gradient by {} must pass through tanh, too: use carried · (1 − h²) there."

rnn_backward.add_mistakes(
    _backward,
    [
        (ONE_STEP, {"total": lambda parts: parts[-1]}),
        (ONE_STEP, {"total": lambda parts: parts[0]}),
        (
            "You averaged over the steps; the gradients by the weights add up over time.",
            {"total": lambda parts: sum(parts) / len(parts)},
        ),
        (NOT_CARRIED, {"carry": lambda own, grad_a, carried, Wh: own}),
        (
            NOT_CARRIED,
            {
                "carry": lambda own, grad_a, carried, Wh: own,
                "h0": lambda own, grad_a, carried, Wh: own + grad_a @ Wh.T,
            },
        ),
        (
            "You carry back only what comes from later states; add each state's own grad_h on the "
            "way.",
            {"carry": lambda own, grad_a, carried, Wh: grad_a @ Wh.T},
        ),
        (
            "You add the own grad_h of the first state alone; add that of each state on the way.",
            {
                "carry": lambda own, grad_a, carried, Wh: grad_a @ Wh.T,
                "h0": lambda own, grad_a, carried, Wh: own + grad_a @ Wh.T,
            },
        ),
        (LAST_FORGOTTEN, {"start": np.zeros_like}),
        (
            "You added the last state's own grad_h twice: start from it once.",
            {"start": lambda last: 2 * last},
        ),
        (
            "At each step you added the own grad_h of the state after it, not of the state before: "
            "add grad_h[:, t] to what goes to h[:, t].",
            {"own_shift": 1},
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
            "The slope of tanh is 1 − h²; the square is missing from yours.",
            {"slope": lambda before, after: 1 - after},
        ),
        (
            "The slope of tanh is 1 − h²; yours is 1 + h².",
            {"slope": lambda before, after: 1 + after**2},
        ),
        (
            "The slope of tanh is 1 − h²; yours is h².",
            {"slope": lambda before, after: after**2},
        ),
        (
            "The slope of tanh is 1 − h²; yours is (1 − h)².",
            {"slope": lambda before, after: (1 - after) ** 2},
        ),
        (
            "The slope of tanh is 1 − h²; you squared it.",
            {"slope": lambda before, after: (1 - after**2) ** 2},
        ),
        (
            "h holds the values of tanh already: its slope is 1 − h², without another tanh.",
            {"slope": lambda before, after: 1 - np.tanh(after) ** 2},
        ),
        (
            "You multiplied by tanh of h; multiply by the slope of tanh, 1 − h².",
            {"slope": lambda before, after: np.tanh(after)},
        ),
        (
            "You took the slope of a ReLU; that of tanh is 1 − h².",
            {"slope": lambda before, after: (after > 0) * 1.0},
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
            "Wx multiplies inputs[:, t] at the step that leads to h[:, t + 1]; you took the next "
            "one.",
            {"shift": 1},
        ),
        (
            "Wx multiplies inputs[:, t] at the step that leads to h[:, t + 1]; you took the one "
            "before.",
            {"shift": -1},
        ),
        (
            "The slope of tanh is missing from the gradient that you carry back: it passes "
            "through tanh, too.",
            {"carry": lambda own, grad_a, carried, Wh: own + carried @ Wh.T},
        ),
        (
            "The gradient passes through tanh before it meets Wh; you multiplied a state's own "
            "grad_h by Wh, too.",
            {"carry": lambda own, grad_a, carried, Wh: (own + grad_a) @ Wh.T},
        ),
        (
            "The carried gradient must pass Wh: a state acts on the next one through Wh.",
            {"carry": lambda own, grad_a, carried, Wh: own + grad_a},
        ),
        (
            "The gradient by the weights must pass through tanh, too: use carried · (1 − h²) in "
            "all three sums.",
            {
                "by_input": lambda x, grad_a, carried: x.T @ carried,
                "by_state": lambda state, grad_a, carried: state.T @ carried,
                "bias": lambda grad_a, carried: carried.sum(0),
            },
        ),
        (
            NO_SLOPE_FOR.format("b"),
            {"bias": lambda grad_a, carried: carried.sum(0)},
        ),
        (
            NO_SLOPE_FOR.format("Wx"),
            {"by_input": lambda x, grad_a, carried: x.T @ carried},
        ),
        (
            NO_SLOPE_FOR.format("Wh"),
            {"by_state": lambda state, grad_a, carried: state.T @ carried},
        ),
        (
            "The first state acts on the loss directly, too: add grad_h[:, 0].",
            {"result": lambda weights, first, grad_h: (*weights, first - grad_h[:, 0])},
        ),
        (
            "grad_h0 lacks what the first state does through all later ones; it isn't grad_h[:, 0] "
            "alone.",
            {"result": lambda weights, first, grad_h: (*weights, grad_h[:, 0])},
        ),
        (
            "The first state's own grad_h is added twice in grad_h0.",
            {"result": lambda weights, first, grad_h: (*weights, first + grad_h[:, 0])},
        ),
        (
            "grad_h0 is the gradient by inside of the first tanh; carry it on to h0 by the "
            "transposed Wh, and add grad_h[:, 0].",
            {"h0": lambda own, grad_a, carried, Wh: grad_a},
        ),
        (
            "grad_h0 has the shape of h0, (batch, units): the first state is each row's own, so "
            "it isn't summed over the batch.",
            {"result": lambda weights, first, grad_h: (*weights, first.sum(0))},
        ),
        (
            "grad_h0 is missing: four gradients are asked for.",
            {"result": lambda weights, first, grad_h: tuple(weights)},
        ),
        (
            "grad_b is missing: four gradients are asked for.",
            {"result": lambda weights, first, grad_h: (*weights[:2], first)},
        ),
        (MEAN_OVER_BATCH, _share(len)),
        (
            MEAN_OVER_BATCH,
            {"result": lambda weights, first, g: (*(w / len(g) for w in weights), first / len(g))},
        ),
        (
            "grad_b is averaged over the batch; sum over it, as for the other gradients.",
            {"bias": lambda grad_a, carried: grad_a.mean(0)},
        ),
        (BIAS_UNSUMMED, {"bias": lambda grad_a, carried: grad_a}),
        (
            "grad_b sums over the units; sum over the batch, axis 0, so that one number per unit "
            "remains.",
            {"bias": lambda grad_a, carried: grad_a.sum(1)},
        ),
        (
            "grad_b is a single number; it has one per unit: sum over the batch alone.",
            {"bias": lambda grad_a, carried: grad_a.sum()},
        ),
        (
            "grad_b has an axis too many: it has shape (units,), so no keepdims.",
            {"bias": lambda grad_a, carried: grad_a.sum(0, keepdims=True)},
        ),
        (
            "You walked from the first step to the last; walk backwards, so that what comes from "
            "later states is known.",
            {"steps": range},
        ),
        (
            "Your walk leaves out the last step: it begins with t = time − 1.",
            {"steps": lambda time: range(time - 1)[::-1]},
        ),
        (
            "Your walk leaves out the first step: it ends with t = 0.",
            {"steps": lambda time: range(1, time)[::-1]},
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
