"""Check of `build_mlp`: the layers, their sizes and their activations."""

import keras

from ..check import new_check

build_mlp = new_check(__name__)


def _mlp(units=(256, 256), activation="relu", end=None, knows_input=True, flattens=True):
    layers = [keras.Input((28, 28, 1))] * knows_input + [keras.layers.Flatten()] * flattens
    layers += [keras.layers.Dense(n, activation=activation) for n in units]
    return keras.Sequential([*layers, keras.layers.Dense(10, activation=end)])


build_mlp.add_mistakes(
    _mlp,
    {
        "It ends in a softmax; the classifiers of this course return logits, and their loss "
        "expects logits.": {"end": "softmax"},
        "The hidden layers have no activation: without one, three linear layers are one linear "
        "layer.": {"activation": None},
        "The hidden layers use a sigmoid; they should use ReLU.": {"activation": "sigmoid"},
        "The last layer has a ReLU, so no logit can be negative: leave it out there.": {
            "end": "relu"
        },
        "There is one hidden layer; the exercise asks for two, of 256 units each.": {
            "units": (256,)
        },
        "The images aren't flattened: a dense layer works on the last axis, which has one "
        "channel.": {"flattens": False},
        "The model has no weights yet, because it doesn't know its input: begin with "
        "`keras.Input((28, 28, 1))`.": {"knows_input": False},
        "The hidden layers use tanh; they should use ReLU.": {"activation": "tanh"},
        "The hidden layers should have 256 units each.": {"units": (128, 128)},
        "There are three hidden layers; the exercise asks for two.": {"units": (256, 256, 256)},
    },
)


@build_mlp.alternative
def mlp_functional():
    images = keras.Input(shape=(28, 28, 1))
    hidden = keras.layers.Flatten()(images)
    for _ in range(2):
        hidden = keras.layers.Dense(256, "relu")(hidden)
    return keras.Model(images, keras.layers.Dense(10)(hidden))


@build_mlp.alternative
def mlp_step_by_step():
    model = keras.Sequential()
    model.add(keras.Input((28, 28, 1)))
    model.add(keras.layers.Reshape((784,)))
    for units in (256, 256):
        model.add(keras.layers.Dense(units))
        model.add(keras.layers.ReLU())
    model.add(keras.layers.Dense(10, activation="linear"))
    return model
