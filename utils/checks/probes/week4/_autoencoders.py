"""How a pair of encoder and decoder is tried."""

from ..attempt import is_network
from ..layer_rows import layer_rows
from ..models import outputs, set_known_weights, weight_shapes
from ._arrays import of_form
from ._sizes import size_in_words

ENCODER, DECODER = "the encoder", "the decoder"


def try_autoencoder(call, rng, case, img_shape, code_size):
    """Look at a pair of networks as it is, then at what it computes with known weights."""
    pair = call(case, img_shape, code_size, then=of_form("two networks", is_pair, sizes_of))
    if not is_pair(pair):
        return
    _add_layers(call, None)  # there, sizes say more
    rows = [layer_rows(part) for part in pair]
    ends = [tuple(part.input_shape[1:]) for part in pair]
    for name, part, known in zip((ENCODER, DECODER), pair, rows):
        call.observe(f"{case}: the weights of {name}", weights_of, name, part)
        _add_layers(call, known)
    if ends != [tuple(img_shape), (code_size,)]:  # it takes no images, or no codes
        return
    images = rng.uniform(-0.5, 0.5, size=(3, *img_shape)).astype("float32")
    codes = 2 * rng.normal(size=(3, code_size)).astype("float32")
    for name, what, part, known, given in zip(
        (ENCODER, DECODER), ("codes", "images"), pair, rows, (images, codes)
    ):
        call.observe(f"{case}: {name} with given weights", _computed, what, part, given, rng)
        _add_layers(call, known)


def _add_layers(call, rows):
    """Keep the rows of layers with what was seen last, for the diagnosis."""
    call.evidence[-1]["layers"] = rows


def is_pair(value):
    return isinstance(value, (tuple, list)) and len(value) == 2 and all(map(is_network, value))


def sizes_of(pair):
    """Return what both networks take and give, in words."""
    sizes = {}
    for name, part in zip((ENCODER, DECODER), pair):
        sizes[f"{name} takes"] = size_in_words(part.input_shape)
        sizes[f"{name} gives"] = size_in_words(part.output_shape)
    return sizes


def weights_of(name, network):
    shapes = weight_shapes(network)
    words = [size_in_words((None, *shape)) for shape in shapes]
    return {f"arrays of weights in {name}": len(shapes), f"their shapes in {name}": words}


def _computed(what, network, given, rng):
    return {what: outputs(set_known_weights(network, rng), given)}
