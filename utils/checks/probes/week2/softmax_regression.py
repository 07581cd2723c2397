"""On which inputs `softmax_regression` is tried."""

import tensorflow as tf

from ..recorder import probe
from ._arrays import draw_sizes, float32, tape_gradient


def _gradient_of_W(function, W, x, b):
    return tape_gradient(lambda W, x, b: function(x, W, b), W, x, b)


@probe
def softmax_regression(call, rng):
    batch, inputs, classes = draw_sizes(rng, 3)
    x, W, b = (float32(rng.normal(size=s)) for s in ((batch, inputs), (inputs, classes), classes))
    call(f"a batch of {batch}", tf.constant(x), tf.Variable(W), tf.Variable(b))
    call("a batch of one", tf.constant(x[:1]), tf.Variable(W), tf.Variable(b))
    call("logits near 1000", tf.constant(x), tf.Variable(W), tf.Variable(b + 1000))
    call.inside("the gradient of its logits with respect to W", _gradient_of_W, W, x, b)
