"""Check of `relu_backward`: the slope of ReLU, times the incoming gradient."""

import numpy as np
import tensorflow as tf

from ..check import new_check

relu_backward = new_check(__name__)


def _backward(grad_output, x, slope=lambda x: x > 0):
    return grad_output * slope(x)


relu_backward.add_mistakes(
    _backward,
    {
        "The slope is 1 where the input was positive, not the input itself.": {
            "slope": lambda x: np.maximum(x, 0)
        },
        "You let the gradient through where the input was negative: it's the other way round.": {
            "slope": lambda x: x <= 0
        },
        "Where the input was negative, the output is constant: the slope is 0.": {
            "slope": np.ones_like
        },
        "The slope for negative inputs is 0, not −1.": {"slope": np.sign},
        "The slope is 1 or 0; you multiplied by the input.": {"slope": lambda x: x},
        "At an input of exactly 0 the slope counts as 0 here: compare with `>`.": {
            "slope": lambda x: x >= 0
        },
    },
)


@relu_backward.mistake("You returned the slope alone; multiply it by the incoming gradient.")
def slope_alone(grad_output, x):
    return (x > 0).astype(float)


@relu_backward.mistake(
    "The gradient passes where the *input* was positive; you looked at the sign of the gradient."
)
def sign_of_gradient(grad_output, x):
    return grad_output * (grad_output > 0)


@relu_backward.mistake("You wrote into the caller's gradient; make a new array.")
def backward_in_place(grad_output, x):
    grad_output[x <= 0] = 0
    return grad_output


@relu_backward.alternative
def backward_by_where(grad_output, x):
    return np.where(x > 0, grad_output, 0.0)


@relu_backward.alternative
def backward_by_copy(grad_output, x):
    result = grad_output.copy()
    result[x <= 0] = 0
    return result


@relu_backward.witness("TensorFlow")
def relu_by_tape(grad_output, x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.nn.relu(x)
    return tape.gradient(y, x, output_gradients=tf.constant(grad_output)).numpy()
