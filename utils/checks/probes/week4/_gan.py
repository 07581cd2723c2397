"""How the networks and losses of a GAN are tried: sizes, steps of training, slopes."""

from functools import partial

import keras
import numpy as np

from ..attempt import is_network
from ..models import weights_that_stayed
from ._arrays import of_form

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


def train_network(network, inputs, loss, steps=2):
    """Return which weights stay as they are in training towards a small `loss(outputs)`."""

    def train():
        trained = Trained(network, lambda made, _: loss(made), 0.1)
        for _ in range(steps):
            trained.train_on_batch(inputs)

    return {"weights that stayed": weights_that_stayed(network, train)}


def size_of(model):
    """Return what a network takes and gives, and how large it is, before any value is asked for."""
    return {
        "parameters": model.count_params(),
        "input": list(model.input_shape),
        "output": list(model.output_shape),
    }


if_network = partial(of_form, "a network", is_network)


def draw_img_shape(rng):
    """Return a shape that isn't square, and smaller than 32×32×3, for which a budget is given."""
    height, width = (8 * int(n) for n in rng.permutation([2, 3, 4])[:2])
    return height, width, int(rng.integers(1, 3))


def draw_logits(rng, n):
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


def move_of_logits(loss, values, number):
    """Return logits after one step of gradient descent, of rate 1, on a loss of them.

    number: None, or how many of them are the loss's first argument; the others are its second.
    """
    layer = Logits(values)
    network = keras.Sequential([keras.Input((1,)), layer])

    def of_parts(logits, _):
        return loss(logits) if number is None else loss(logits[:number], logits[number:])

    Trained(network, of_parts, 1.0).train_on_batch(np.zeros((len(values), 1), "float32"))
    return keras.ops.convert_to_numpy(layer.logits)
