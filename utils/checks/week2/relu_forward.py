"""Check of `relu_forward`: what becomes of negative and of positive numbers, in a new array."""

import numpy as np
import tensorflow as tf

from ..check import new_check

relu_forward = new_check(__name__)


def _relu(x, of=lambda x: np.maximum(x, 0)):
    return of(x)


def _for_two_axes(x):
    result = np.zeros_like(x)
    for row in range(x.shape[0]):
        for column in range(x.shape[1]):
            result[row, column] = max(0, x[row, column])
    return result


def _leaky(slope):
    return lambda x: np.where(x > 0, x, slope * x)


LEAKY = "That is a leaky ReLU: negative numbers become 0 here, with no slope at all."
SMOOTH = "That is a smooth relative of ReLU: here negative numbers become 0, positive ones stay."
CUT = "Nothing is cut off above: only negative numbers change."
PYTHONS = (
    "Python's `max` and `if` decide once for the whole array; `np.maximum` does it element by "
    "element."
)
WHERE = "Positive numbers keep their value; you returned where they are."
FLAT = "The shape is lost: return an array of the shape of x, not a flat one."
POSITIVE = "You kept only the positive elements; the others become 0 and stay in their places."
TURNED = "The negative numbers are left, and the positive ones gone: it's the other way round."

relu_forward.add_mistakes(
    _relu,
    [
        ("Negative numbers become 0; you took their absolute value.", {"of": np.abs}),
        (
            "You kept the smaller of x and 0; ReLU keeps the larger.",
            {"of": lambda x: np.minimum(x, 0)},
        ),
        (WHERE, {"of": lambda x: (x > 0).astype(float)}),
        (WHERE, {"of": lambda x: x > 0}),
        *((CUT, {"of": lambda x, most=most: np.clip(x, 0, most)}) for most in (1, 6, 255)),
        (PYTHONS, {"of": lambda x: max(x, 0)}),
        (PYTHONS, {"of": lambda x: max(0, x)}),
        (PYTHONS, {"of": lambda x: x if x > 0 else 0}),
        (
            "Your loop takes x apart along one axis only, so it works for vectors alone; "
            "`np.maximum` takes any shape.",
            {"of": lambda x: np.array([max(0, each) for each in x])},
        ),
        (
            "Your loops are made for two axes; x may have any number. `np.maximum` takes any "
            "shape.",
            {"of": _for_two_axes},
        ),
        (
            "`np.max` looks for the largest element along an axis; `np.maximum` compares each with "
            "zero.",
            {"of": lambda x: np.max(x, 0)},
        ),
        (
            "`np.max` looks for the one largest element; `np.maximum` compares each with zero.",
            {"of": np.max},
        ),
        (POSITIVE, {"of": lambda x: x[x > 0]}),
        *((LEAKY, {"of": _leaky(slope)}) for slope in (0.01, 0.1, 0.2, 0.3, 0.05, 0.001)),
        (SMOOTH, {"of": lambda x: np.logaddexp(0, x)}),
        (SMOOTH, {"of": lambda x: np.log(1 + np.exp(x))}),
        (SMOOTH, {"of": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0)))}),
        (SMOOTH, {"of": lambda x: x / (1 + np.exp(-x))}),
        ("That is a sigmoid; ReLU is max(x, 0).", {"of": lambda x: 1 / (1 + np.exp(-x))}),
        ("That is tanh; ReLU is max(x, 0).", {"of": np.tanh}),
        (FLAT, {"of": lambda x: np.maximum(x, 0).ravel()}),
        (FLAT, {"of": lambda x: [max(each, 0.0) for each in x.flat]}),
        (
            "Negative numbers become 0, not 1.",
            {"of": lambda x: np.where(x > 0, x, 1)},
        ),
        ("You compared with 1; ReLU compares with 0.", {"of": lambda x: np.maximum(x, 1)}),
        ("You compared with 1; ReLU compares with 0.", {"of": lambda x: x * (x > 1)}),
        ("Negative numbers become 0, not −1.", {"of": lambda x: np.maximum(x, -1)}),
        (TURNED, {"of": lambda x: -np.minimum(x, 0)}),
        ("You took the sign of x; positive numbers keep their value.", {"of": np.sign}),
        (
            "The fractions are cut off: your new array holds integers. Make it as "
            "`np.zeros_like(x)` does, of floats.",
            {"of": lambda x: np.maximum(x, 0).astype(int)},
        ),
        ("Positive numbers keep their value; you squared them.", {"of": lambda x: x**2 * (x > 0)}),
        ("You returned x as it is: negative numbers become 0.", {"of": lambda x: x.copy()}),
        (
            "Return an array, as `np.maximum` does, not a list.",
            {"of": lambda x: np.maximum(x, 0).tolist()},
        ),
    ],
)


@relu_forward.mistake("You wrote into the caller's array; make a new one, as `np.maximum` does.")
def relu_in_place(x):
    x[x < 0] = 0
    return x


@relu_forward.mistake(
    "You changed the caller's array and returned nothing: make a new array, as `np.maximum` does, "
    "and return it."
)
def relu_in_place_alone(x):
    x[x < 0] = 0


@relu_forward.alternative
def relu_by_where(x):
    return np.where(x > 0, x, 0.0)


@relu_forward.alternative
def relu_by_mask(x):
    return x * (x > 0)


@relu_forward.witness("TensorFlow")
def relu_by_tensorflow(x):
    return tf.nn.relu(x).numpy()
