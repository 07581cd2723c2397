"""On which inputs `draw_examples` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from
from ._arrays import of_form

FORM_OF_EXAMPLES = "three arrays: (n,) centres, (n,) contexts, (n, K) negatives"


@probe
def draw_examples(call, rng):
    """A text whose ids tell which pairs are near, and a vocabulary of which some never occur."""
    seed = int(rng.integers(2**31))
    size = sizes_from(rng)
    number, window, negatives = size(500, 700), size(2, 3), size(3, 6)
    text = np.arange(number)  # so a pair's distance is the difference of its ids
    counts = np.concatenate([np.full(number, 3), np.full(number, 48)])
    counts[size(0, 20) : 40] = 0  # ids that no negative may have; pairs may
    every = np.ones(2 * number)
    pairs = 2 * sum(number - distance for distance in range(1, window + 1))
    batch = size(70, 90)
    batch += pairs % batch == 0
    facts = {"pairs": pairs, "window": window, "negatives": negatives, "batch": batch}
    look = of_form(FORM_OF_EXAMPLES, _fits, _look_from(counts))

    def draw(case, keep, batch, number, **more):
        generator = np.random.default_rng([seed, number])
        args = (text, counts, keep, window, negatives, batch, generator)
        return call(case, *args, then=look, facts=facts | {"batch": batch} | more)

    first = draw(f"{number} words, batches of {batch}", every, batch, 0)
    draw("batches that fit exactly", every, pairs // 2, 0)
    draw("batches of one", every, 1, 0)
    half = np.full(2 * number, 0.5)
    draw("a text of which half is kept", half, batch, 1, thinned=True)
    for case, other in (("with the same generator", 0), ("with another generator", 1)):
        generator = np.random.default_rng([seed, other])
        same = of_form(FORM_OF_EXAMPLES, _fits, _same_as(first))
        call(f"the same text {case}", text, counts, every, window, negatives, batch, generator,
             then=same)  # fmt: skip


def _parts(result):
    centers, contexts, drawn = (np.asarray(part) for part in result)
    return centers, contexts, drawn


def _fits(result):
    try:
        if isinstance(result, dict) or len(result) != 3:
            return False
        centers, contexts, drawn = _parts(result)
    except (TypeError, ValueError):
        return False
    kinds = {part.dtype.kind for part in (centers, contexts, drawn)}
    return kinds <= set("iu") and (centers.ndim, contexts.ndim, drawn.ndim) == (1, 1, 2)


def _look_from(counts):
    def look(result):
        centers, contexts, drawn = _parts(result)
        inside = drawn[(drawn >= 0) & (drawn < len(counts))]
        often = counts.max()
        return {
            "lengths": [len(centers), len(contexts), len(drawn)],
            "negatives": int(drawn.shape[1]),
            "distances": contexts[: len(centers)].astype(int) - centers[: len(contexts)],
            "centers": centers,
            "ids": bool(inside.size == drawn.size),
            "never": bool((counts[inside] == 0).any()),
            "share often": float((counts[inside] == often).mean()) if inside.size else 0.0,
            "expected": float((counts == often) @ counts**0.75 / (counts**0.75).sum()),
            "rows": len(np.unique(drawn, axis=0)),
        }

    return look


def _same_as(first):
    def look(result):
        same = first is not None and _fits(first) and all(
            np.array_equal(a, b) for a, b in zip(_parts(first), _parts(result))
        )  # fmt: skip
        return {"the draws are the same": same}

    return look
