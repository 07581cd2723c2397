"""Check of `build_convnet`: what every network must be and do that solves the exercise."""

import keras

from ..check import new_check
from ._convnet_facts import OUTPUTS, _facts_of_convnet

SOFTMAX = (
    "It ends in a softmax; the classifiers of this course return logits, and their loss expects "
    "logits."
)
RELU = "The last layer has a ReLU, so no logit can be negative: leave it out there."
ENDS = {
    "probabilities that sum to 1": SOFTMAX,
    "logarithms of probabilities": "It ends in a log-softmax; return the logits themselves.",
    "numbers from 0 to 1": "It ends in a sigmoid; return logits: leave it out there.",
    "numbers from −1 to 1": "It ends in tanh; logits are not bounded: leave it out there.",
    "never negative": RELU,
}
NOT_FLAT = (
    "The image is never flattened, so each position gets its own outputs: use Flatten, or "
    "GlobalAveragePooling2D, before the last layer."
)
TEN = "The number of outputs should be ten: there are ten digits."
NO_WEIGHTS = (
    "The model has no weights yet: begin with `keras.Input((28, 28, 1))`, so that it knows its "
    "input."
)
INPUT = "Its input should be (28, 28, 1): height, width, and one channel, as the digits are grey."
FIXED_BATCH = (
    "The number of images is fixed in the input, so the model takes no other: leave it open, with "
    "`keras.Input((28, 28, 1))`."
)

build_convnet = new_check(
    __name__,
    points=2,
    properties=_facts_of_convnet,
    sentences={
        "its weights exist from the start": NO_WEIGHTS,
        "its layers have activations": (
            "There is no activation between the layers, so several convolutions are no more than "
            "one: give each an activation, such as a ReLU."
        ),
        "what it takes": INPUT,
        "the number of images that its input fixes": FIXED_BATCH,
        OUTPUTS: lambda ours, theirs: NOT_FLAT if isinstance(ours, list) else TEN,
        "it has fewer than 50,000 parameters": "It has 50,000 parameters or more: they count all, "
        "also frozen ones. Use fewer filters, or pool the image smaller before the dense layers.",
        "it has a convolutional layer": "There is no convolutional layer: begin with "
        "`keras.layers.Conv2D`.",
        "its outputs look like": lambda ours, theirs: ENDS.get(ours, ""),
        "weights that training does not reach": "Some weights never change in training: they are "
        "frozen, or what follows them lets no gradient through.",
    },
)


def _convnet(
    filters=(8, 16), kernel=3, pools=True, flatten="Flatten", outputs=10, end=None,
    knows_input=True, learns=True, shape=(28, 28, 1), batch=None,
):  # fmt: skip
    layers = [keras.Input(shape, batch_size=batch)] * knows_input
    for n in filters:
        options = {"padding": "same", "activation": "relu", "trainable": learns}
        layers.append(keras.layers.Conv2D(n, kernel, **options))
        layers += [keras.layers.MaxPooling2D()] * pools
    layers += [getattr(keras.layers, flatten)()] if flatten else []
    return keras.Sequential([*layers, keras.layers.Dense(outputs, activation=end)])


build_convnet.add_mistakes(
    _convnet,
    [
        (SOFTMAX, {"end": "softmax"}),
        (RELU, {"end": "relu"}),
        (ENDS["numbers from 0 to 1"], {"end": "sigmoid"}),
        (ENDS["numbers from −1 to 1"], {"end": "tanh"}),
        ("There is no convolutional layer: begin with `keras.layers.Conv2D`.", {"filters": ()}),
        (NOT_FLAT, {"flatten": None}),
        (NO_WEIGHTS, {"knows_input": False}),
        (TEN, {"outputs": 9}),
        (INPUT, {"shape": (28, 28, 3)}),
        (INPUT, {"shape": (1, 28, 28)}),
        (INPUT, {"shape": (32, 32, 1)}),
        (FIXED_BATCH, {"batch": 32}),
        (
            "The convolutions are frozen, so they stay as random as they started: let every weight "
            "learn.",
            {"learns": False},
        ),
        (
            "Every kernel is one pixel wide, so no unit sees a stroke: use kernels of 3×3.",
            {"filters": (4,), "kernel": 1, "pools": False},
        ),
    ],
)


@build_convnet.mistake("Return the model: nothing was returned.")
def no_convnet():
    _convnet()


@build_convnet.alternative
def convnet_averaging():
    return _convnet(filters=(16, 32, 64), flatten="GlobalAveragePooling2D")


@build_convnet.alternative
def convnet_functional():
    images = keras.Input((28, 28, 1))
    x = keras.layers.Conv2D(12, 5, strides=2, activation="relu")(images)
    x = keras.layers.SeparableConv2D(24, 3, strides=2, activation="gelu")(x)
    x = keras.layers.Dropout(0.2)(keras.layers.Flatten()(x))
    return keras.Model(images, keras.layers.Dense(10)(x))


@build_convnet.alternative
def convnet_with_batch_norm():
    layers = [keras.Input((28, 28, 1))]
    for filters in (16, 24, 32):
        layers += [keras.layers.Conv2D(filters, 3, strides=2, use_bias=False)]
        layers += [keras.layers.BatchNormalization(), keras.layers.Activation("relu")]
    return keras.Sequential([*layers, keras.layers.Flatten(), keras.layers.Dense(10)])
