"""Check of `make_model`: points, the mistakes people make, sound variants."""

import keras
from keras import layers

from ..check import new_check

make_model = new_check(__name__, points=2)


def _original(
    slope=0.1, padding="same", end="softmax", dropouts=(0.25, 0.25, 0.5), dense=True,
    pool_first=True, pooling=layers.MaxPooling2D, filters=((16, 32), (32, 64)), batch_norm=False,
):  # fmt: skip
    """Return the network of 2017 with changes."""
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
    if dense:
        model.add(layers.LeakyReLU(negative_slope=slope))
    if dropouts[-1]:
        model.add(layers.Dropout(dropouts[-1]))
    model.add(layers.Dense(10, activation=end))
    return model


@make_model.mistake("The slope of LeakyReLU is 0.1 here; Keras takes 0.3 if you don't say so.")
def slope_of_keras():
    return _original(slope=0.3)


@make_model.mistake("You used ReLU; a LeakyReLU of slope 0.1 lets a little through below zero.")
def plain_relu():
    return _original(slope=0.0)


@make_model.mistake("The last layer needs a softmax: ten probabilities that sum to 1.")
def without_softmax():
    return _original(end=None)


@make_model.mistake(
    "The last layer has a sigmoid; ten classes that exclude each other need a softmax."
)
def sigmoid_end():
    return _original(end="sigmoid")


@make_model.mistake("The convolutions are padded: padding='same'. Keras's default is 'valid'.")
def valid_padding():
    return _original(padding="valid")


@make_model.mistake("The LeakyReLU after the dense layer of 256 units is missing.")
def dense_not_bent():
    return _original(dense=False)


@make_model.mistake("The dropouts are missing: 0.25 after each pooling, 0.5 before the last layer.")
def without_dropout():
    return _original(dropouts=(0, 0, 0))


@make_model.mistake("A dropout comes after its pooling, not before it.")
def dropout_before_pooling():
    return _original(pool_first=False)


@make_model.mistake("The dropout before the last layer is 0.5; the others are 0.25.")
def one_rate():
    return _original(dropouts=(0.25, 0.25, 0.25))


@make_model.mistake("This is average pooling; the network takes the largest values.")
def average_pooled():
    return _original(pooling=layers.AveragePooling2D)


@make_model.mistake("The second stage has 32 and 64 filters, as the first has 16 and 32.")
def stages_alike():
    return _original(filters=((16, 32), (64, 64)))


@make_model.mistake("There is no batch norm in this network of 2017: you will add it later.")
def with_batch_norm():
    return _original(batch_norm=True)


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
