"""On which inputs `attention` is tried."""

import keras
import numpy as np

from ..recorder import probe


@probe
def attention(call, rng):
    def sizes(count):
        return rng.permutation(np.arange(2, 8))[:count].tolist()  # all different

    def inputs(batch, words, places, scale=1.0):
        """Return float32 arrays: query, grid, W_query, W_grid, v. words: int, or None for one."""
        q, channels, units = sizes(3)
        query = (batch, q) if words is None else (batch, words, q)
        shapes = query, (batch, places, channels), (q, units), (channels, units)
        arrays = [rng.normal(size=shape) for shape in shapes] + [scale * rng.normal(size=units)]
        return [array.astype("float32") for array in arrays]

    def try_on(case, *args, **options):
        arrays = inputs(*args, **options)
        call(case, *map(keras.ops.convert_to_tensor, arrays), then=_both)

    batch, places, words = sizes(3)
    try_on(f"a batch of {batch}", batch, None, places)
    try_on("as many images as places", places, None, places)
    try_on("one image with one place", 1, None, 1)
    try_on(f"{words} words, as many as images", words, words, places)
    try_on(f"a query for each of {words} words", batch, words, places)
    try_on("very large scores", batch, None, places, scale=1000)
    call.inside("a step of `fit`", _fit_attention, *inputs(2, None, places))


def _both(result):
    context, weights = result
    return {"context": context, "weights": weights}


def _fit_attention(attend, query, grid, *weights):
    """Return the weights of attention after one step of gradient descent."""

    class Layer(keras.layers.Layer):
        def build(self, input_shape):
            start = keras.initializers.Constant
            self.parts = [self.add_weight(shape=w.shape, initializer=start(w)) for w in weights]

        def call(self, inputs):
            context, looks = attend(*inputs, *self.parts)
            return keras.ops.concatenate([context, looks], axis=-1)

    inputs = [keras.Input(array.shape[1:]) for array in (query, grid)]
    model = keras.Model(inputs, Layer()(inputs))
    targets = np.zeros((len(query), grid.shape[1] + grid.shape[2]), "float32")
    model.compile(keras.optimizers.SGD(0.5), "mean_squared_error", run_eagerly=True)
    model.train_on_batch([query, grid], targets)
    return [keras.ops.convert_to_numpy(weight) for weight in model.layers[-1].parts]
