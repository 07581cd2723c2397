"""Check of `build_stimulus_model`: points, the mistakes people make, sound variants."""

import math

import keras
import numpy as np
from keras import layers

from ..check import new_check

build_stimulus_model = new_check(__name__, points=2)


def _stimulus(model, unit, bias=False, pick=lambda answer, unit: answer[..., unit], wrap=True):
    """Return a stimulus model with changes."""
    shape = model.input_shape[1:]
    ones = keras.Input((1,))
    pixels = layers.Dense(math.prod(shape), use_bias=bias, name="stimulus")(ones)
    image = layers.Reshape(shape)(pixels)
    if wrap:
        answer = layers.Lambda(lambda x: pick(model(x, training=False), unit))(image)
    else:
        answer = pick(model(image, training=False), unit)
    return keras.Model(ones, answer)


@build_stimulus_model.mistake("The network isn't frozen: the image must be all that is trained.")
def not_frozen(model, unit):
    return _stimulus(model, unit, wrap=False)


@build_stimulus_model.mistake(
    "Inside `fit` your network drops units out: `fit` overrides the `training=False` of a call "
    "that built a functional model. Make that call inside a layer, a Lambda for one."
)
def in_training_mode(model, unit):
    model.trainable = False
    return _stimulus(model, unit, wrap=False)


@build_stimulus_model.mistake("The image has a bias besides its weight; there must be one weight.")
def image_with_bias(model, unit):
    return _stimulus(model, unit, bias=True)


@build_stimulus_model.mistake("You return all units; pick the one that is asked for.")
def all_units(model, unit):
    return _stimulus(model, unit, pick=lambda answer, unit: answer)


@build_stimulus_model.mistake(
    "The unit counts along the last axis; of a feature map you took a row of pixels."
)
def wrong_axis(model, unit):
    return _stimulus(model, unit, pick=lambda answer, unit: answer[:, unit])


@build_stimulus_model.mistake(
    "You return minus the answer; the loss of `fit` will bring the minus."
)
def negative_answer(model, unit):
    return _stimulus(model, unit, pick=lambda answer, unit: -answer[..., unit])


@build_stimulus_model.mistake("You always take the first unit; pick number `unit`.")
def always_first(model, unit):
    return _stimulus(model, unit, pick=lambda answer, unit: answer[..., 0])


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
            self.image = keras.Sequential(
                [
                    keras.Input((1,)),
                    layers.Dense(int(np.prod(shape)), use_bias=False),
                    layers.Reshape(shape),
                ]
            )
            self.network = keras.models.clone_model(model)
            self.network.set_weights(model.get_weights())
            self.network.trainable = False

        def call(self, ones):
            return keras.ops.take(self.network(self.image(ones), training=False), unit, axis=-1)

    stimulus = Stimulus()
    stimulus(np.ones((1, 1), "float32"))
    return stimulus
