"""On which inputs `softmax_regression` is tried."""

import tensorflow as tf

from ..recorder import probe
from ._arrays import draw_sizes, float32, gradient_of

NAMES = ("the logits", "the probabilities")


def _gradients_of_W(function, W, x, b):
    """Return the gradients of logits and of squared probabilities with respect to W."""
    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape(persistent=True) as tape:
        logits, probabilities, classes = function(tf.constant(x), W, b)
        if tf.is_tensor(probabilities):
            probabilities = tf.square(probabilities)  # the sum of them is 1, and never changes
    found = zip(NAMES, (logits, probabilities))
    gradients = {name: gradient_of(tape, result, W) for name, result in found}
    return gradients | {"the classes": "a tensor" if tf.is_tensor(classes) else "not a tensor"}


@probe
def softmax_regression(call, rng):
    batch, inputs, classes = draw_sizes(rng, 3)
    x, W, b = (float32(rng.normal(size=s)) for s in ((batch, inputs), (inputs, classes), classes))
    call(f"a batch of {batch}", tf.constant(x), tf.Variable(W), tf.Variable(b))
    call("a batch of one", tf.constant(x[:1]), tf.Variable(W), tf.Variable(b))
    call("logits near 1000", tf.constant(x), tf.Variable(W), tf.Variable(b + 1000))
    call.inside("gradients with respect to W, by the tape", _gradients_of_W, W, x, b)
