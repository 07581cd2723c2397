"""On which inputs `negative_samples` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from


@probe
def negative_samples(call, rng):
    """Many draws from few ids; shapes; one id; the same generator twice."""
    seed = int(rng.integers(2**32))

    def generator(number=0):
        return np.random.default_rng([seed, number])

    size = sizes_from(rng)
    sizes = np.array([0, 20, 100, 500, 3000, 20_000]) * rng.uniform(0.8, 1.2, size=6)
    counts, rows = rng.permutation(sizes.astype(int)), size(18_000, 22_000)
    facts = {"counts": np.sort(counts).tolist()}
    first = call(
        f"{rows:,} rows of one draw, 6 ids",
        counts, (rows, 1), generator(), then=_look_at_draws(counts), facts=facts,
    )  # fmt: skip

    def compare(again):
        return {"the draws are the same": np.array_equal(first, again)}

    call("the same with the same generator", counts, (rows, 1), generator(), then=compare)
    call("the same with another generator", counts, (rows, 1), generator(1), then=compare)
    small, rows = rng.permutation(np.array([0, 1, 2, 3, 5, 7])), size(18_000, 22_000)
    call(
        f"{rows:,} rows of one draw, 6 rare ids",
        small, (rows, 1), generator(6), then=_look_at_draws(small),
        facts={"counts": np.sort(small).tolist()},
    )  # fmt: skip
    even = rng.permutation(np.arange(3, 8) * size(8, 12))
    rows = size(450, 550)
    case = f"{rows} rows of 4 draws, 5 ids"
    call(case, even, (rows, 4), generator(2), then=_look_at_draws(even))
    for number, axes in enumerate((1, 3)):
        shape = tuple(int(side) for side in rng.permutation(np.arange(2, 8))[:axes])
        call(f"shape {shape}", counts, shape, generator(3 + number), then=_shape_of)
    call("one id only", np.array([5]), (size(2, 3), size(4, 5)), generator(5))


def _shape_of(result):
    array = np.asarray(result)
    return {
        "a NumPy array": isinstance(result, np.ndarray),
        "shape": list(array.shape),
        "kind of numbers": array.dtype.kind,
    }


def _look_at_draws(counts):
    """Return a function from draws, rows of ids, to how often each came, the rarest id first."""
    number, order = len(counts), np.argsort(counts)

    def look(result):
        array = np.asarray(result)
        if array.ndim != 2 or array.dtype.kind not in "iu" or array.size == 0:
            return _shape_of(result)
        in_range = bool(array.min() >= 0 and array.max() < number)
        ordered = np.sort(array, axis=1)
        return {
            **_shape_of(result),
            "ids are 0 to V - 1": in_range,
            "draws of each id": (
                np.bincount(array.ravel(), minlength=number)[order] if in_range else None
            ),
            "rows with an id twice": int(np.any(np.diff(ordered, axis=1) == 0, axis=1).sum()),
            "different rows": len(np.unique(array, axis=0)),
        }

    return look
