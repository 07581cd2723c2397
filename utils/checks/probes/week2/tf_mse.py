"""On which inputs `tf_mse` is tried."""

import tensorflow as tf

from ..recorder import probe
from ._arrays import float32, tape_gradient


@probe
def tf_mse(call, rng):
    for case, shape in (("vectors of 7", (7,)), ("vectors of 1", (1,)), ("matrices", (4, 3))):
        call(case, *map(tf.constant, float32(rng.normal(size=(2, *shape)))))
    call("NumPy arrays", *rng.normal(size=(2, 5)))
    call.observe(
        "its gradient, from TensorFlow's tape",
        tape_gradient,
        call.function,
        *float32(rng.normal(size=(2, 5))),
    )
