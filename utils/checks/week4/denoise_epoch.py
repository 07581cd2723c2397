"""Check of `denoise_epoch`: which images are targets, how batches are cut, how noise is drawn."""

import numpy as np

from ..check import new_check
from ..probes.week4.denoise_epoch import NOTHING


def _facts(value, facts):
    if "sizes" not in value:
        return value
    targets, number = np.asarray(value["targets"]), value["number"]
    found = {
        NOTHING: False,
        "targets are the clean images": bool((targets >= 0).all()),
        "sizes of batches": value["sizes"],
    }
    if not found["targets are the clean images"]:
        inputs = bool((np.asarray(value["inputs"]) >= 0).all())
        return found | {"inputs are the clean images": inputs}
    found["every image comes once"] = sorted(targets) == list(range(number))
    if value["many"]:
        found["the order is shuffled"] = not (np.diff(targets) > 0).mean() > 0.8
    noise = value.get("noise")
    if noise is None:
        return found | {"input and target have one shape": False}
    noise = np.asarray(noise)
    spread, sigma = noise.std(), facts["sigma"]
    found["there is noise"] = bool(spread > 0)
    if spread == 0 or not value["many"]:
        return found
    first = noise[: value["sizes"][0]]
    second = noise[value["sizes"][0] : 2 * value["sizes"][0]]
    return found | {
        "inputs belong to their targets": bool(value["alike"] > 0.5),  # 1, or 0 of other images
        "its standard deviation is sigma": bool(abs(spread - sigma) < 0.06 * sigma),
        "its mean is 0": bool(abs(noise.mean()) < 0.06 * sigma),
        "each image has its own": not np.allclose(first[0], first[1]),
        "each batch has its own": not np.allclose(first, second),
    }


def _properties(evidence):
    return [
        {**seen, "value": _facts(seen["value"], seen["facts"])}
        if isinstance(seen["value"], dict)
        else seen
        for seen in evidence
    ]


def _of_targets(ours, _):
    return (
        "The targets aren't the clean images, or not one by one: the network gets the noisy ones "
        "as input, and the very same images without noise as target."
    )


def _of_sizes(ours, theirs):
    if sum(ours) < sum(theirs) and ours == theirs[: len(ours)]:
        return "The last batch is missing: where images are left over, they make a smaller one."
    if sum(ours) > sum(theirs):
        return "The network is trained on more images than there are: an epoch sees each once."
    return f"The batches have the sizes {ours}; they should be {theirs}."


APART = (
    "Noisy and clean images are shuffled apart, so a target is another image than the input: "
    "shuffle once, or shuffle places."
)
SENTENCES = {
    NOTHING: "The network is never trained: call `denoiser.train_on_batch` for every batch.",
    "targets are the clean images": _of_targets,
    "sizes of batches": _of_sizes,
    "every image comes once": "Some images come twice and others never: cut one shuffled order "
    "into batches, don't draw each batch anew.",
    "the order is shuffled": "The images come in the order in which they were given: shuffle "
    "their order first, by `rng.permutation`.",
    "input and target have one shape": "Noisy images and targets have different shapes.",
    "there is noise": "The network gets the clean images as input: it would learn to copy. Add "
    "the noise.",
    "inputs belong to their targets": APART,
    "its standard deviation is sigma": "The noise's standard deviation isn't sigma.",
    "its mean is 0": "The noise doesn't have mean 0, so the images get brighter or darker.",
    "each image has its own": "All images of a batch get the same noise.",
    "each batch has its own": "All batches get the same noise: draw it inside the loop.",
    "both epochs have one order": "Two epochs have the same order: draw it from `rng` in each.",
    "both epochs have one noise": "Two epochs have the same noise: draw it from `rng` in each.",
    "the same generator gives the same": "Not all chance comes from `rng`, so nobody can repeat "
    "the training.",
    "another generator gives another": "Another generator gives the same batches: draw from "
    "`rng`, not from one of your own.",
    "without noise, input and target agree": "With sigma 0, an input isn't its own target: noisy "
    "and clean images must stay in the same order.",
}
denoise_epoch = new_check(__name__, points=2, properties=_properties, sentences=SENTENCES)


def _epoch(
    denoiser, images, sigma, batch_size, rng, order=lambda rng, n: rng.permutation(n),
    last=True, pair=lambda noisy, clean: (noisy, clean), scale=lambda sigma: sigma,
    noise=lambda rng, shape: rng.standard_normal(shape), source=lambda rng: rng, steps=1,
):  # fmt: skip
    rng = source(rng)
    places, number = order(rng, len(images)), len(images)
    for start in range(0, number if last else number - batch_size + 1, batch_size):
        clean = images[places[start : start + batch_size]]
        noisy = clean + (scale(sigma) * noise(rng, clean.shape)).astype("float32")
        for _ in range(steps):
            denoiser.train_on_batch(*pair(noisy, clean))


denoise_epoch.add_mistakes(
    _epoch,
    {
        "The images come in the order in which they were given: shuffle their order first, by "
        "`rng.permutation`.": {"order": lambda rng, n: np.arange(n)},
        "The last batch is missing: where images are left over, they make a smaller one.": {
            "last": False
        },
        "The target is the noisy image, so the network learns to copy noise: ask for the clean "
        "image.": {"pair": lambda noisy, clean: (noisy, noisy)},
        "Input and target are swapped: the noisy image goes in, the clean one is the target.": {
            "pair": lambda noisy, clean: (clean, noisy)
        },
        "The network gets the clean images as input: it would learn to copy. Add the noise.": {
            "pair": lambda noisy, clean: (clean, clean)
        },
        "You ask for the noise; ask for the clean image, as the network takes the noise away "
        "itself.": {"pair": lambda noisy, clean: (noisy, noisy - clean)},
        "The noise's standard deviation is sigma²; take sigma itself.": {
            "scale": lambda sigma: sigma**2
        },
        "The noise's standard deviation is 1: multiply by sigma.": {"scale": lambda sigma: 1},
        "All images of a batch get the same noise.": {
            "noise": lambda rng, shape: rng.standard_normal(shape[1:])
        },
        "The noise is uniform from 0 up, so its mean isn't 0: draw normal numbers.": {
            "noise": lambda rng, shape: rng.random(shape)
        },
        "Some images come twice and others never: cut one shuffled order into batches, don't "
        "draw each batch anew.": {"order": lambda rng, n: rng.integers(n, size=n)},
        "The network takes two steps on each batch: one is asked for.": {"steps": 2},
        "You made a generator with a fixed seed, so every epoch is the same: use `rng`.": {
            "source": lambda rng: np.random.default_rng(0)
        },
        "Chance comes from a generator of your own: use `rng`, so that it can be repeated.": {
            "source": lambda rng: np.random.default_rng()
        },
    },
)


@denoise_epoch.mistake("One batch of all images is one step; cut them into batches.")
def one_batch(denoiser, images, sigma, batch_size, rng):
    _epoch(denoiser, images, sigma, len(images), rng)


@denoise_epoch.mistake(APART)
def shuffled_apart(denoiser, images, sigma, batch_size, rng):
    noisy = images + sigma * rng.standard_normal(images.shape, dtype="float32")
    noisy, clean = rng.permutation(noisy), rng.permutation(images)
    for start in range(0, len(images), batch_size):
        denoiser.train_on_batch(
            noisy[start : start + batch_size], clean[start : start + batch_size]
        )


@denoise_epoch.alternative
def all_noise_at_once(denoiser, images, sigma, batch_size, rng):
    order = rng.permutation(len(images))
    clean = images[order]
    noisy = clean + rng.normal(0, sigma, clean.shape)
    for start in range(0, len(clean), batch_size):
        end = min(start + batch_size, len(clean))
        denoiser.train_on_batch(noisy[start:end], clean[start:end])


@denoise_epoch.alternative
def by_split(denoiser, images, sigma, batch_size, rng):
    places = np.arange(len(images))
    rng.shuffle(places)
    for rows in np.split(places, range(batch_size, len(places), batch_size)):
        batch = np.array([images[row] for row in rows])
        noise = rng.normal(scale=sigma, size=batch.shape).astype("float32")
        denoiser.train_on_batch(x=np.add(batch, noise), y=batch)


@denoise_epoch.alternative
def by_a_shuffled_copy(denoiser, images, sigma, batch_size, rng):
    shuffled, start = rng.permutation(images), 0
    while start < len(shuffled):
        clean = shuffled[start:][:batch_size]
        denoiser.train_on_batch(clean + sigma * rng.standard_normal(clean.shape), clean)
        start += batch_size
