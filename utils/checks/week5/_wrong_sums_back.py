"""Mistakes of `rnn_backward` in what is summed and returned, as rows of switches."""


def _share(number_of):
    """Return the switch for gradients that are divided by a number."""
    return {
        "result": lambda weights, first, grad_h: (*(g / number_of(grad_h) for g in weights), first)
    }


MEAN_OVER_BATCH = (
    "You averaged over the batch; sum over it, since grad_h already holds the factor of a mean."
)
BIAS_UNSUMMED = "grad_b isn't summed over the batch: it has one number per unit."
NO_SLOPE_FOR = "The gradient of {} must pass through tanh, too: use carried · (1 − h²) there."

OF_THE_SUMS = [
    (
        "The gradients of the weights must pass through tanh, too: use carried · (1 − h²) in all "
        "three sums.",
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
        "Your grad_h0 is the gradient inside the first tanh; carry it on to h0 by the transposed "
        "Wh, and add grad_h[:, 0].",
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
]
