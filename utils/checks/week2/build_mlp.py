"""Check of `build_mlp`: the layers, their sizes and their activations."""

import keras

from ..check import new_check

FIXED_BATCH = (
    "The number of images is fixed in the input, so the model takes no other: leave it open, with "
    "`keras.Input((28, 28, 1))`."
)

build_mlp = new_check(
    __name__,
    layers=("units", "use_bias", "rate"),
    sentences={"images at once": FIXED_BATCH},
)


def _mlp(
    units=(256, 256),
    activation="relu",
    activations=None,
    end=None,
    outputs=10,
    bias=True,
    before=(),
    input=(28, 28, 1),
    flattens=True,
    batch=None,
):
    """Return the model with faults. activations: one for each hidden layer;
    before: layers at the start."""
    layers = [keras.Input(input, batch_size=batch)] if input else []
    layers += [*before, *[keras.layers.Flatten()] * flattens]
    for n, function in zip(units, activations or [activation] * len(units)):
        layers.append(keras.layers.Dense(n, activation=function, use_bias=bias))
    last = keras.layers.Dense(outputs, activation=end, use_bias=bias)
    return keras.Sequential([*layers, last])


ONE_ACTIVATION = "The hidden layer number {} has no activation: both have a ReLU."
RELU_ASKED = "The hidden layers use {}; they should use ReLU."
WIDTHS = "The hidden layers should have 256 units each."

build_mlp.add_mistakes(
    _mlp,
    [
        (
            "It ends in a softmax; the classifiers of this course return logits, and their loss "
            "expects logits.",
            {"end": "softmax"},
        ),
        (
            "It ends in a sigmoid; the classifiers of this course return logits, and their loss "
            "expects logits.",
            {"end": "sigmoid"},
        ),
        ("It ends in a tanh; logits are not bounded: leave it out.", {"end": "tanh"}),
        (
            "The hidden layers have no activation: without one, three linear layers are one linear "
            "layer.",
            {"activation": None},
        ),
        (ONE_ACTIVATION.format(1), {"activations": (None, "relu")}),
        (ONE_ACTIVATION.format(2), {"activations": ("relu", None)}),
        *(
            (RELU_ASKED.format(word), {"activation": name})
            for name, word in (
                ("sigmoid", "a sigmoid"),
                ("tanh", "tanh"),
                ("gelu", "GELU"),
                ("elu", "ELU"),
                ("leaky_relu", "a leaky ReLU"),
                ("softmax", "a softmax"),
                ("selu", "SELU"),
                ("swish", "swish"),
                ("softplus", "softplus"),
            )
        ),
        (
            "The last layer has a ReLU, so no logit can be negative: leave it out there.",
            {"end": "relu"},
        ),
        (
            "There is one hidden layer; the exercise asks for two, of 256 units each.",
            {"units": (256,)},
        ),
        (
            "The images aren't flattened: a dense layer works on the last axis, which has one "
            "channel.",
            {"flattens": False},
        ),
        (
            "The model has no weights yet, because it doesn't know its input: begin with "
            "`keras.Input((28, 28, 1))`.",
            {"input": None},
        ),
        (WIDTHS, {"units": (128, 128)}),
        (WIDTHS, {"units": (100, 200)}),
        (WIDTHS, {"units": (256, 128)}),
        (WIDTHS, {"units": (512, 256)}),
        ("There are three hidden layers; the exercise asks for two.", {"units": (256, 256, 256)}),
        ("The last layer should have 10 units: there are ten digits.", {"outputs": 9}),
        ("The last layer should have 10 units: there are ten digits.", {"outputs": 1}),
        ("The layers have no biases: leave out use_bias=False.", {"bias": False}),
        (
            "Its input should be images, (28, 28, 1); it flattens them itself.",
            {"input": (784,), "flattens": False},
        ),
        (
            "Its input should be images, (28, 28, 1); it flattens them itself.",
            {"input": (784,)},
        ),
        (FIXED_BATCH, {"batch": 64}),
    ],
)


@build_mlp.mistake("Return the model: nothing was returned.")
def no_mlp():
    _mlp()


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
