"""How a pair of encoder and decoder is tried."""

from ..attempt import is_network
from ..models import outputs, set_known_weights, weight_shapes
from ._arrays import of_form


def try_autoencoder(call, rng, case, img_shape, code_size):
    """Look at a pair of networks as it is, then at what it computes with known weights."""
    pair = call(case, img_shape, code_size, then=of_form("two networks", is_pair, shapes_of))
    if not is_pair(pair):
        return
    call.observe(f"{case}: shapes of the weights", lambda: [weight_shapes(part) for part in pair])
    ends = [tuple(part.input_shape[1:]) for part in pair]
    if ends != [tuple(img_shape), (code_size,)]:  # it takes no images, or no codes
        return
    images = rng.uniform(-0.5, 0.5, size=(3, *img_shape)).astype("float32")
    call.observe(f"{case}: with given weights", encode_and_decode, pair, images, code_size, rng)


def is_pair(value):
    return isinstance(value, (tuple, list)) and len(value) == 2 and all(map(is_network, value))


def shapes_of(pair):
    names = ("encoder", "decoder")
    return {
        f"the {name}'s input and output": [list(part.input_shape), list(part.output_shape)]
        for name, part in zip(names, pair)
    }


def encode_and_decode(pair, images, code_size, rng):
    encoder, decoder = (set_known_weights(part, rng) for part in pair)
    codes = 2 * rng.normal(size=(3, code_size)).astype("float32")
    return {"codes": outputs(encoder, images), "images": outputs(decoder, codes)}
