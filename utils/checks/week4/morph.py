"""Check of `morph`: points, the mistakes people make, sound variants."""

import numpy as np
from keras import ops

from ..check import new_check

morph = new_check(__name__, rtol=1e-4, atol=1e-5)


def _codes_of(encoder, *images):
    return encoder.predict(np.stack(images), verbose=0)


@morph.mistake(
    "You mix the pixels, and see both faces through each other; mix the codes, then decode."
)
def mixed_pixels(encoder, decoder, image_a, image_b, steps):
    return np.linspace(image_a, image_b, steps)


@morph.mistake("You mix pixels first and then encode; the straight line lies in code space.")
def mixed_before_encoding(encoder, decoder, image_a, image_b, steps):
    mixed = np.linspace(image_a, image_b, steps).astype("float32")
    return decoder.predict(encoder.predict(mixed, verbose=0), verbose=0)


@morph.mistake("The way goes from image b to image a; start at a.")
def backwards(encoder, decoder, image_a, image_b, steps):
    code_a, code_b = _codes_of(encoder, image_a, image_b)
    return decoder.predict(np.linspace(code_b, code_a, steps), verbose=0)


@morph.mistake("The end is missing: the last picture is image b's own code, decoded.")
def without_the_end(encoder, decoder, image_a, image_b, steps):
    code_a, code_b = _codes_of(encoder, image_a, image_b)
    shares = np.arange(steps)[:, None] / steps
    return decoder.predict(code_a + shares * (code_b - code_a), verbose=0)


@morph.mistake("You return the codes on the way; decode them.")
def not_decoded(encoder, decoder, image_a, image_b, steps):
    return np.linspace(*_codes_of(encoder, image_a, image_b), steps)


@morph.mistake("There are `steps` pictures in all, with both ends; you put `steps` between them.")
def too_many_steps(encoder, decoder, image_a, image_b, steps):
    return decoder.predict(np.linspace(*_codes_of(encoder, image_a, image_b), steps + 2), verbose=0)


@morph.mistake(
    "The first and last picture are the originals; show what the decoder makes of their codes."
)
def ends_are_originals(encoder, decoder, image_a, image_b, steps):
    pictures = decoder.predict(np.linspace(*_codes_of(encoder, image_a, image_b), steps), verbose=0)
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
