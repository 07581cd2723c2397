"""Check of `build_denoiser`: one halving, convolutions, one doubling, and the subtraction."""

import keras
from keras import layers, ops

from ..check import new_check
from ..probes.week4.build_denoiser import WEIGHTS
from ._network_sizes import given, taken
from ._value_facts import FORM, wrong_form

IDLE = "what it makes of images while all weights are 0"
build_denoiser = new_check(
    __name__,
    points=2,
    rtol=1e-3,
    atol=1e-4,
    layers=("filters", "kernel_size", "strides", "padding", "activation"),
    sentences={
        FORM: wrong_form,
        "input": taken("The denoiser", "images"),
        "output": given("The denoiser", "images"),
        WEIGHTS: lambda ours, theirs: (
            f"The network has {ours} arrays of weights in place of {theirs}: count its layers; "
            "each has a kernel and a bias."
        ),
        IDLE: "With all weights 0 the network should give back what came in: subtract the noise "
        "that it finds from the images.",
    },
)


def _denoiser(
    img_shape, filters, activation="elu", depth=3, first=4, kernel=3, end=None,
    then=lambda noisy, noise: noisy - noise, channels=None, grow=1, back=4,
):  # fmt: skip
    noisy = keras.Input(img_shape)
    x = layers.Conv2D(filters, first, strides=2, padding="same", activation=activation)(noisy)
    for _ in range(depth):
        x = layers.Conv2D(filters * grow, kernel, padding="same", activation=activation)(x)
    channels = channels or img_shape[-1]
    noise = layers.Conv2DTranspose(channels, back, strides=2, padding="same", activation=end)(x)
    return keras.Model(noisy, then(noisy, noise))


build_denoiser.add_mistakes(
    _denoiser,
    {
        "The network returns the noise that it finds: subtract that from the images.": {
            "then": lambda noisy, noise: noise
        },
        "The noise is added once more: subtract it.": {"then": lambda noisy, noise: noisy + noise},
        "The images are subtracted from the noise; it goes the other way round.": {
            "then": lambda noisy, noise: noise - noisy
        },
        "The activation is ELU, which lets negative numbers through; yours is ReLU.": {
            "activation": "relu"
        },
        "There is no activation, so all layers together are one linear map: ELU belongs behind "
        "each convolution.": {"activation": None},
        "The last layer has an activation; noise goes up and down without bounds.": {"end": "tanh"},
        "One 3×3 convolution is missing: there are three between the ends.": {"depth": 2},
        "One 3×3 convolution is too many: there are three between the ends.": {"depth": 4},
        "The convolutions in the middle have 5×5 kernels: 3×3 are asked for.": {"kernel": 5},
        "The first kernel is 3×3: with a stride of 2, take 4×4.": {"first": 3},
        "The middle has twice as many filters: all convolutions have the same number.": {"grow": 2},
        "The last kernel is 3×3: with a stride of 2, take 4×4.": {"back": 3},
    },
)


@build_denoiser.alternative
def with_subtract(img_shape, filters):
    return _denoiser(img_shape, filters, then=lambda *both: layers.Subtract()(both))


@build_denoiser.alternative
def around_a_sequence(img_shape, filters):
    stages = [keras.Input(img_shape), layers.Conv2D(filters, 4, 2, "same"), layers.ELU()]
    for _ in range(3):
        stages += [layers.Conv2D(filters, (3, 3), padding="same"), layers.Activation("elu")]
    stages.append(layers.Conv2DTranspose(img_shape[2], (4, 4), (2, 2), padding="same"))
    images = keras.Input(img_shape)
    return keras.Model(images, ops.subtract(images, keras.Sequential(stages)(images)))


@build_denoiser.alternative
def unrolled(img_shape, filters):
    conv = {"filters": filters, "padding": "same", "activation": keras.activations.elu}
    images = keras.Input(shape=img_shape)
    x = layers.Conv2D(kernel_size=4, strides=2, **conv)(images)
    x = layers.Conv2D(kernel_size=3, **conv)(x)
    x = layers.Conv2D(kernel_size=3, **conv)(x)
    x = layers.Conv2D(kernel_size=3, **conv)(x)
    minus = layers.Conv2DTranspose(img_shape[-1], 4, strides=2, padding="same")(x)
    return keras.Model(inputs=images, outputs=layers.subtract([images, minus]))
