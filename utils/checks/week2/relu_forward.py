"""Check of `relu_forward`: what becomes of negative and of positive numbers, in a new array."""

import numpy as np
import tensorflow as tf

from ..check import new_check

relu_forward = new_check(__name__)


def _relu(x, of=lambda x: np.maximum(x, 0)):
    return of(x)


relu_forward.add_mistakes(
    _relu,
    {
        "Negative numbers become 0; you took their absolute value.": {"of": np.abs},
        "You kept the smaller of x and 0; ReLU keeps the larger.": {
            "of": lambda x: np.minimum(x, 0)
        },
        "Positive numbers keep their value; you returned where they are.": {
            "of": lambda x: (x > 0).astype(float)
        },
        "Nothing is cut off above: only negative numbers change.": {
            "of": lambda x: np.clip(x, 0, 1)
        },
        "Python's `max` and `if` decide once for the whole array; `np.maximum` does it element "
        "by element.": {"of": lambda x: max(x, 0)},
        "`np.max` looks for the largest element along an axis; `np.maximum` compares each with "
        "zero.": {"of": lambda x: np.max(x, 0)},
        "You kept only the positive elements; the others become 0 and stay in their places.": {
            "of": lambda x: x[x > 0]
        },
    },
)


@relu_forward.mistake("You wrote into the caller's array; make a new one, as `np.maximum` does.")
def relu_in_place(x):
    x[x < 0] = 0
    return x


@relu_forward.alternative
def relu_by_where(x):
    return np.where(x > 0, x, 0.0)


@relu_forward.alternative
def relu_by_mask(x):
    return x * (x > 0)


@relu_forward.witness("TensorFlow")
def relu_by_tensorflow(x):
    return tf.nn.relu(x).numpy()
