"""Check of `build_mlp`: points, the mistakes people make, sound variants."""

import keras

from ..check import new_check

build_mlp = new_check(__name__)


def _mlp(units=(256, 256), activation="relu", end=None):
    hidden = [keras.layers.Dense(n, activation=activation) for n in units]
    return keras.Sequential(
        [keras.Input((28, 28, 1)), keras.layers.Flatten()]
        + [*hidden, keras.layers.Dense(10, activation=end)]
    )


@build_mlp.mistake(
    "It ends in a softmax; the classifiers of this course give logits, and the loss is told so."
)
def mlp_with_softmax():
    return _mlp(end="softmax")


@build_mlp.mistake(
    "The hidden layers have no activation: without one, three linear layers are one linear layer."
)
def mlp_without_activation():
    return _mlp(activation=None)


@build_mlp.mistake("The hidden layers have a sigmoid; use ReLU.")
def mlp_with_sigmoid():
    return _mlp(activation="sigmoid")


@build_mlp.mistake("The last layer has a ReLU, so no logit can be negative: leave it out there.")
def mlp_with_relu_at_the_end():
    return _mlp(end="relu")


@build_mlp.mistake("There is one hidden layer; two of 256 are asked for.")
def mlp_with_one_layer():
    return _mlp(units=(256,))


@build_mlp.mistake(
    "The images aren't flattened: a dense layer works on the last axis, which has one channel."
)
def mlp_without_flatten():
    layers = [keras.layers.Dense(256, activation="relu") for _ in range(2)]
    return keras.Sequential([keras.Input((28, 28, 1)), *layers, keras.layers.Dense(10)])


@build_mlp.mistake(
    "The model has no weights yet, because it doesn't know its input: begin with "
    "`keras.Input((28, 28, 1))`."
)
def mlp_without_input():
    return keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(10)])


@build_mlp.mistake("The hidden layers have a tanh; use ReLU.")
def mlp_with_tanh():
    return _mlp(activation="tanh")


@build_mlp.mistake("The hidden layers have 256 units each.")
def mlp_with_128_units():
    return _mlp(units=(128, 128))


@build_mlp.mistake("Two hidden layers are asked for; there are three.")
def mlp_with_three_layers():
    return _mlp(units=(256, 256, 256))


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
