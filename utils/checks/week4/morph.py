"""Check of `morph`: a straight line in code space, both ends included, decoded."""

import numpy as np
from keras import ops

from ..check import new_check

morph = new_check(__name__, rtol=1e-4, atol=1e-5)


def _codes_of(encoder, *images):
    return ops.convert_to_numpy(encoder(np.stack(images)))


def _pictures(decoder, codes):
    return ops.convert_to_numpy(decoder(np.asarray(codes, "float32")))


def _morph(
    encoder, decoder, image_a, image_b, steps, line=np.linspace, then=lambda pictures: pictures
):
    return then(_pictures(decoder, line(*_codes_of(encoder, image_a, image_b), steps)))


def _shares(steps):
    return np.linspace(0, 1, steps)[:, None]


def _on_a_sphere(a, b, steps):
    cosine = a @ b / np.linalg.norm(a) / np.linalg.norm(b)
    angle, shares = np.arccos(np.clip(cosine, -1, 1)) + 1e-6, _shares(steps)
    return (np.sin((1 - shares) * angle) * a + np.sin(shares * angle) * b) / np.sin(angle)


CUT = "You cut off the decoder's pictures: return them as the decoder makes them."
SHOWN = "You moved the pictures to 0 to 1, as for showing: return them as the decoder makes them."
morph.add_mistakes(
    _morph,
    [
        (
            "The path goes from image b to image a; start at a.",
            {"line": lambda a, b, steps: np.linspace(b, a, steps)},
        ),
        (
            "The end is missing: the last picture is image b's own code, decoded.",
            {"line": lambda a, b, steps: np.linspace(a, b, steps, endpoint=False)},
        ),
        (
            "The start is missing: the first picture is image a's own code, decoded.",
            {"line": lambda a, b, steps: np.linspace(b, a, steps, endpoint=False)[::-1]},
        ),
        (
            "There are `steps` pictures in all, including both ends; you put `steps` between them.",
            {"line": lambda a, b, steps: np.linspace(a, b, steps + 2)},
        ),
        (
            "Both ends are missing: your pictures lie strictly between both images' codes.",
            {"line": lambda a, b, steps: np.linspace(a, b, steps + 2)[1:-1]},
        ),
        (
            "One picture too many: `steps` counts the pictures, both ends among them.",
            {"line": lambda a, b, steps: np.linspace(a, b, steps + 1)},
        ),
        (
            "One picture too few: `steps` counts the pictures, both ends among them.",
            {"line": lambda a, b, steps: np.linspace(a, b, steps - 1)},
        ),
        (
            "You add shares of b's code to a's; add shares of the difference, b − a.",
            {"line": lambda a, b, steps: a + _shares(steps) * b},
        ),
        (
            "You added shares of a − b to a, which leads away from b: take b − a.",
            {"line": lambda a, b, steps: a + _shares(steps) * (a - b)},
        ),
        (
            "The codes lie on an arc (spherical interpolation); a straight line is asked for.",
            {"line": _on_a_sphere},
        ),
        (
            "The codes aren't at equal distances: the shares should grow by the same step.",
            {"line": lambda a, b, steps: a + _shares(steps) ** 2 * (b - a)},
        ),
        (CUT, {"then": lambda pictures: pictures.clip(-0.5, 0.5)}),
        (CUT, {"then": lambda pictures: pictures.clip(0, 1)}),
        (SHOWN, {"then": lambda pictures: np.clip(pictures + 0.5, 0, 1)}),
        (SHOWN, {"then": lambda pictures: pictures + 0.5}),
        (
            "Each picture still has an axis of its own, for a batch of one: join them with "
            "np.concatenate, or take `[0]` of each.",
            {"then": lambda pictures: pictures[:, None]},
        ),
        (
            "There is a batch axis of length 1 in front: return (steps, H, W, C).",
            {"then": lambda pictures: pictures[None]},
        ),
        (
            "Your pictures come as bytes or other whole numbers: return them as the decoder makes "
            "them, float32.",
            {"then": lambda pictures: (255 * (pictures + 0.5)).clip(0, 255).astype("uint8")},
        ),
    ],
)


@morph.mistake(
    "You mix the pixels, so both faces show through each other; mix the codes, then decode."
)
def mixed_pixels(encoder, decoder, image_a, image_b, steps):
    return np.linspace(image_a, image_b, steps)


@morph.mistake("You mix pixels first and then encode; the straight line lies in code space.")
def mixed_before_encoding(encoder, decoder, image_a, image_b, steps):
    mixed = np.linspace(image_a, image_b, steps).astype("float32")
    return _pictures(decoder, encoder(mixed))


@morph.mistake(
    "You decode both codes and mix the decoded pictures; mix the codes, then decode each mixture."
)
def mixed_after_decoding(encoder, decoder, image_a, image_b, steps):
    a, b = _pictures(decoder, _codes_of(encoder, image_a, image_b))
    return np.linspace(a, b, steps)


@morph.mistake("You return the codes along the path; decode them.")
def not_decoded(encoder, decoder, image_a, image_b, steps):
    return np.linspace(*_codes_of(encoder, image_a, image_b), steps)


@morph.mistake(
    "The first and last picture are the originals; show what the decoder makes of their codes."
)
def ends_are_originals(encoder, decoder, image_a, image_b, steps):
    pictures = _morph(encoder, decoder, image_a, image_b, steps).copy()
    pictures[0], pictures[-1] = image_a, image_b
    return pictures


NO_BATCH = (
    "The encoder got a single image without a batch axis: give it `image_a[None]`, or both images "
    "stacked."
)


@morph.mistake(NO_BATCH)
def predicted_without_batch(encoder, decoder, image_a, image_b, steps):
    return decoder(encoder.predict(image_a, verbose=0))


@morph.mistake(NO_BATCH)
def called_without_batch(encoder, decoder, image_a, image_b, steps):
    return decoder(encoder(image_a))


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
