"""Check of `make_model`: its layers as the docstring names them, and its dropouts."""

import keras
from keras import layers

from ..check import new_check

make_model = new_check(__name__, points=2)


def _original(
    slope=0.1, padding="same", end="softmax", dropouts=(0.25, 0.25, 0.5), after_dense=True,
    pool_first=True, pooling=layers.MaxPooling2D, filters=((16, 32), (32, 64)), batch_norm=False,
):  # fmt: skip
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for numbers, rate in zip(filters, dropouts):
        for number in numbers:
            model.add(layers.Conv2D(number, 3, padding=padding))
            if batch_norm:
                model.add(layers.BatchNormalization())
            model.add(layers.LeakyReLU(negative_slope=slope))
        stage_end = [pooling(2)] + [layers.Dropout(rate)] * bool(rate)
        for layer in stage_end if pool_first else reversed(stage_end):
            model.add(layer)
    model.add(layers.Flatten())
    model.add(layers.Dense(256))
    if after_dense:
        model.add(layers.LeakyReLU(negative_slope=slope))
    if dropouts[-1]:
        model.add(layers.Dropout(dropouts[-1]))
    model.add(layers.Dense(10, activation=end))
    return model


make_model.add_mistakes(
    _original,
    {
        "The slope of LeakyReLU is 0.1 here; Keras's default is 0.3.": {"slope": 0.3},
        "You used ReLU; a LeakyReLU of slope 0.1 lets a little through below zero.": {"slope": 0.0},
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
