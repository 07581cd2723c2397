"""Networks trained on ImageNet, for features and for transfer."""

from collections.abc import Callable
from dataclasses import dataclass

from ..download import fetch
from .choose import real_or_embedded

WEIGHTS = {
    "inception_v3": "inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5",
    "mobilenet_v2": "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5",
}


@dataclass(frozen=True)
class Encoder:
    """A network without its top.

    model: keras.Model from (n, size, size, 3) to a grid of features. preprocess: function from
    images in 0 to 255 to what the model takes (−1 to 1). weights: pathlib.Path of the file they
    come from, or None. embedded: whether its weights are random.
    """

    model: object
    preprocess: Callable
    source: str
    weights: object = None
    embedded: bool = False


def pretrained_encoder(name="inception_v3", image_size=None):
    """Return InceptionV3 or MobileNetV2 without its top, trained on ImageNet.

    name: 'inception_v3' (299×299, an 8×8 grid of 2,048 features; Szegedy et al. 2016) or
    'mobilenet_v2' (224×224, 7×7 of 1,280; Sandler et al. 2018). image_size: int, height and width
    of the images, at least 75 and 32; None for the size it was trained at. Embedded: the same
    network with random weights, which shows the mechanics and knows nothing.
    """
    if name not in WEIGHTS:
        raise ValueError(f"name must be one of {', '.join(WEIGHTS)}; it is '{name}'.")
    return real_or_embedded(
        "encoder",
        lambda: _build(name, image_size, fetch(WEIGHTS[name])),
        lambda: _build(name, image_size, None),
    )


def _build(name, image_size, weights):
    from keras.applications import inception_v3, mobilenet_v2

    module, build, size = {
        "inception_v3": (inception_v3, inception_v3.InceptionV3, 299),
        "mobilenet_v2": (mobilenet_v2, mobilenet_v2.MobileNetV2, 224),
    }[name]
    size = image_size or size
    model = build(include_top=False, weights=weights, input_shape=(size, size, 3))
    if weights:
        return Encoder(model, module.preprocess_input, f"{name}, trained on ImageNet", weights)
    return Encoder(model, module.preprocess_input, f"{name} with random weights", embedded=True)
