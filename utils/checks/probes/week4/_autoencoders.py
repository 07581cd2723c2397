"""How a pair of encoder and decoder is tried."""

import keras

from ..models import outputs, set_known_weights, weight_shapes


def try_autoencoder(call, rng, case, img_shape, code_size):
    """Look at a pair of networks as it is, then at what it computes with known weights."""
    pair = call(case, img_shape, code_size, then=kinds_of)
    if not is_pair(pair):
        return
    call.observe(f"{case}: shapes of the weights", lambda: [weight_shapes(part) for part in pair])
    images = rng.uniform(-0.5, 0.5, size=(3, *img_shape)).astype("float32")
    call.observe(f"{case}: with given weights", encode_and_decode, pair, images, code_size, rng)


def is_pair(value):
    kinds = (tuple, list)
    return (
        isinstance(value, kinds)
        and len(value) == 2
        and all(isinstance(part, keras.Model) for part in value)
    )


def kinds_of(value):
    if not is_pair(value):
        return value
    return [[list(part.input_shape), list(part.output_shape)] for part in value]


def encode_and_decode(pair, images, code_size, rng):
    encoder, decoder = (set_known_weights(part, rng) for part in pair)
    codes = 2 * rng.normal(size=(3, code_size)).astype("float32")
    return {"codes": outputs(encoder, images), "images": outputs(decoder, codes)}
