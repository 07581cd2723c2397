"""Check of `apply_gaussian_noise`: the noise's distribution, its independence, its generator."""

import math

import numpy as np
from scipy.special import ndtr

from ..check import new_check
from ._value_facts import FORM, with_facts, wrong_form

# Kolmogorov: so far from it are 33,792 normal numbers, the fewest, once in two million times.
FAR = 0.015


def _facts_of_noise(value, facts):
    """Return what must hold for the noise, which every right answer may draw in its own way."""
    if "drawn" in value:
        return _chance_facts(value["drawn"])
    noise, sigma = np.asarray(value["noise"], float), facts["sigma"]
    found = {"dtype": value["dtype"], "no noise at all": not noise.any()}
    return found | (_facts_of_draws(noise, value, sigma) if noise.any() else {})


def _facts_of_draws(noise, value, sigma):
    spread = noise.std()
    near = _correlation(noise[:, :, :-1], noise[:, :, 1:])
    channels = _correlation(noise[..., 0], noise[..., 1])
    return {
        "nothing is cut off": max(value["at its ends"]) < 0.001,
        "each image has its own": not np.allclose(noise[0], noise[1]),
        "each pixel has its own": near < 0.1,
        "each channel has its own": channels < 0.1,
        "dark and bright get the same": _correlation(abs(noise), abs(value["brightness"])) < 0.1,
        "its mean is 0": bool(abs(noise.mean()) < 0.03 * sigma),
        "its share beyond 2 sigma is that of a normal distribution": bool(
            abs(np.mean(np.abs(noise) > 2 * spread) - 0.0455) < 0.008
        ),
        "its distribution is normal": _distance_to_normal(noise / spread) < FAR,
        "its standard deviation": _name_of_spread(spread, sigma),
    }


def _correlation(a, b):
    """Return the size of a correlation, and 0 of what doesn't vary."""
    a, b = np.ravel(a), np.ravel(b)
    return float(abs(np.corrcoef(a, b)[0, 1])) if a.std() > 0 and b.std() > 0 else 0.0


def _name_of_spread(spread, sigma):
    names = {"sigma": sigma, "sigma²": sigma**2, "√sigma": math.sqrt(sigma)}
    names |= {"2 · sigma": 2 * sigma, "sigma / 2": sigma / 2, "1": 1.0, "255 · sigma": 255 * sigma}
    fits = [name for name, number in names.items() if abs(spread - number) < 0.02 * number]
    return fits[0] if fits else "something else"


def _distance_to_normal(numbers):
    """Return the largest distance between their distribution function and the normal one."""
    steps = np.arange(numbers.size + 1) / numbers.size
    right = ndtr(np.sort(numbers, axis=None))
    return float(max(np.max(steps[1:] - right), np.max(right - steps[:-1])))


def _chance_facts(drawn):
    first, again, other = drawn
    return {
        "the same generator gives the same": bool(np.array_equal(first, again)),
        "another generator gives another": not np.array_equal(first, other),
    }


def _of_spread(ours, theirs):
    if ours == "something else":
        return f"The noise's standard deviation isn't {theirs}: multiply standard normal numbers."
    return f"The noise's standard deviation is {ours}; it should be {theirs}."


def _of_none(ours, _):
    if ours:
        return "You return the images without any noise: add it, and return the sum."
    return "There is noise even where sigma is 0: multiply it by sigma."


UNEVEN = "The noise isn't normal: draw it by `rng.normal` or `rng.standard_normal`."
SENTENCES = {
    FORM: wrong_form,
    "dtype": lambda ours, theirs: f"The result is {ours}; return {theirs}, as the images are.",
    "no noise at all": _of_none,
    "nothing is cut off": "You cut off what leaves a range; that makes noise on black and white "
    "one-sided.",
    "each image has its own": "All images get the same noise; draw a number for every pixel of "
    "every image.",
    "each pixel has its own": "Neighbouring pixels share their noise: draw a number for each.",
    "each channel has its own": "The channels of a pixel share their noise: draw one for each.",
    "dark and bright get the same": "The noise depends on how bright a pixel is: add it to the "
    "images, don't multiply them by it.",
    "its mean is 0": "The noise doesn't have mean 0, so the images get brighter or darker.",
    "its share beyond 2 sigma is that of a normal distribution": UNEVEN,
    "its distribution is normal": UNEVEN,
    "its standard deviation": _of_spread,
    "the same generator gives the same": "The noise doesn't come from `rng`, so nobody can draw "
    "the same noise again.",
    "another generator gives another": "The noise is the same for every generator: draw it from "
    "`rng`, not from one of your own with a fixed seed.",
}
apply_gaussian_noise = new_check(
    __name__, properties=with_facts(_facts_of_noise), sentences=SENTENCES
)


def _noisy(
    images, sigma, rng, std=lambda sigma: sigma, dtype="float32",
    draw=lambda rng, shape: rng.standard_normal(shape),
):  # fmt: skip
    return (images + std(sigma) * draw(rng, images.shape)).astype(dtype)


apply_gaussian_noise.add_mistakes(
    _noisy,
    {
        "You gave sigma² as the standard deviation; sigma is the standard deviation itself.": {
            "std": lambda sigma: sigma**2
        },
        "You took sigma for the variance; leave out the square root.": {"std": math.sqrt},
        "All images get the same noise; draw a number for every pixel of every image.": {
            "draw": lambda rng, shape: rng.standard_normal(shape[1:])
        },
        "The three channels of a pixel get the same noise: draw one number for each.": {
            "draw": lambda rng, shape: rng.standard_normal((*shape[:3], 1))
        },
        "The noise doesn't come from `rng`, so nobody can draw the same noise again.": {
            "draw": lambda rng, shape: np.random.default_rng().standard_normal(shape)
        },
        "The result is float64, twice as large as needed: networks compute with float32.": {
            "dtype": "float64"
        },
    },
)


@apply_gaussian_noise.alternative
def noise_by_normal(images, sigma, rng):
    return np.add(images, rng.normal(scale=sigma, size=images.shape)).astype(np.float32)


@apply_gaussian_noise.alternative
def noise_one_at_a_time(images, sigma, rng):
    noisy = [image + sigma * rng.standard_normal(image.shape) for image in images]
    return np.stack(noisy).astype(images.dtype)
