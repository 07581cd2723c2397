"""Check of `apply_gaussian_noise`: points, the mistakes people make, sound variants."""

import math

import numpy as np

from ..check import new_check


def _facts_of_noise(evidence):
    """Replace the noise, which every right answer may draw in its own way, by what must hold."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and not seen["error"]:
            value = _noise_facts(value) if "noise" in value else _chance_facts(value["drawn"])
        result.append({**seen, "value": value})
    return result


def _noise_facts(value):
    noise, sigma = np.asarray(value["noise"], float), value["sigma"]
    if not noise.any():
        return {"dtype": value["dtype"], "no noise at all": True}
    flat = noise.reshape(len(noise), -1)
    near = np.corrcoef(noise[:, :, :-1].ravel(), noise[:, :, 1:].ravel())[0, 1]
    channels = np.corrcoef(noise[..., 0].ravel(), noise[..., 1].ravel())[0, 1]
    return {
        "dtype": value["dtype"],
        "no noise at all": False,
        "its standard deviation is sigma": bool(abs(noise.std() / sigma - 1) < 0.02),
        "it is sigma²": bool(abs(noise.std() / sigma**2 - 1) < 0.02),
        "its mean is 0": bool(abs(noise.mean()) < 0.02 * sigma),
        "its share beyond 2 sigma is that of a normal distribution": bool(
            abs(np.mean(np.abs(noise) > 2 * noise.std()) - 0.0455) < 0.008
        ),
        "each image has its own": not np.allclose(flat[0], flat[1]),
        "each pixel has its own": bool(abs(near) < 0.1),
        "each channel has its own": bool(abs(channels) < 0.1),
    }


def _chance_facts(drawn):
    first, again, other = drawn
    return {
        "the same generator gives the same": bool(np.array_equal(first, again)),
        "another generator gives another": not np.array_equal(first, other),
    }


apply_gaussian_noise = new_check(__name__, properties=_facts_of_noise)


@apply_gaussian_noise.mistake(
    "You gave sigma² as the standard deviation; sigma is the standard deviation itself."
)
def sigma_squared(images, sigma, rng):
    return (images + rng.normal(0, sigma**2, images.shape)).astype("float32")


@apply_gaussian_noise.mistake(
    "You drew as if sigma were the variance; the square root is too much."
)
def root_of_sigma(images, sigma, rng):
    return (images + rng.normal(0, math.sqrt(sigma), images.shape)).astype("float32")


@apply_gaussian_noise.mistake(
    "You cut off what leaves the range −0.5 to 0.5; then the noise on black and white is one-sided."
)
def clipped_noise(images, sigma, rng):
    noisy = images + sigma * rng.standard_normal(images.shape, dtype="float32")
    return np.clip(noisy, -0.5, 0.5)


@apply_gaussian_noise.mistake("The noise is uniform, and on one side; it is normal around 0.")
def uniform_noise(images, sigma, rng):
    return (images + sigma * rng.random(images.shape)).astype("float32")


@apply_gaussian_noise.mistake("All images get the same noise; draw as many numbers as there are.")
def same_noise_for_all(images, sigma, rng):
    return (images + rng.normal(0, sigma, images.shape[1:])).astype("float32")


@apply_gaussian_noise.mistake(
    "The three channels of a pixel get the same noise: draw each its own."
)
def grey_noise(images, sigma, rng):
    return (images + rng.normal(0, sigma, (*images.shape[:3], 1))).astype("float32")


@apply_gaussian_noise.mistake(
    "The noise doesn't come from `rng`, so nobody can draw the same noise again."
)
def noise_from_elsewhere(images, sigma, rng):
    return (images + np.random.default_rng().normal(0, sigma, images.shape)).astype("float32")


@apply_gaussian_noise.mistake(
    "The result is float64, twice as large as needed: networks compute with float32."
)
def float64_noise(images, sigma, rng):
    return images + rng.normal(0, sigma, images.shape)


@apply_gaussian_noise.alternative
def noise_by_normal(images, sigma, rng):
    return np.add(images, rng.normal(scale=sigma, size=images.shape)).astype(np.float32)


@apply_gaussian_noise.alternative
def noise_one_at_a_time(images, sigma, rng):
    noisy = [image + sigma * rng.standard_normal(image.shape) for image in images]
    return np.stack(noisy).astype(images.dtype)
