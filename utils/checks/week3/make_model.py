"""Check of `make_model`: its layers as the docstring names them, and its dropouts."""

import keras
from keras import layers

from ..check import new_check

PRESCRIBED = ("units", "filters", "kernel_size", "strides", "padding", "rate", "pool_size")


def _dropouts(ours, theirs):
    if "Spatial" in ours:
        return "A spatial dropout drops whole channels; an ordinary `Dropout` is asked for."
    ours, right = ([] if words == "none" else words.split("; ") for words in (ours, theirs))
    if len(ours) == len(right):
        our, their = next(pair for pair in zip(ours, right) if pair[0] != pair[1])
        return f"There should be a {their}; yours is a {our}."
    if len(ours) < len(right):
        missing = next((each for each in right if each not in ours), right[-1])
        return f"A dropout is missing, the {missing}."
    return f"There are {len(ours)} dropouts; there should be {len(right)}."


make_model = new_check(__name__, points=2, layers=PRESCRIBED, sentences={"its dropouts": _dropouts})


def _original(
    slope=0.1, padding="same", end="softmax", dropouts=(0.25, 0.25, 0.5), after_dense=True,
    pool_first=True, pooling=layers.MaxPooling2D, filters=((16, 32), (32, 64)), batch_norm=False,
    bends=(True, True), dropout=layers.Dropout, bend=None,
):  # fmt: skip
    """bends: whether a LeakyReLU follows the two convolutions of a stage. bend: None for it, or
    what comes in its place."""
    bend = bend or (lambda: layers.LeakyReLU(negative_slope=slope))

    model = keras.Sequential([keras.Input((32, 32, 3))])
    for numbers, rate in zip(filters, dropouts):
        for number, bent in zip(numbers, bends):
            model.add(layers.Conv2D(number, 3, padding=padding))
            if batch_norm:
                model.add(layers.BatchNormalization())
            if bent:
                model.add(bend())
        stage_end = [pooling(2)] + [dropout(rate)] * bool(rate)
        for layer in stage_end if pool_first else reversed(stage_end):
            model.add(layer)
    model.add(layers.Flatten())
    model.add(layers.Dense(256))
    if after_dense:
        model.add(bend())
    if dropouts[-1]:
        model.add(layers.Dropout(dropouts[-1]))
    model.add(layers.Dense(10, activation=end))
    return model


SLOPE = "The slope of LeakyReLU is 0.1 here; "
make_model.add_mistakes(
    _original,
    {
        SLOPE + "Keras's default is 0.3.": {"slope": 0.3},
        SLOPE + 'with `activation="leaky_relu"`, Keras takes 0.2.': {"slope": 0.2},
        SLOPE + "yours is 0.01.": {"slope": 0.01},
        "You used ReLU; a LeakyReLU of slope 0.1 lets a little through below zero.": {"slope": 0.0},
        "You used ELU; a LeakyReLU of slope 0.1 is asked for.": {"bend": layers.ELU},
        "There is no activation at all between the layers: a LeakyReLU follows each.": {
            "slope": 1.0
        },
        "The LeakyReLU after the first convolution of each stage is missing.": {
            "bends": (False, True)
        },
        "The LeakyReLU after the second convolution of each stage is missing.": {
            "bends": (True, False)
        },
        "There is no LeakyReLU after the convolutions: one follows each.": {
            "bends": (False, False)
        },
        "A spatial dropout drops whole channels; an ordinary `Dropout` is asked for.": {
            "dropout": layers.SpatialDropout2D
        },
        "All dropouts are 0.5; those of the stages are 0.25.": {"dropouts": (0.5, 0.5, 0.5)},
        "The dropouts are exchanged: 0.25 in the stages, 0.5 before the last layer.": {
            "dropouts": (0.5, 0.5, 0.25)
        },
        "The dropout before the last layer is missing: 0.5.": {"dropouts": (0.25, 0.25, 0)},
        "The dropouts of the stages are missing: 0.25 after each pooling.": {
            "dropouts": (0, 0, 0.5)
        },
        "The last layer needs a softmax: ten probabilities that sum to 1.": {"end": None},
        "The last layer has a sigmoid; ten mutually exclusive classes need a softmax.": {
            "end": "sigmoid"
        },
        "The convolutions are padded: padding='same'. Keras's default is 'valid'.": {
            "padding": "valid"
        },
        "The LeakyReLU after the dense layer of 256 units is missing.": {"after_dense": False},
        "The dropouts are missing: 0.25 after each pooling, 0.5 before the last layer.": {
            "dropouts": (0, 0, 0)
        },
        "The dropout comes after the pooling, not before it.": {"pool_first": False},
        "The dropout before the last layer is 0.5; the others are 0.25.": {
            "dropouts": (0.25, 0.25, 0.25)
        },
        "You used average pooling; this network uses max pooling.": {
            "pooling": layers.AveragePooling2D
        },
        "The second stage has 32 and 64 filters; the first has 16 and 32.": {
            "filters": ((16, 32), (64, 64))
        },
        "There is no batch norm in this network of 2017: you will add it later.": {
            "batch_norm": True
        },
    },
)


@make_model.alternative
def functional():
    def bend(x):
        return keras.ops.leaky_relu(x, negative_slope=0.1)

    inputs = keras.Input((32, 32, 3))
    x = bend(layers.Conv2D(16, (3, 3), padding="same")(inputs))
    x = layers.MaxPool2D()(bend(layers.Conv2D(32, (3, 3), padding="same")(x)))
    x = layers.Dropout(0.25)(x)
    x = bend(layers.Conv2D(32, (3, 3), padding="same")(x))
    x = layers.MaxPool2D()(bend(layers.Conv2D(64, (3, 3), padding="same")(x)))
    x = layers.Flatten()(layers.Dropout(0.25)(x))
    x = layers.Dropout(0.5)(bend(layers.Dense(256)(x)))
    return keras.Model(inputs, layers.Softmax()(layers.Dense(10)(x)))


@make_model.alternative
def in_one_list():
    def leaky():
        return layers.LeakyReLU(0.1)

    return keras.Sequential(
        [
            layers.Input((32, 32, 3)),
            *(layers.Conv2D(16, 3, padding="same"), leaky()),
            *(layers.Conv2D(32, 3, padding="same"), leaky()),
            *(layers.MaxPooling2D((2, 2)), layers.Dropout(0.25)),
            *(layers.Conv2D(32, 3, padding="same"), leaky()),
            *(layers.Conv2D(64, 3, padding="same"), leaky()),
            *(layers.MaxPooling2D((2, 2)), layers.Dropout(0.25), layers.Flatten()),
            *(layers.Dense(256), leaky(), layers.Dropout(0.5)),
            *(layers.Dense(10), layers.Activation("softmax")),
        ]
    )


@make_model.alternative
def of_stages():
    def stage(*filters):
        each = [(layers.Conv2D(n, 3, padding="same"), layers.LeakyReLU(0.1)) for n in filters]
        return keras.Sequential([*sum(each, ()), layers.MaxPool2D((2, 2)), layers.Dropout(0.25)])

    head = [layers.Flatten(), layers.Dense(256), layers.LeakyReLU(0.1), layers.Dropout(0.5)]
    end = [layers.Dense(10), layers.Softmax()]
    return keras.Sequential([keras.Input((32, 32, 3)), stage(16, 32), stage(32, 64), *head, *end])
