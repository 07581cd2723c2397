"""Check of `relu_forward`: points, the mistakes people make, sound variants."""

import numpy as np
import tensorflow as tf

from ..check import new_check

relu_forward = new_check(__name__)


@relu_forward.mistake("Negative numbers become 0; you took their absolute value.")
def absolute_values(x):
    return np.abs(x)


@relu_forward.mistake("You kept the smaller of x and 0; ReLU keeps the larger.")
def smaller(x):
    return np.minimum(x, 0)


@relu_forward.mistake("Positive numbers keep their value; you returned where they are.")
def where_positive(x):
    return (x > 0).astype(float)


@relu_forward.mistake("Nothing is cut off above: only negative numbers change.")
def cut_at_one(x):
    return np.clip(x, 0, 1)


@relu_forward.mistake("You wrote into the caller's array; make a new one, as `np.maximum` does.")
def relu_in_place(x):
    x[x < 0] = 0
    return x


@relu_forward.mistake(
    "Python's `max` and `if` decide once for all; `np.maximum` does it element by element."
)
def by_pythons_max(x):
    return max(x, 0)


@relu_forward.mistake(
    "`np.max` looks for the largest element along an axis; `np.maximum` compares each with zero."
)
def by_np_max(x):
    return np.max(x, 0)


@relu_forward.mistake(
    "You kept only the positive elements; the others become 0 and stay in their places."
)
def positive_alone(x):
    return x[x > 0]


@relu_forward.alternative
def relu_by_where(x):
    return np.where(x > 0, x, 0.0)


@relu_forward.alternative
def relu_by_mask(x):
    return x * (x > 0)


@relu_forward.witness("TensorFlow")
def relu_by_tensorflow(x):
    return tf.nn.relu(x).numpy()
