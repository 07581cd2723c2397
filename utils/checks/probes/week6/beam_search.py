"""On which inputs `beam_search` is tried."""

from ..recorder import probe
from ._decoding import try_decoder


@probe
def beam_search(call, rng):
    flat = {"scale": 0.9, "hurry": 0.25}
    try_decoder(call, rng, "width 3, twenty images", 20, 7, 7, -0.5, (3,), **flat)
    try_decoder(call, rng, "width 2, nine images, cut at 4 tokens", 9, 8, 4, -1.0, (2,), **flat)
    try_decoder(call, rng, "width 4, sixteen images that end soon", 16, 6, 9, 0.5, (4,), **flat)
    try_decoder(call, rng, "width 1", 5, 7, 7, -0.5, (1,), **flat)
    try_decoder(call, rng, "one image", 1, 9, 6, -0.5, (3,), **flat)
    try_decoder(call, rng, "a beam wider than there are tokens", 3, 4, 4, -0.5, (10,), **flat)
    try_decoder(call, rng, "captions that end at once", 3, 6, 5, 40.0, (3,))
    try_decoder(call, rng, "one token at most", 6, 6, 1, 0.0, (3,), **flat)
