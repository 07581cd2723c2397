"""On which inputs `attention` is tried."""

import keras
import numpy as np

from ..recorder import probe


@probe
def attention(call, rng):
    def inputs(batch, words, places, channels, units, scale=1.0):
        """Return float32 tensors: query, grid, W_query, W_grid, v. words: int, or None for one."""
        q = channels + 1
        query = (batch, q) if words is None else (batch, words, q)
        shapes = query, (batch, places, channels), (q, units), (channels, units)
        arrays = [rng.normal(size=shape) for shape in shapes] + [scale * rng.normal(size=units)]
        return [keras.ops.convert_to_tensor(array.astype("float32")) for array in arrays]

    def both(result):
        context, weights = result
        return {"context": context, "weights": weights}

    call("a batch of three", *inputs(3, None, 5, 4, 6), then=both)
    call("as many images as places", *inputs(4, None, 4, 3, 5), then=both)
    call("one image with one place", *inputs(1, None, 1, 3, 4), then=both)
    call("three words, as many as images", *inputs(3, 3, 6, 4, 5), then=both)
    call("a query for each of three words", *inputs(2, 3, 6, 4, 5), then=both)
    call("very large scores", *inputs(2, None, 5, 3, 4, scale=1000), then=both)
    args = inputs(2, None, 5, 3, 4)
    call.observe("a step of `fit`", _fit_attention, call.function, args)


def _fit_attention(attend, args):
    """Return the weights of attention after one step of gradient descent."""
    query, grid, *weights = (keras.ops.convert_to_numpy(array) for array in args)

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
