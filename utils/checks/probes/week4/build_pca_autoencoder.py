"""On which inputs `build_pca_autoencoder` is tried."""

from ..recorder import probe
from ..sizes import sizes_from
from ._autoencoders import try_autoencoder


@probe
def build_pca_autoencoder(call, rng):
    size = sizes_from(rng)
    try_autoencoder(call, rng, "small colour images", (size(4, 8), size(4, 8), 3), size(3, 7))
    grey = size(5, 8), 4, 1
    try_autoencoder(call, rng, "grey images, one number as the code", grey, 1)
