"""On which inputs `build_deep_autoencoder` is tried."""

from ..recorder import probe
from ._autoencoders import try_autoencoder


@probe
def build_deep_autoencoder(call, rng):
    code_size = int(rng.integers(20, 40))
    case = f"images of 32×32×3, code {code_size}"
    try_autoencoder(call, rng, case, (32, 32, 3), code_size)
    height, width = (16, 32) if rng.random() < 0.5 else (32, 16)
    code_size = int(rng.integers(4, 9))
    case = f"grey images of {height}×{width}, code {code_size}"
    try_autoencoder(call, rng, case, (height, width, 1), code_size)
