"""Check of `relu_backward`: the slope of ReLU, times the incoming gradient."""

import numpy as np
import tensorflow as tf

from ..check import new_check

relu_backward = new_check(__name__)


def _backward(grad_output, x, slope=lambda x: x > 0):
    return grad_output * slope(x)


LEAKY = "Where the input was negative nothing passes: the slope is 0 there, not a small number."
INPUT = "The slope is 1 or 0; you multiplied by the input."
ALL_PASSES = "Where the input was negative, the output is constant: the slope is 0."
INTEGERS = (
    "The fractions are cut off: your result holds integers. Only the slope is a whole number, the "
    "gradient isn't."
)


def _leaky(slope):
    return lambda x: np.where(x > 0, 1, slope)


relu_backward.add_mistakes(
    _backward,
    [
        (
            "The slope is 1 where the input was positive, not the input itself.",
            {"slope": lambda x: np.maximum(x, 0)},
        ),
        (
            "You let the gradient through where the input was negative: it's the other way round.",
            {"slope": lambda x: x <= 0},
        ),
        (
            "You let the gradient through where the input was negative: it's the other way round.",
            {"slope": lambda x: x < 0},
        ),
        (ALL_PASSES, {"slope": np.ones_like}),
        (ALL_PASSES, {"slope": lambda x: x != 0}),
        ("The slope for negative inputs is 0, not −1.", {"slope": np.sign}),
        (
            "The slope for negative inputs is 0, not −1.",
            {"slope": lambda x: np.where(x > 0, 1, -1)},
        ),
        (
            "The slope for negative inputs is 0, not −1.",
            {"slope": lambda x: np.where(x >= 0, 1, -1)},
        ),
        (INPUT, {"slope": lambda x: x}),
        (INPUT, {"slope": np.abs}),
        (
            "At an input of exactly 0 the slope counts as 0 here: compare with `>`.",
            {"slope": lambda x: x >= 0},
        ),
        (
            "At an input of exactly 0 the slope counts as 0 here, not as ½.",
            {"slope": lambda x: np.heaviside(x, 0.5)},
        ),
        *((LEAKY, {"slope": _leaky(slope)}) for slope in (0.01, 0.1, 0.2, 0.3, 0.001)),
        (
            "You compared the input with 1; the slope changes at 0.",
            {"slope": lambda x: x > 1},
        ),
        (
            "That is the slope of a sigmoid; ReLU's is 1 where the input was positive, else 0.",
            {"slope": lambda x: 1 / (1 + np.exp(-x)) * (1 - 1 / (1 + np.exp(-x)))},
        ),
        (
            "That is the slope of tanh; ReLU's is 1 where the input was positive, else 0.",
            {"slope": lambda x: 1 - np.tanh(x) ** 2},
        ),
        (
            "You used a sigmoid for the slope; ReLU's is 1 where the input was positive, else 0.",
            {"slope": lambda x: 1 / (1 + np.exp(-x))},
        ),
    ],
)


def _result(grad_output, x, of):
    return of(grad_output, x)


SLOPE_ALONE = "You returned the slope alone; multiply it by the incoming gradient."
MATRIX = "`@` is a matrix product; the gradient meets the slope element by element: `*`."
PICKED = (
    "You kept only the elements that pass, so the shape is lost: the others become 0 and stay in "
    "their places."
)
CLIPPED = (
    "You cut the gradient off as well: it passes unchanged where the input was positive, whatever "
    "its own sign."
)

relu_backward.add_mistakes(
    _result,
    [
        (SLOPE_ALONE, {"of": lambda grad, x: x > 0}),
        (
            "That is the forward step of x: the backward step passes the incoming gradient where "
            "x was positive.",
            {"of": lambda grad, x: np.maximum(x, 0)},
        ),
        (
            "The two arrays are exchanged: the gradient passes where x was positive; you passed x "
            "where the gradient is positive.",
            {"of": lambda grad, x: x * (grad > 0)},
        ),
        (PICKED, {"of": lambda grad, x: grad[x > 0]}),
        (CLIPPED, {"of": lambda grad, x: np.maximum(grad, 0) * (x > 0)}),
        (MATRIX, {"of": lambda grad, x: grad @ (x > 0)}),
        (MATRIX, {"of": lambda grad, x: grad @ (x > 0).T}),
        (MATRIX, {"of": lambda grad, x: grad.T @ (x > 0)}),
        (MATRIX, {"of": lambda grad, x: (x > 0).T @ grad}),
        (MATRIX, {"of": lambda grad, x: np.dot(grad, x > 0)}),
        (
            "Where the input wasn't positive nothing passes: put 0 there, not the input.",
            {"of": lambda grad, x: np.where(x > 0, grad, x)},
        ),
        (
            "Where the input wasn't positive nothing passes: put 0 there, not 1.",
            {"of": lambda grad, x: np.where(x > 0, grad, 1)},
        ),
        (
            "Multiply the incoming gradient by the slope; you added them.",
            {"of": lambda grad, x: grad + (x > 0)},
        ),
        (
            "The sign is wrong: where the input was positive the gradient passes unchanged.",
            {"of": lambda grad, x: -grad * (x > 0)},
        ),
        (INTEGERS, {"of": lambda grad, x: (grad * (x > 0)).astype(int)}),
        (
            "The shape is lost: return an array of the shape of x, not a flat one.",
            {"of": lambda grad, x: (grad * (x > 0)).ravel()},
        ),
        (
            "You added everything up; the gradient has the shape of x, one number per element.",
            {"of": lambda grad, x: np.sum(grad * (x > 0))},
        ),
    ],
)


@relu_backward.mistake(SLOPE_ALONE)
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


@relu_backward.mistake("You wrote into the caller's x; make a new array.")
def backward_in_the_input(grad_output, x):
    x[x <= 0] = 0
    x[x > 0] = 1
    return grad_output * x


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
