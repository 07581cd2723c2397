"""On which inputs `build_denoiser` is tried."""

import numpy as np

from ..attempt import is_network
from ..models import outputs, set_known_weights, weight_shapes
from ..recorder import probe
from ._gan import if_network, sizes_by_use
from ._sizes import size_in_words

WEIGHTS = "arrays of weights"


@probe
def build_denoiser(call, rng):
    height, width = (int(8 * side) for side in rng.permutation([1, 2, 3])[:2])
    for shape, filters in (((height, width, int(rng.integers(1, 3))), int(rng.integers(3, 7))),
                           ((16, 16, 3), int(rng.integers(7, 12)))):  # fmt: skip
        case = f"images of {size_in_words((None, *shape))}, {filters} filters"
        network = call(case, shape, filters, then=if_network(sizes_by_use(*shape)))
        if not is_network(network):
            return
        call.observe(f"{case}: its weights", _weights, network)
        images = rng.uniform(-0.5, 0.5, size=(3, *shape)).astype("float32")
        seed = int(rng.integers(2**31))
        call.observe(f"{case}: without weights", _with_zeros, network, images)
        call.observe(f"{case}: with given weights", _cleaned, network, images, seed)


def _weights(network):
    words = [size_in_words((None, *shape)) for shape in weight_shapes(network)]
    return {WEIGHTS: len(words), "their shapes": words}


def _with_zeros(network, images):
    """Return how far images are from themselves where the network finds no noise."""
    network.set_weights([np.zeros(shape) for shape in weight_shapes(network)])
    return {"what it makes of images while all weights are 0": outputs(network, images) - images}


def _cleaned(network, images, seed):
    return {"cleaned": outputs(set_known_weights(network, np.random.default_rng(seed)), images)}
