"""Check of `build_stimulus_model`: the image alone is trained, and the network stays as it was."""

import math

import keras
import numpy as np
from keras import layers

from ..check import new_check


def _facts_of_climb(evidence):
    """Say what is trained, and how; leave out what depends on chance inside `fit`."""
    return [
        {**seen, "value": _facts(seen["value"])} if isinstance(seen["value"], dict) else seen
        for seen in evidence
    ]


def _facts(value):
    answers, trained = value["answers"], value["trained weights"]
    same = np.shape(answers) == np.shape(value["answers inside `fit`"])
    same = same and bool(np.allclose(answers, value["answers inside `fit`"], rtol=1e-4, atol=1e-5))
    facts = {
        "sizes of the weights that are trained": [np.size(weight) for weight in trained],
        "what it answers to a given image": answers,
        "it answers the same inside `fit`": same,
    }
    if same:
        facts["the image after some steps"] = trained
        facts["the network's weights then"] = value["weights of the network"]
    return facts


build_stimulus_model = new_check(__name__, points=2, properties=_facts_of_climb)


def _stimulus(
    model, unit, bias=False, pick=lambda answer, unit: answer[..., unit], in_layer=True,
    freeze=False,
):  # fmt: skip
    """in_layer: whether a Lambda calls the network, which also keeps its weights out of `fit`."""
    if freeze:
        model.trainable = False
    shape = model.input_shape[1:]
    ones = keras.Input((1,))
    pixels = layers.Dense(math.prod(shape), use_bias=bias, name="stimulus")(ones)
    image = layers.Reshape(shape)(pixels)

    def answer(image):
        return pick(model(image, training=False), unit)

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
