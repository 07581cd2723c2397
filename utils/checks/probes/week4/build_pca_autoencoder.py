"""On which inputs `build_pca_autoencoder` is tried."""

from ..recorder import probe
from ._autoencoders import try_autoencoder


@probe
def build_pca_autoencoder(call, rng):
    height, width = (int(n) for n in rng.integers(4, 9, size=2))
    code_size = int(rng.integers(3, 8))
    try_autoencoder(call, rng, "small colour images", (height, width, 3), code_size)
    try_autoencoder(call, rng, "grey images, one number as the code", (5, 4, 1), 1)
