"""Arrays that several probes of week 2 draw, and what they read off results."""

import numpy as np
import tensorflow as tf


def float32(array):
    return np.asarray(array, np.float32)


def draw_sizes(rng, count):
    """Return as many sizes from 3 to 7 as `count` says, ints; no two are alike."""
    return [int(size) for size in rng.permutation(np.arange(3, 8))[:count]]


def tape_gradient(function, variable, *others):
    """Return the gradient of a function's (first) result with respect to its first argument.

    A dict: "the result" says whether it is a tensor, "the tape" whether the way to the argument was
    recorded, and "the gradient" is an array, or a word where there is none.
    """
    variable = tf.Variable(variable)
    with tf.GradientTape() as tape:
        result = function(variable, *map(tf.constant, others))
    first = result[0] if isinstance(result, (list, tuple)) else result
    return gradient_of(tape, first, variable)


def gradient_of(tape, result, variable):
    """Return what `tape_gradient` does, of a result that the tape may have recorded."""
    gradient = tape.gradient(result, variable) if tf.is_tensor(result) else None
    return {
        "the result": "a tensor" if tf.is_tensor(result) else "not a tensor",
        "the tape": "knows how it was computed" if gradient is not None else "knows nothing of it",
        "the gradient": "none" if gradient is None else gradient,
    }


def draw_signs(rng, shape):
    """Return floats of both signs, none near zero, where slopes jump."""
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.2, 2, size=shape)


def draw_both_signs(rng, shape):
    """Return the same; the first two are of different signs, so that there are both for certain."""
    numbers = draw_signs(rng, shape)
    numbers.flat[:2] = np.abs(numbers.flat[:2]) * rng.permutation([1, -1])
    return numbers


def kind_of_array(value):
    return "a NumPy array" if isinstance(value, np.ndarray) else f"a {type(value).__name__}"


def draw_images(rng, count):
    return float32(rng.uniform(size=(count, 28, 28, 1)))
