"""The network of the race to 0.94: week 3's parts, wider, and with its first pooling later."""

import keras

WIDTHS = (64, 256, 256)  # channels of the three stages
PATTERNS = 24  # filters of the first layer: twelve patterns of 2×2 pixels, and minus each


def make_wide_model(widths=WIDTHS):
    """Return a network of about two million parameters.

    Week 3's own network has two thirds of a million and looks at 16×16 places soon, for two cores
    without a GPU. Here the first stage still sees all places. widths: channels of each stage.
    Returns a keras.Model: (n, 32, 32, 3) float -> (n, 10) logits.
    """
    layers = keras.layers

    def convolve(x, filters):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization(momentum=0.9, scale=False)(x)

    images = keras.Input((32, 32, 3))
    x = layers.Conv2D(PATTERNS, 2, activation="silu", trainable=False)(images)  # whitened
    for width in widths:
        x = layers.Conv2D(width, 3, padding="same", use_bias=False)(x)
        x = layers.MaxPooling2D()(x)  # before the norm: a quarter of the places to normalize
        x = layers.BatchNormalization(momentum=0.9, scale=False)(x)
        x = layers.Activation("silu")(x)
        x = layers.Add()([x, layers.Activation("silu")(convolve(x, width))])
    x = layers.GlobalMaxPooling2D()(x)
    return keras.Model(images, layers.Rescaling(1 / 9)(layers.Dense(10)(x)))
