"""Networks trained on ImageNet, for features and for transfer."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from ..download.cache import fetch
from .choice import real_or_synthetic
from .records import Record

WEIGHTS = {
    "inception_v3": "inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5",
    "mobilenet_v2": "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5",
}


@dataclass(frozen=True)
class Encoder(Record):
    """A network without its top.

    build: function that returns the network. preprocess: function from images, 0 to 255, to the
    network's input, −1 to 1. weights: pathlib.Path of the weights' file, or None. synthetic: bool,
    whether the weights are random.
    """

    build: Callable
    preprocess: Callable
    source: str
    weights: object = None
    synthetic: bool = False

    @cached_property
    def model(self):
        """The network, a keras.Model from (n, size, size, 3) to a grid of features.

        It is built on first use: some callers need only the weights.
        """
        return self.build()


def centred(images):
    """Return images, 0 to 255, as −1 to 1."""
    return images / 127.5 - 1


def pretrained_encoder(name="inception_v3", image_size=None):
    """Return InceptionV3 or MobileNetV2 without its top, trained on ImageNet.

    name: 'inception_v3' (299×299, an 8×8 grid of 2,048 features; Szegedy et al. 2016) or
    'mobilenet_v2' (224×224, 7×7 of 1,280; Sandler et al. 2018). image_size: int, height and width
    of the images, at least 75 or 32, respectively; None for the size above. Synthetic: the same
    network with random weights, which shows the mechanics but knows nothing.
    """
    if name not in WEIGHTS:
        raise ValueError(f"name must be one of {', '.join(WEIGHTS)}; it is '{name}'.")
    return real_or_synthetic(
        "encoder",
        lambda: _encoder(name, image_size, fetch(WEIGHTS[name])),
        lambda: _encoder(name, image_size, None),
    )


def _encoder(name, image_size, weights):
    from keras.applications import inception_v3, mobilenet_v2

    module, network, size = {
        "inception_v3": (inception_v3, inception_v3.InceptionV3, 299),
        "mobilenet_v2": (mobilenet_v2, mobilenet_v2.MobileNetV2, 224),
    }[name]
    shape = (image_size or size, image_size or size, 3)
    build = partial(network, include_top=False, weights=weights, input_shape=shape)
    source = f"{name}, trained on ImageNet" if weights else f"{name} with random weights"
    return Encoder(build, module.preprocess_input, source, weights, synthetic=weights is None)
