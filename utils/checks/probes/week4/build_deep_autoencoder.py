"""On which inputs `build_deep_autoencoder` is tried."""

from ..recorder import probe
from ._autoencoders import try_autoencoder


@probe
def build_deep_autoencoder(call, rng):
    try_autoencoder(call, rng, "images of 32×32×3, code 32", (32, 32, 3), 32)
    try_autoencoder(call, rng, "grey images of 16×32, code 5", (16, 32, 1), 5)
