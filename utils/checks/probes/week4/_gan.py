"""How the networks and losses of a GAN are tried: sizes, steps of training, slopes."""

import contextlib
from functools import partial

import keras
import numpy as np

from ..attempt import is_network
from ..by_values import NeedsStructure
from ..models import outputs, weights_that_stayed
from ._arrays import as_number, of_form
from ._sizes import size_in_words

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
        loss = self.loss_of(y_pred, y)
        # a NumPy number fails in other ways, with messages that don't say that the tape is lost
        return loss if isinstance(loss, (list, tuple)) else keras.ops.convert_to_tensor(loss)


def train_network(network, inputs, loss, steps=2):
    """Return which weights stay as they are in training towards a small `loss(outputs)`."""

    def train():
        trained = Trained(network, lambda made, _: loss(made), 0.1)
        for _ in range(steps):
            trained.train_on_batch(inputs)

    frozen = any(not layer.trainable for layer in network._flatten_layers() if layer.weights)
    none = not network.weights
    return {
        "weights that stayed": weights_that_stayed(network, train),
        "frozen": frozen,
        "none": none,
    }


def size_of(model):
    """Return what a network takes and gives, and how large it is, before any value is asked for."""
    return {"parameters": model.count_params()} | {
        end: size_in_words(getattr(model, f"{end}_shape", None)) for end in ("input", "output")
    }


def sizes_by_use(*given):
    """Return `size_of`, for networks that are subclasses: such a one learns its sizes in use.

    given: the shape of one row that it should take.
    """

    def look(model):
        sizes = {"input": None, "output": None}
        with contextlib.suppress(AttributeError, NeedsStructure):
            sizes = size_of(model)
        if "parameters" in sizes and "None" not in (sizes["input"], sizes["output"]):
            return sizes
        made = outputs(model, np.zeros((2, *given), "float32"))
        return {
            "parameters": model.count_params(),
            "input": size_in_words((None, *given)),
            "output": size_in_words(np.shape(made)),
        }

    return look


if_network = partial(of_form, "a network", is_network)


def draw_img_shape(rng):
    """Return a shape that isn't square, and smaller than 32×32×3, for which a budget is given."""
    height, width = (8 * int(n) for n in rng.permutation([2, 3, 4])[:2])
    return height, width, int(rng.integers(1, 3))


def draw_logits(rng, n):
    return (3 * rng.normal(size=(n, 1))).astype("float32")


SURE = "the loss for ±1000"


def loss_of_sure_ones(value):
    return {SURE: as_number(value)}


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
