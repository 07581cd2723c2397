"""On which inputs `morph` is tried."""

import keras

from ..models import set_known_weights
from ..recorder import probe
from ._arrays import as_array, draw_images


@probe
def morph(call, rng):
    encoder, decoder = _small_pair(rng)
    image_a, image_b = draw_images(rng, n=2, side=6)
    for steps in (7, 2, int(rng.integers(3, 6))):
        call(f"{steps} steps", encoder, decoder, image_a, image_b, steps, then=as_array)
    call("an image to itself", encoder, decoder, image_a, image_a, 3, then=as_array)


def _small_pair(rng):
    """Return an encoder and a decoder that aren't linear, so that where one mixes can be seen."""
    layers = keras.layers
    flat = [keras.Input((6, 6, 3)), layers.Flatten(), layers.Dense(4, activation="tanh")]
    encoder = keras.Sequential(flat)
    back = [keras.Input((4,)), layers.Dense(108, activation="tanh"), layers.Reshape((6, 6, 3))]
    pair = set_known_weights(encoder, rng), set_known_weights(keras.Sequential(back), rng)
    for model in pair:
        model.compile(run_eagerly=True)  # `predict` on a few images is not worth building a graph
    return pair
