"""How the networks and losses of a GAN are tried: sizes, steps of training, slopes."""

import keras
import numpy as np

BUDGET = 1_000_000


class Trained(keras.Model):
    """Trains a network by `loss(its outputs, targets)`, and other networks that the loss moves."""

    def __init__(self, network, loss, rate, *others):
        super().__init__()
        self.network, self.loss_of, self.others = network, loss, list(others)
        self.compile(optimizer=keras.optimizers.SGD(rate), run_eagerly=True)

    def call(self, x, training=False):
        return self.network(x, training=training)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return self.loss_of(y_pred, y)


def weights_that_stayed(network, inputs, loss, steps=2):
    """Return the paths of the trainable weights that training leaves exactly as they are."""
    before = [keras.ops.convert_to_numpy(weight) for weight in network.trainable_weights]
    trained = Trained(network, lambda made, _: loss(made), 0.1)
    for _ in range(steps):
        trained.train_on_batch(inputs)
    return [
        weight.path
        for weight, old in zip(network.trainable_weights, before)
        if np.array_equal(keras.ops.convert_to_numpy(weight), old)
    ]


def size_of(model):
    return {
        "parameters": model.count_params(),
        "input": list(model.input_shape),
        "output": list(model.output_shape),
    }


def draw_logits(rng, n=6):
    return (3 * rng.normal(size=(n, 1))).astype("float32")


class Logits(keras.layers.Layer):
    """Gives its weights, whatever comes in: so SGD of rate 1 subtracts the gradient from them."""

    def __init__(self, values):
        super().__init__()
        self.values = values

    def build(self, _):
        self.logits = self.add_weight(shape=self.values.shape, initializer="zeros")
        self.logits.assign(self.values)

    def call(self, x):
        return self.logits + 0 * keras.ops.sum(x)


def slopes_of_one(loss, rng, size=5):
    """Return the gradient of a loss by its logits."""
    values = draw_logits(rng, size)
    layer = Logits(values)
    network = keras.Sequential([keras.Input((1,)), layer])
    trained = Trained(network, lambda logits, _: loss(logits), 1.0)
    trained.train_on_batch(np.zeros((size, 1), "float32"))
    return values - keras.ops.convert_to_numpy(layer.logits)
