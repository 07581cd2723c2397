"""On which inputs `denoise_epoch` is tried: a stand-in for the network notes what it is given."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from
from ._arrays import as_array, draw_images

NOTHING = "no batch at all"


class Noted:
    """Stands in for a compiled network: keeps the batches that it is trained on."""

    def __init__(self):
        self.noisy, self.clean = [], []

    def train_on_batch(self, x, y=None, *_, **__):
        self.noisy.append(np.array(as_array(x)))
        self.clean.append(np.array(as_array(x if y is None else y)))
        return 0.0


def epochs(function, images, sigma, batch_size, seed, number):
    """Return what the network is given in each of so many epochs that share one generator."""
    rng, found = np.random.default_rng(seed), []
    for _ in range(number):
        network = Noted()
        function(network, images, sigma, batch_size, rng)
        found.append([network.noisy, network.clean])
    return found


@probe
def denoise_epoch(call, rng):
    """Epochs of some sixty images: sizes of batches, targets, order, noise, its generator."""
    seed = int(rng.integers(2**31))
    size = sizes_from(rng)
    batch, sigma = size(7, 12), float(rng.uniform(0.05, 0.3))
    images = draw_images(rng, batch * size(4, 6) + size(1, batch - 1), side=8, channels=2)
    for case, some in ((f"{len(images)} images, batches of {batch}", images),
                       (f"{3 * batch} images, batches of {batch}", images[: 3 * batch]),
                       (f"3 images, batches of {batch}", images[:3])):  # fmt: skip
        look = _look(some, many=len(some) > 3)
        facts = {"sigma": sigma}
        call.inside(case, epochs, some, sigma, batch, seed, 1, then=look, facts=facts)
    call.inside("two epochs", epochs, images, sigma, batch, seed, 2, then=_compare)
    again = [
        call.inside(f"one epoch with {which} generator", epochs, images, sigma, batch, number, 1,
                    then=lambda _: {"runs": True})
        for which, number in (("a", seed), ("the same", seed), ("another", seed + 1))
    ]  # fmt: skip
    if all(map(_has_batches, again)):
        call.observe("three runs", _runs, *again)
    call.inside("no noise", epochs, images, 0.0, batch, seed, 1, then=_quiet)


def _has_batches(found):
    return bool(found) and all(noisy and clean for noisy, clean in found)


def _rows(batches):
    shapes = {np.shape(batch)[1:] for batch in batches}
    return np.concatenate(batches) if len(shapes) == 1 and shapes != {()} else np.zeros((0, 1))


def _ids(images, targets):
    """Return for each target which of the images it is, or -1."""
    if targets.shape[1:] != images.shape[1:]:
        return np.full(len(targets), -1)
    gaps = np.abs(targets[:, None].astype(float) - images[None]).max(axis=(2, 3, 4))
    return np.where(gaps.min(axis=1) < 1e-5, gaps.argmin(axis=1), -1)


def _look(images, many):
    def look(found):
        if not _has_batches(found):
            return {NOTHING: True}
        (noisy, clean), *_ = found
        sizes, noisy, clean = [len(batch) for batch in noisy], _rows(noisy), _rows(clean)
        value = {NOTHING: False, "sizes": sizes, "targets": _ids(images, clean),
                 "inputs": _ids(images, noisy), "shape": list(noisy.shape) == list(clean.shape),
                 "number": len(images), "many": many}  # fmt: skip
        if noisy.shape == clean.shape:
            value["noise"] = noisy.astype(float) - clean
            value["alike"] = np.mean(noisy * clean) / max(np.mean(clean**2), 1e-9)
        return value

    return look


def _compare(found):
    if not _has_batches(found):
        return {NOTHING: True}
    orders = [_rows(clean) for _, clean in found]
    noises = [_rows(noisy) - _rows(clean) if _rows(noisy).shape == _rows(clean).shape else None
              for noisy, clean in found]  # fmt: skip
    fits = noises[0] is not None and noises[1] is not None and noises[0].shape == noises[1].shape
    same = fits and np.allclose(np.sort(noises[0], axis=0), np.sort(noises[1], axis=0), atol=1e-6)
    return {
        "both epochs have one order": np.array_equal(*orders),
        "both epochs have one noise": bool(same),
    }


def _runs(first, same, other):
    def given(found):
        return _rows(found[0][0])

    return {
        "the same generator gives the same": np.array_equal(given(first), given(same)),
        "another generator gives another": not np.array_equal(given(first), given(other)),
    }


def _quiet(found):
    if not _has_batches(found):
        return {NOTHING: True}
    noisy, clean = (_rows(part) for part in found[0])
    return {"without noise, input and target agree": np.array_equal(noisy, clean)}
