"""Check of `build_convnet`: what every network must be and do that solves the exercise."""

import keras
import numpy as np

from ..check import new_check


def _facts_of_convnet(evidence):
    """Return what holds for every network that solves the exercise, up to the first that fails."""
    *before, training = evidence
    for seen in before:
        if seen["error"]:
            return [seen]
    facts = {}
    for name, fact, expected in _convnet_facts(*evidence):
        facts[name] = fact
        if fact != expected:
            return [{**evidence[0], "case": "the model", "value": facts}]
    return [{**training, "case": "the model", "value": facts}]


def _convnet_facts(count, images, sizes, training):
    """Yield (fact in words, what is so, what should be)."""
    yield "a model is returned", count["value"] is not None, True
    yield "its weights exist from the start", isinstance(count["value"], int), True
    logits = images["value"]
    yield "the shape of its outputs for three images", list(np.shape(logits)), [3, 10]
    yield "it has fewer than 50,000 parameters", count["value"] < 50_000, True
    kernels = sizes["value"]
    yield "it has a convolutional layer", len(kernels) > 0, True
    yield "a convolution looks at more than one pixel", max(kernels) > 1, True
    sums_to_one = bool(np.allclose(np.sum(logits, axis=1), 1, atol=1e-3))
    yield "each row of outputs sums to 1, as probabilities do", sums_to_one, False
    yield "no output is ever negative", bool(np.min(logits) >= 0), False
    seen = training["value"] or {"weights that stayed": [], "losses": [1, 0]}  # its error is told
    yield "weights that training does not reach", seen["weights that stayed"], []
    losses = seen["losses"]
    yield "it learns to tell four textures apart", bool(min(losses[-3:]) < 0.85 * losses[0]), True


build_convnet = new_check(__name__, points=2, properties=_facts_of_convnet)


def _convnet(
    filters=(8, 16), kernel=3, pools=True, flatten="Flatten", outputs=10, end=None,
    knows_input=True, learns=True,
):  # fmt: skip
    layers = [keras.Input((28, 28, 1))] * knows_input
    for n in filters:
        options = {"padding": "same", "activation": "relu", "trainable": learns}
        layers.append(keras.layers.Conv2D(n, kernel, **options))
        layers += [keras.layers.MaxPooling2D()] * pools
    layers += [getattr(keras.layers, flatten)()] if flatten else []
    return keras.Sequential([*layers, keras.layers.Dense(outputs, activation=end)])


build_convnet.add_mistakes(
    _convnet,
    {
        "It ends in a softmax; the classifiers of this course return logits, and their loss "
        "expects logits.": {"end": "softmax"},
        "The last layer has a ReLU, so no logit can be negative: leave it out there.": {
            "end": "relu"
        },
        "It has 50,000 parameters or more. Most of them follow Flatten: make the image smaller "
        "by pooling first.": {"pools": False},
        "There is no convolutional layer: begin with `keras.layers.Conv2D`.": {"filters": ()},
        "The image is never flattened, so each position gets its own outputs: use Flatten, or "
        "GlobalAveragePooling2D, before the last layer.": {"flatten": None},
        "The model has no weights yet: begin with `keras.Input((28, 28, 1))`, so that it knows "
        "its input.": {"knows_input": False},
        "The number of outputs should be ten: there are ten digits.": {"outputs": 9},
        "The convolutions are frozen, so they stay as random as they started: let every weight "
        "learn.": {"learns": False},
        "Every kernel is one pixel wide, so no unit sees a stroke: use kernels of 3×3.": {
            "filters": (4,),
            "kernel": 1,
            "pools": False,
        },
    },
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
