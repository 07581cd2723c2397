"""On which inputs `skipgram_pairs` is tried."""

import numpy as np

from ..recorder import probe


@probe
def skipgram_pairs(call, rng):
    """Texts that are kept whole, texts in which some words always go, and draws in between."""
    seed = int(rng.integers(2**32))

    def generator(number=0):
        return np.random.default_rng([seed, number])

    short = np.concatenate([[2, 2], rng.permutation(np.arange(14) % 7)])
    every = np.ones(7)
    for window in (1, 2, 3):
        case = f"16 words, all kept, window {window}"
        call(case, short, window, every, generator(), then=_sorted_pairs)
    some = np.where(np.arange(7) < 3, 0.0, 1.0)  # ids 0, 1 and 2 always go
    call("16 words, some never kept, window 2", short, 2, some, generator(), then=_sorted_pairs)
    call("a window wider than the text", short[1:4], 5, every, generator(), then=_sorted_pairs)
    call("one word", short[:1], 2, every, generator(), then=_sorted_pairs)

    text, keep = rng.permutation(1500), np.where(np.arange(1500) < 750, 0.8, 0.3)
    look = _look_at_kept(text, 3)
    call("1,500 different ids, kept at 0.8 and 0.3", text, 3, keep, generator(), then=look)
    first = call.evidence[-1]["value"]
    for case, number in (("with the same generator", 0), ("with another generator", 1)):

        def compare(result):
            return _same_kept(first, look(result))

        call(f"the same text {case}", text, 3, keep, generator(number), then=compare)

    often = np.zeros(800, int)
    often[::2] = np.arange(1, 401)  # the word 0 stands between words that occur once
    keep = np.concatenate([[0.5], np.ones(400)])
    case = "400 times the same word, kept at 0.5, among words that are kept"
    call(case, often, 1, keep, generator(2), then=_share_kept)


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


def _sorted_pairs(result):
    """Return the number of pairs, and all of them as rows (centre, context) in a fixed order."""
    pairs = _as_pairs(result)
    if pairs is None:
        return result
    ordered = pairs[np.lexsort(pairs.T[::-1])]
    return {
        "two NumPy arrays": all(isinstance(part, np.ndarray) for part in result),
        "number of pairs": len(pairs),
        "pairs (centre, context), sorted": ordered,
    }


def _look_at_kept(text, window):
    """Return a function from the pairs of a text, in which no id comes twice, to what was kept."""

    def look(result):
        pairs = _as_pairs(result)
        if pairs is None:
            return result
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

    return look


def _same_kept(first, again):
    if not (isinstance(first, dict) and isinstance(again, dict)):
        return again
    return {"the same words are kept": np.array_equal(first["kept"], again["kept"])}


def _share_kept(result):
    """Return how many of the zeros are kept: each stands between two other words, or is last."""
    pairs = _as_pairs(result)
    if pairs is None:
        return result
    return {"share kept": np.sum((pairs[:, 0] > 0) & (pairs[:, 1] == 0)) / 799}
