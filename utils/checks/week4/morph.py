"""Check of `morph`: a straight line in code space, both ends included, decoded."""

import numpy as np
from keras import ops

from ..check import new_check

morph = new_check(__name__, rtol=1e-4, atol=1e-5)


def _codes_of(encoder, *images):
    return encoder.predict(np.stack(images), verbose=0)


def _morph(encoder, decoder, image_a, image_b, steps, line=np.linspace):
    return decoder.predict(line(*_codes_of(encoder, image_a, image_b), steps), verbose=0)


morph.add_mistakes(
    _morph,
    {
        "The path goes from image b to image a; start at a.": {
            "line": lambda a, b, steps: np.linspace(b, a, steps)
        },
        "The end is missing: the last picture is image b's own code, decoded.": {
            "line": lambda a, b, steps: np.linspace(a, b, steps, endpoint=False)
        },
        "There are `steps` pictures in all, including both ends; you put `steps` between them.": {
            "line": lambda a, b, steps: np.linspace(a, b, steps + 2)
        },
    },
)


@morph.mistake(
    "You mix the pixels, so both faces show through each other; mix the codes, then decode."
)
def mixed_pixels(encoder, decoder, image_a, image_b, steps):
    return np.linspace(image_a, image_b, steps)


@morph.mistake("You mix pixels first and then encode; the straight line lies in code space.")
def mixed_before_encoding(encoder, decoder, image_a, image_b, steps):
    mixed = np.linspace(image_a, image_b, steps).astype("float32")
    return decoder.predict(encoder.predict(mixed, verbose=0), verbose=0)


@morph.mistake("You return the codes along the path; decode them.")
def not_decoded(encoder, decoder, image_a, image_b, steps):
    return np.linspace(*_codes_of(encoder, image_a, image_b), steps)


@morph.mistake(
    "The first and last picture are the originals; show what the decoder makes of their codes."
)
def ends_are_originals(encoder, decoder, image_a, image_b, steps):
    pictures = _morph(encoder, decoder, image_a, image_b, steps)
    pictures[0], pictures[-1] = image_a, image_b
    return pictures


@morph.alternative
def morph_by_shares(encoder, decoder, image_a, image_b, steps):
    code_a, code_b = encoder(image_a[None]), encoder(image_b[None])
    shares = np.linspace(0, 1, steps, dtype="float32")[:, None]
    return ops.convert_to_numpy(decoder((1 - shares) * code_a + shares * code_b))


@morph.alternative
def morph_one_at_a_time(encoder, decoder, image_a, image_b, steps):
    a, b = _codes_of(encoder, image_a, image_b)
    codes = [a + (b - a) * step / (steps - 1) for step in range(steps)]
    return np.concatenate([decoder.predict(code[None], verbose=0) for code in codes])
