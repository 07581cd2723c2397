"""On which inputs `morph` is tried."""

import keras

from ..models import set_known_weights
from ..recorder import probe
from ..sizes import sizes_from
from ._arrays import as_array, draw_images


@probe
def morph(call, rng):
    size = sizes_from(rng)
    side = size(5, 7)
    encoder, decoder = _small_pair(rng, side, size(3, 5))
    image_a, image_b = draw_images(rng, n=2, side=side)
    for steps in (size(8, 9), 2, size(3, 4)):
        call(f"{steps} steps", encoder, decoder, image_a, image_b, steps, then=as_array)
    call("an image to itself", encoder, decoder, image_a, image_a, 3, then=as_array)


def _small_pair(rng, side, code_size):
    """Return an encoder and a decoder that aren't linear, so that where one mixes can be seen."""
    layers, shape = keras.layers, (side, side, 3)
    flat = [keras.Input(shape), layers.Flatten(), layers.Dense(code_size, activation="tanh")]
    back = [keras.Input((code_size,)), layers.Dense(3 * side**2, activation="tanh")]
    back.append(layers.Reshape(shape))
    return tuple(_bent(set_known_weights(keras.Sequential(part), rng)) for part in (flat, back))


def _bent(network):
    """Make a network's weights larger, so that its tanh is far from a straight line."""
    network.set_weights([2 * weight for weight in network.get_weights()])
    return network
