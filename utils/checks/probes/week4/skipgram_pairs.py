"""On which inputs `skipgram_pairs` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from
from ._arrays import of_form

PAIR = "two arrays of ids, of one length"


@probe
def skipgram_pairs(call, rng):
    """Texts that are kept whole, texts in which some words always go, and draws in between."""
    seed = int(rng.integers(2**32))

    def generator(number=0):
        return np.random.default_rng([seed, number])

    size = sizes_from(rng)
    number, words = size(6, 8), 2 * size(7, 9)
    text = rng.permutation(np.resize(np.arange(number), words))
    text = np.concatenate([[size(0, number - 1)] * 2, text])  # a word beside itself
    every = np.ones(number)
    for window in (1, 2, size(3, 4)):
        case = f"{len(text)} words, all kept, window {window}"
        call(case, text, window, every, generator(), then=_sorted_pairs)
    some = rng.permutation(np.arange(number) >= 3).astype(float)  # three ids always go
    case = f"{len(text)} words, some never kept, window 2"
    call(case, text, 2, some, generator(), then=_sorted_pairs)
    call("a window wider than the text", text[1:4], size(4, 6), every, generator(),
         then=_sorted_pairs)  # fmt: skip
    call("one word", text[:1], 2, every, generator(), then=_sorted_pairs)

    number, window = 2 * size(750, 800), size(3, 4)
    text, high = rng.permutation(number), number // 2
    keep, facts = np.where(np.arange(number) < high, 0.8, 0.3), {"high": high}
    look = _look_at_kept(text, window)
    case = f"{number:,} different ids, kept at 0.8 and 0.3"
    first = _as_pairs(call(case, text, window, keep, generator(), then=look, facts=facts))
    kept = None if first is None else np.unique(first)

    def compare(again):
        return {"the same words are kept": np.array_equal(kept, np.unique(_as_pairs(again)))}

    compare = of_form(PAIR, _fits, compare)
    for case, other in (("with the same generator", 0), ("with another generator", 1)):
        call(f"the same text {case}", text, window, keep, generator(other), then=compare)

    often = np.zeros(2 * size(400, 450), int)
    half = len(often) // 2
    often[::2] = np.arange(1, half + 1)  # the word 0 stands between words that occur once
    keep = np.concatenate([[0.5], np.ones(half)])
    case = f"{half} times the same word, kept at 0.5, among words that are kept"
    call(case, often, 1, keep, generator(2), then=_share_kept(len(often) - 1))


def _as_pairs(result):
    """Return the pairs as an (n, 2) int array, or None where the result is something else."""
    try:
        centers, contexts = map(np.asarray, result)
        numbers = centers.size == 0 or {centers.dtype.kind, contexts.dtype.kind} <= set("iu")
        if isinstance(result, dict) or centers.ndim != 1 or not numbers:
            return None
        return np.column_stack([centers, contexts]).astype(int)
    except (TypeError, ValueError):
        return None


def _fits(result):
    return _as_pairs(result) is not None


def _ordered(result):
    """Return the number of pairs, and all of them as rows (centre, context) in a fixed order."""
    pairs = _as_pairs(result)
    ordered = pairs[np.lexsort(pairs.T[::-1])]
    return {
        "two NumPy arrays": all(isinstance(part, np.ndarray) for part in result),
        "number of pairs": len(pairs),
        "pairs (centre, context), sorted": ordered,
    }


_sorted_pairs = of_form(PAIR, _fits, _ordered)


def _look_at_kept(text, window):
    """Return a function from the pairs of a text, in which no id comes twice, to what was kept."""

    def look(result):
        pairs = _as_pairs(result)
        kept = text[np.isin(text, pairs)]
        places = np.full(len(text), -1)
        places[kept] = np.arange(len(kept))
        distance = np.abs(np.diff(places[pairs], axis=1)).ravel()
        expected = sum(2 * (len(kept) - d) for d in range(1, window + 1))
        different = len(np.unique(pairs, axis=0)) == len(pairs)
        near = bool(np.all((distance > 0) & (distance <= window)))
        return {
            "kept": kept,
            "the pairs are those of the kept words": near and different and len(pairs) == expected,
        }

    return of_form(PAIR, _fits, look)


def _share_kept(most):
    """Return a function from pairs to how many of the zeros are kept.

    Each stands between two other words, or is last. most: int, the pairs of one if all are kept.
    """

    def look(result):
        pairs = _as_pairs(result)
        return {"share kept": np.sum((pairs[:, 0] > 0) & (pairs[:, 1] == 0)) / most}

    return of_form(PAIR, _fits, look)
