"""On which inputs `tf_mse` is tried."""

import tensorflow as tf

from ..recorder import probe
from ._arrays import draw_sizes, float32, tape_gradient


@probe
def tf_mse(call, rng):
    size, rows, columns = draw_sizes(rng, 3)
    shapes = {f"vectors of {size}": (size,), "vectors of 1": (1,), "matrices": (rows, columns)}
    for case, shape in shapes.items():
        call(case, *map(tf.constant, float32(rng.normal(size=(2, *shape)))))
    call("NumPy arrays", *rng.normal(size=(2, size)))
    pair = float32(rng.normal(size=(2, size)))
    call.inside("its gradient, from TensorFlow's tape", tape_gradient, *pair)
