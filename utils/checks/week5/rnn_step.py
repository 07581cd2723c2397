"""Check of `rnn_step`: one tanh of input, previous state and bias."""

import numpy as np
from keras import layers
from scipy.special import expit as sigmoid

from ..check import new_check
from ._cells import keras_step

rnn_step = new_check(__name__)


@rnn_step.witness("Keras")
def keras_simple_cell(x, h, Wx, Wh, b):
    return keras_step(layers.SimpleRNNCell(len(Wh), dtype="float64"), [Wx, Wh, b], x, h)[0]


def _step(
    x, h, Wx, Wh, b, squash=np.tanh, total=lambda xW, hW, b: xW + hW + b,
    from_state=lambda h, Wh: h @ Wh, result=lambda new, h: new,
):  # fmt: skip
    """Return the next state, with changes."""
    return result(squash(total(x @ Wx, from_state(h, Wh), b)), h)


def _softmax(a):
    powers = np.exp(a - a.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


BIAS_OUTSIDE = "The bias belongs inside the tanh, to the sum; you added it outside."
ONE_TANH = "Take one tanh of the sum, not one of each part."
ONLY_INPUT = (
    "The tanh is only around what comes from the input; h Wh belongs inside it, too, so that every "
    "state stays between −1 and 1."
)
ONLY_STATE = (
    "The tanh is only around what comes from the state; x Wx belongs inside it, too, so that every "
    "state stays between −1 and 1."
)
ADDED = "You added the previous state to the new one; the cell replaces it."


def _outside(add):
    """Return switches for a tanh around a part of the sum alone."""
    return {"squash": lambda a: a, "total": add}


rnn_step.add_mistakes(
    _step,
    [
        ("The bias is missing.", {"total": lambda xW, hW, b: xW + hW}),
        (
            "The tanh is missing: without it, states can grow without bound.",
            {"squash": lambda a: a},
        ),
        (
            "The previous state isn't used: without it, the cell has no memory.",
            {"total": lambda xW, hW, b: xW + b},
        ),
        (
            "What comes in isn't used: x Wx is missing from the sum.",
            {"total": lambda xW, hW, b: hW + b},
        ),
        (
            "The previous state and the bias are missing: the sum has three terms.",
            {"total": lambda xW, hW, b: xW},
        ),
        ("You used a sigmoid; the cell has a tanh.", {"squash": sigmoid}),
        (
            "You used a ReLU; the cell has a tanh, whose values lie between −1 and 1.",
            {"squash": lambda a: np.maximum(a, 0)},
        ),
        ("You used a softmax; the cell has a tanh.", {"squash": _softmax}),
        ("You cut the sum off at ±1; the cell has a tanh.", {"squash": lambda a: a.clip(-1, 1)}),
        ("You took the tanh twice; once is asked for.", {"squash": lambda a: np.tanh(np.tanh(a))}),
        ("You used an arctan; the cell has a tanh.", {"squash": np.arctan}),
        ("You used a sine; the cell has a tanh.", {"squash": np.sin}),
        ("You used a sinh; the cell has a tanh.", {"squash": lambda a: np.sinh(a.clip(-700, 700))}),
        ("You used a tan; the cell has a tanh.", {"squash": np.tan}),
        (BIAS_OUTSIDE, _outside(lambda xW, hW, b: np.tanh(xW + hW) + b)),
        (
            "Wh is transposed: its rows belong to the previous state, its columns to the new one.",
            {"from_state": lambda h, Wh: h @ Wh.T},
        ),
        (
            "The previous state is added without its matrix: h @ Wh belongs into the sum.",
            {"from_state": lambda h, Wh: h},
        ),
        (
            "The previous state goes through a tanh before its product with Wh; it has been "
            "through one already.",
            {"from_state": lambda h, Wh: np.tanh(h) @ Wh},
        ),
        (
            "You multiplied h by the sums of Wh's columns, or by single weights; h Wh is a matrix "
            "product, `h @ Wh`.",
            {"from_state": lambda h, Wh: h * Wh.sum(axis=0)},
        ),
        *(
            (ONE_TANH, _outside(add))
            for add in (
                lambda xW, hW, b: np.tanh(xW) + np.tanh(hW + b),
                lambda xW, hW, b: np.tanh(xW + b) + np.tanh(hW),
                lambda xW, hW, b: np.tanh(xW) + np.tanh(hW) + np.tanh(b),
                lambda xW, hW, b: np.tanh(xW + b) + np.tanh(hW + b),
            )
        ),
        (
            "Take one tanh of the sum of all three; you took one of each product, and added the "
            "bias outside.",
            _outside(lambda xW, hW, b: np.tanh(xW) + np.tanh(hW) + b),
        ),
        *(
            (ONLY_INPUT, _outside(add))
            for add in (
                lambda xW, hW, b: np.tanh(xW + b) + hW,
                lambda xW, hW, b: np.tanh(xW) + hW + b,
            )
        ),
        *(
            (ONLY_STATE, _outside(add))
            for add in (
                lambda xW, hW, b: np.tanh(hW + b) + xW,
                lambda xW, hW, b: np.tanh(hW) + xW + b,
            )
        ),
        (
            "There is a second tanh inside: take one of the sum x Wx + h Wh + b.",
            {"total": lambda xW, hW, b: np.tanh(xW + b) + hW},
        ),
        ("The bias is there twice.", {"total": lambda xW, hW, b: xW + hW + 2 * b}),
        ("You subtracted the bias; add it.", {"total": lambda xW, hW, b: xW + hW - b}),
        ("You subtracted h Wh; add it.", {"total": lambda xW, hW, b: xW - hW + b}),
        ("You multiplied the two products; add them.", {"total": lambda xW, hW, b: xW * hW + b}),
        (
            "You took the mean of the products; add them.",
            {"total": lambda x, h, b: (x + h) / 2 + b},
        ),
        (
            "You added the sum of all biases to each unit; each unit has its own.",
            {"total": lambda xW, hW, b: xW + hW + b.sum()},
        ),
        *(
            (ADDED, {"result": add})
            for add in (lambda new, h: h + new, lambda new, h: (h + new) / 2)
        ),
        (
            "You added the state as it is, too, inside the tanh; h Wh alone belongs there.",
            {"from_state": lambda h, Wh: h + h @ Wh},
        ),
        (
            "You multiplied the new state by the previous one; the cell replaces it.",
            {"result": lambda new, h: h * new},
        ),
        (
            "You returned one state, the mean over the batch; each row has its own.",
            {"result": lambda new, h: new.mean(axis=0)},
        ),
    ],
)


@rnn_step.alternative
def side_by_side(x, h, Wx, Wh, b):
    return np.tanh(np.concatenate([x, h], axis=1) @ np.concatenate([Wx, Wh]) + b)


@rnn_step.alternative
def by_einsum(x, h, Wx, Wh, b):
    return np.tanh(np.einsum("bi,iu->bu", x, Wx) + np.einsum("bu,uv->bv", h, Wh) + b[None])
