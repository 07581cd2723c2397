"""On which inputs `beam_search` is tried."""

from ..recorder import probe
from ..sizes import sizes_from
from ._decoding import try_decoder


@probe
def beam_search(call, rng):
    size = sizes_from(rng)

    def try_on(case, width, n, vocab_size, max_len, end_bias, scale=2.0, hurry=0.25):
        case, options = f"width {width}, {case}", {"scale": scale, "hurry": hurry}
        try_decoder(call, rng, case, n, vocab_size, max_len, end_bias, (width,), **options)

    n, most, wide = size(24, 28), size(4, 5), size(8, 12)
    try_on(f"{n} images", 3, n, size(7, 8), size(6, 7), -0.5)
    n = size(8, 11)
    try_on(f"{n} images, cut at {most} tokens", 2, n, size(7, 9), most, -1.0)
    n = size(14, 17)
    try_on(f"{n} images that end soon", size(4, 5), n, size(6, 7), size(8, 9), 0.5)
    n = size(4, 7)
    try_on(f"{n} images", 1, n, size(6, 8), size(6, 8), -0.5)
    try_on("one image", size(3, 4), 1, size(8, 10), size(5, 7), -0.5)
    n = size(60, 64)  # so many that each slip shows
    case = f"which is more than there are tokens, {n} images"
    try_on(case, wide, n, size(4, 5), size(5, 6), -0.5, scale=2.5)
    try_on("captions that end at once", 3, size(3, 5), size(5, 7), size(4, 6), 40.0)
    try_on("one token at most", size(2, 3), size(5, 7), size(5, 7), 1, 0.0)
