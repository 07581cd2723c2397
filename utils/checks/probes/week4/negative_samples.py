"""On which inputs `negative_samples` is tried."""

import numpy as np

from ..recorder import probe


@probe
def negative_samples(call, rng):
    """Many draws from few ids; shapes; one id; the same generator twice."""
    seed = int(rng.integers(2**32))

    def generator(number=0):
        return np.random.default_rng([seed, number])

    size = rng.uniform(0.8, 1.2)
    counts = rng.permutation((np.array([0, 20, 100, 500, 3000, 20_000]) * size).astype(int))
    look = _look_at_draws(counts)
    call(
        "20,000 rows of one draw, 6 ids",
        counts, (20_000, 1), generator(), then=look, facts={"counts": np.sort(counts).tolist()},
    )  # fmt: skip
    first = call.evidence[-1]["value"]
    for case, number in (("with the same generator", 0), ("with another generator", 1)):

        def compare(result):
            return _same_draws(first, look(result))

        call(f"the same {case}", counts, (20_000, 1), generator(number), then=compare)
    even = np.array([30, 40, 50, 60, 70])
    call("500 rows of 4 draws, 5 ids", even, (500, 4), generator(2), then=_look_at_draws(even))
    call("shape (7,)", counts, (7,), generator(3), then=_shape_of)
    call("shape (2, 3, 4)", counts, (2, 3, 4), generator(4), then=_shape_of)
    call("one id only", np.array([5]), (2, 3), generator(5))


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


def _same_draws(first, again):
    key = "draws of each id"
    if not all(isinstance(seen, dict) and key in seen for seen in (first, again)):
        return again
    return {"the draws are the same": np.array_equal(first[key], again[key])}
