"""Mistakes of `dense_backward`, as rows of switches."""

import numpy as np


def _backward(
    grad_output,
    x,
    W,
    of_x=lambda g, W: g @ W.T,
    of_W=lambda g, x: x.T @ g,
    of_b=lambda g: g.sum(axis=0),
    order=(0, 1, 2),
):
    gradients = of_x(grad_output, W), of_W(grad_output, x), of_b(grad_output)
    return tuple(gradients[i] for i in order)


NOT_SUMMED = (
    "The bias gradient isn't summed over the batch: b is added to every row, so each row "
    "contributes."
)
AVERAGED = (
    "You averaged over the batch; a sum belongs here. The loss is already a mean, so its "
    "gradient contains that 1/n."
)
W_FIRST = "grad_W is transposed: it should have W's shape, so x comes first: x.T @ …"
W_TRANSPOSED = "grad_x needs W transposed: each input gathers from all of its outputs."
ORDER = "The order of the results is (grad_x, grad_W, grad_b)."
OF_OUTPUTS = "You added up over the outputs for grad_b; add up the rows: axis=0."
FORGOTTEN = (
    "You forgot the incoming gradient in {}: by the chain rule it is a factor of each result."
)
RESHAPED = (
    "`reshape` doesn't transpose: it keeps the order of the numbers and cuts them into other rows. "
    "Use `.T`."
)
LAST_ROW = (
    "Only one row of the batch is left: each row adds its share to the gradients of W and b. Add "
    "up with `+=`."
)


def _last_row(g):
    return g[-1]


ROWS = [
    (NOT_SUMMED, {"of_b": lambda g: g}),
    (
        "The bias gradient is missing: it is the sum of the incoming gradient over the rows.",
        {"of_b": lambda g: np.zeros(g.shape[1])},
    ),
    (OF_OUTPUTS, {"of_b": lambda g: g.sum(axis=1)}),
    (OF_OUTPUTS, {"of_b": lambda g: g.mean(axis=1)}),
    (
        "You added up everything for grad_b; each output has its own bias: add up the rows "
        "only, axis=0.",
        {"of_b": np.sum},
    ),
    (
        "You added up everything for grad_b; each output has its own bias: add up the rows "
        "only, axis=0.",
        {"of_b": lambda g: np.full(g.shape[1], g.sum())},
    ),
    ("You averaged everything for grad_b; add up the rows: axis=0.", {"of_b": np.mean}),
    (AVERAGED, {"of_W": lambda g, x: x.T @ g / len(x), "of_b": lambda g: g.mean(axis=0)}),
    (
        AVERAGED,
        {
            "of_x": lambda g, W: g @ W.T / len(g),
            "of_W": lambda g, x: x.T @ g / len(x),
            "of_b": lambda g: g.mean(axis=0),
        },
    ),
    (
        AVERAGED,
        {
            "of_x": lambda g, W: g @ W.T / len(g),
            "of_W": lambda g, x: x.T @ g / len(x),
            "of_b": lambda g: g.sum(axis=0) / len(g),
        },
    ),
    (
        "Only the bias gradient is averaged: sum it over the batch, as the matrix product does "
        "for grad_W.",
        {"of_b": lambda g: g.mean(axis=0)},
    ),
    (W_FIRST, {"of_W": lambda g, x: g.T @ x}),
    (
        "grad_W is x.T @ grad_output: x must be transposed, so that its rows meet those of "
        "the gradient.",
        {"of_W": lambda g, x: x @ g},
    ),
    (
        "grad_W is x.T @ grad_output: x must be transposed and stand first.",
        {"of_W": lambda g, x: g @ x},
    ),
    (
        "grad_W is x.T @ grad_output: x must be transposed, not the gradient.",
        {"of_W": lambda g, x: x @ g.T},
    ),
    (
        "grad_W is x.T @ grad_output: the other order adds up over the wrong axis.",
        {"of_W": lambda g, x: g @ x.T},
    ),
    (W_TRANSPOSED, {"of_x": lambda g, W: g @ W}),
    (W_TRANSPOSED, {"of_x": lambda g, W: W @ g}),
    (
        "grad_x is grad_output @ W.T: the gradient stands first.",
        {"of_x": lambda g, W: W.T @ g},
    ),
    (
        "You divided grad_W by the batch size; the gradient of the loss already contains that 1/n.",
        {"of_W": lambda g, x: x.T @ g / len(x)},
    ),
    (
        "You divided grad_x by the batch size: each row of x has its own gradient, and the "
        "loss's contains that 1/n already.",
        {"of_x": lambda g, W: g @ W.T / len(g)},
    ),
    ("grad_x is transposed: it should have the shape of x.", {"of_x": lambda g, W: W @ g.T}),
    (
        "The order of the results is (grad_x, grad_W, grad_b); you put grad_W first.",
        {"order": (1, 0, 2)},
    ),
    *((ORDER, {"order": order}) for order in ((1, 2, 0), (2, 1, 0), (2, 0, 1), (0, 2, 1))),
    ("grad_x is missing: return all three, (grad_x, grad_W, grad_b).", {"order": (1, 2)}),
    ("grad_b is missing: return all three, (grad_x, grad_W, grad_b).", {"order": (0, 1)}),
    (
        "grad_b has b's shape, (outputs,): leave out keepdims.",
        {"of_b": lambda g: g.sum(axis=0, keepdims=True)},
    ),
    (
        "grad_b has b's shape, (outputs,): it is no column.",
        {"of_b": lambda g: g.sum(axis=0)[:, None]},
    ),
    (FORGOTTEN.format("grad_b"), {"of_b": lambda g: np.ones(g.shape[1])}),
    (FORGOTTEN.format("grad_b"), {"of_b": lambda g: np.full(g.shape[1], len(g))}),
    (FORGOTTEN.format("grad_b"), {"of_b": lambda g: 1.0}),
    (FORGOTTEN.format("grad_x"), {"of_x": lambda g, W: W}),
    (FORGOTTEN.format("grad_x"), {"of_x": lambda g, W: W.T}),
    (FORGOTTEN.format("grad_x"), {"of_x": lambda g, W: np.tile(W.sum(axis=1), (len(g), 1))}),
    (FORGOTTEN.format("grad_W"), {"of_W": lambda g, x: x}),
    (FORGOTTEN.format("grad_W"), {"of_W": lambda g, x: x.T}),
    (
        FORGOTTEN.format("grad_W"),
        {"of_W": lambda g, x: np.tile(x.sum(axis=0)[:, None], g.shape[1])},
    ),
    (RESHAPED, {"of_x": lambda g, W: g @ W.reshape(W.shape[::-1])}),
    (RESHAPED, {"of_W": lambda g, x: x.reshape(x.shape[::-1]) @ g}),
    (
        RESHAPED,
        {
            "of_x": lambda g, W: g @ W.reshape(W.shape[::-1]),
            "of_W": lambda g, x: x.reshape(x.shape[::-1]) @ g,
        },
    ),
    (LAST_ROW, {"of_W": lambda g, x: np.outer(x[-1], g[-1])}),
    (LAST_ROW, {"of_W": lambda g, x: np.outer(x[-1], g[-1]), "of_b": _last_row}),
    (LAST_ROW, {"of_b": _last_row}),
    (LAST_ROW, {"of_b": lambda g: g[0]}),
    (
        "You took the largest gradient for grad_b; add up the rows.",
        {"of_b": lambda g: g.max(0)},
    ),
    (
        "The sign is wrong: a gradient points uphill, and only the step goes the other way.",
        {
            "of_x": lambda g, W: -g @ W.T,
            "of_W": lambda g, x: -x.T @ g,
            "of_b": lambda g: -g.sum(axis=0),
        },
    ),
]
