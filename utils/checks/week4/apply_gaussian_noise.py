"""Check of `apply_gaussian_noise`: the noise's distribution, its independence, its generator."""

import math

import numpy as np
from scipy.special import ndtr

from ..check import new_check
from ._value_facts import with_facts

# Kolmogorov: so far from it are 33,792 normal numbers, the fewest, once in two million times.
FAR = 0.015


def _facts_of_noise(value, facts):
    """Return what must hold for the noise, which every right answer may draw in its own way."""
    if "drawn" in value:
        return _chance_facts(value["drawn"])
    noise, sigma = np.asarray(value["noise"], float), facts["sigma"]
    if not noise.any():
        return {"dtype": value["dtype"], "no noise at all": True}
    spread = noise.std()
    near = np.corrcoef(noise[:, :, :-1].ravel(), noise[:, :, 1:].ravel())[0, 1]
    channels = np.corrcoef(noise[..., 0].ravel(), noise[..., 1].ravel())[0, 1]
    return {
        "dtype": value["dtype"],
        "no noise at all": False,
        "its standard deviation is sigma": bool(abs(spread - sigma) < 0.02 * sigma),
        "its standard deviation is sigma²": bool(abs(spread - sigma**2) < 0.02 * sigma**2),
        "its mean is 0": bool(abs(noise.mean()) < 0.03 * sigma),
        "its share beyond 2 sigma is that of a normal distribution": bool(
            abs(np.mean(np.abs(noise) > 2 * spread) - 0.0455) < 0.008
        ),
        "its distribution is normal": _distance_to_normal(noise / spread) < FAR,
        "each image has its own": not np.allclose(noise[0], noise[1]),
        "each pixel has its own": bool(abs(near) < 0.1),
        "each channel has its own": bool(abs(channels) < 0.1),
    }


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


apply_gaussian_noise = new_check(__name__, properties=with_facts(_facts_of_noise))


def _noisy(
    images, sigma, rng, std=lambda sigma: sigma, limit=np.inf, dtype="float32",
    draw=lambda rng, shape: rng.standard_normal(shape),
):  # fmt: skip
    noisy = images + std(sigma) * draw(rng, images.shape)
    return np.clip(noisy, -limit, limit).astype(dtype)


apply_gaussian_noise.add_mistakes(
    _noisy,
    {
        "You gave sigma² as the standard deviation; sigma is the standard deviation itself.": {
            "std": lambda sigma: sigma**2
        },
        "You took sigma for the variance; leave out the square root.": {"std": math.sqrt},
        "You clipped to the range −0.5 to 0.5; that makes noise on black and white one-sided.": {
            "limit": 0.5
        },
        "The noise is uniform and one-sided; it should be normal, with mean 0.": {
            "draw": lambda rng, shape: rng.random(shape)
        },
        "The noise has a few values only; a normal distribution has all of them.": {
            "draw": lambda rng, shape: rng.choice(
                [-2.2, -0.904, 0.904, 2.2], p=[0.02275, 0.47725, 0.47725, 0.02275], size=shape
            )
        },
        "The noise is uniform; it should be normal, as `rng.normal` draws it.": {
            "draw": lambda rng, shape: rng.uniform(-math.sqrt(3), math.sqrt(3), size=shape)
        },
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
