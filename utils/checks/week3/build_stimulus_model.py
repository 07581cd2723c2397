"""Check of `build_stimulus_model`: the image alone is trained, and the network stays as it was."""

import math

import keras
import numpy as np
from keras import layers

from ..check import new_check
from ._climb_facts import CHANCE, CLONE, SENTENCES, facts_of_climb

build_stimulus_model = new_check(__name__, points=2, properties=facts_of_climb, sentences=SENTENCES)


def _stimulus(
    model, unit, bias=False, pick=lambda answer, unit: answer[..., unit], in_layer=True,
    freeze=False, training=False, bend=lambda image: image, shape=None, clones=False,
):  # fmt: skip
    """in_layer: whether a Lambda calls the network, which also keeps its weights out of `fit`."""
    if freeze:
        model.trainable = False
    model = keras.models.clone_model(model) if clones else model
    shape = shape or model.input_shape[1:]
    ones = keras.Input((1,))
    pixels = layers.Dense(math.prod(shape), use_bias=bias, name="stimulus")(ones)
    image = bend(layers.Reshape(shape)(pixels))

    def answer(image):
        return pick(model(image, training=training), unit)

    return keras.Model(ones, layers.Lambda(answer)(image) if in_layer else answer(image))


build_stimulus_model.add_mistakes(
    _stimulus,
    {
        "The network isn't frozen: the image must be the only thing that is trained.": {
            "in_layer": False
        },
        "Inside `fit` your network applies dropout: `fit` overrides the `training=False` of a "
        "call that built a functional model. Make that call inside a layer, such as a Lambda.": {
            "in_layer": False,
            "freeze": True,
        },
        "The image has a bias as well as a weight; there should be the weight alone.": {
            "bias": True
        },
        "You return all units; pick the one that is asked for.": {
            "pick": lambda answer, unit: answer
        },
        "The unit counts along the last axis; from a feature map you took a row of pixels.": {
            "pick": lambda answer, unit: answer[:, unit]
        },
        "You return minus the answer; the minus sign belongs in the loss that `fit` uses.": {
            "pick": lambda answer, unit: -answer[..., unit]
        },
        "The image has the model's input shape, `model.input_shape[1:]`; yours is always "
        "32×32×3.": {"shape": (32, 32, 3)},
        CHANCE: {"training": True},
        CLONE: {"clones": True},
        "You kept the axis of the unit, with length 1: pick it by `[..., unit]`.": {
            "pick": lambda answer, unit: answer[..., unit : unit + 1]
        },
        "You took the mean over all places of the feature map; its unit answers at each.": {
            "pick": lambda answer, unit: keras.ops.mean(
                answer[..., unit], axis=tuple(range(1, len(answer.shape) - 1))
            )
        },
        "You took the largest answer over all places of the feature map; its unit answers at "
        "each.": {
            "pick": lambda answer, unit: (
                keras.ops.max(answer[..., unit], axis=tuple(range(1, len(answer.shape) - 1)))
                if len(answer.shape) > 2
                else answer[..., unit]
            )
        },
        "You took a softmax over the units; the unit's own answer is asked for.": {
            "pick": lambda answer, unit: keras.ops.softmax(answer)[..., unit]
        },
        "You took a sigmoid of the answer; the unit's own answer is asked for.": {
            "pick": lambda answer, unit: keras.ops.sigmoid(answer[..., unit])
        },
        "You took a ReLU of the answer; the unit's own answer is asked for.": {
            "pick": lambda answer, unit: keras.ops.relu(answer[..., unit])
        },
        "You squared the answer; the unit's own answer is asked for.": {
            "pick": lambda answer, unit: answer[..., unit] ** 2
        },
        "You took the unit after the one that is asked for: units count from 0.": {
            "pick": lambda answer, unit: answer[..., (unit + 1) % answer.shape[-1]]
        },
        "You took the unit before the one that is asked for: units count from 0.": {
            "pick": lambda answer, unit: answer[..., unit - 1]
        },
        "The image goes through a tanh; the dense layer's kernel itself is the image.": {
            "bend": lambda image: keras.ops.tanh(image)
        },
        "The image goes through a sigmoid; the dense layer's kernel itself is the image.": {
            "bend": lambda image: keras.ops.sigmoid(image)
        },
        "You always take the first unit; pick number `unit`.": {
            "pick": lambda answer, unit: answer[..., 0]
        },
    },
)


@build_stimulus_model.alternative
def by_a_layer(model, unit):
    class Stimulus(layers.Layer):
        def build(self, _):
            self.image = self.add_weight(shape=model.input_shape[1:], initializer="zeros")

        def call(self, ones):
            return model(ones[:, :, None, None] * self.image, training=False)[..., unit]

    layer = Stimulus()
    model.trainable = False
    return keras.Sequential([keras.Input((1,)), layer])


@build_stimulus_model.alternative
def by_a_model(model, unit):
    class Stimulus(keras.Model):
        def __init__(self):
            super().__init__()
            shape = model.input_shape[1:]
            pixels = layers.Dense(int(np.prod(shape)), use_bias=False)
            self.image = keras.Sequential([keras.Input((1,)), pixels, layers.Reshape(shape)])
            self.network = keras.models.clone_model(model)
            self.network.set_weights(model.get_weights())
            self.network.trainable = False

        def call(self, ones):
            return keras.ops.take(self.network(self.image(ones), training=False), unit, axis=-1)

    stimulus = Stimulus()
    stimulus(np.ones((1, 1), "float32"))
    return stimulus
