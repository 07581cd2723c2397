"""On which inputs `softmax_regression` is tried."""

import tensorflow as tf

from ..recorder import probe
from ._arrays import float32, tape_gradient


@probe
def softmax_regression(call, rng):
    x, W, b = (float32(rng.normal(size=shape)) for shape in ((6, 5), (5, 4), (4,)))
    call("a batch of six", tf.constant(x), tf.Variable(W), tf.Variable(b))
    call("a batch of one", tf.constant(x[:1]), tf.Variable(W), tf.Variable(b))
    call("logits near 1000", tf.constant(x), tf.Variable(W), tf.Variable(b + 1000))
    call.observe(
        "the gradient of its logits with respect to W",
        tape_gradient,
        lambda W: call.function(tf.constant(x), W, tf.constant(b)),
        W,
    )
