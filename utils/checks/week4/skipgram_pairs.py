"""Check of `skipgram_pairs`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check


def _facts_of_kept(evidence):
    """Replace what was drawn by what must hold for every right subsampling."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and isinstance(value.get("kept"), np.ndarray):
            seen = {**seen, "value": _kept_facts(value)}
        elif isinstance(value, dict) and "share of the word that is kept" in value:
            share = value["share of the word that is kept"]
            fact = "about half of the word's places are kept"
            seen = {**seen, "value": {fact: bool(abs(share - 0.5) < 0.13)}}
        result.append(seen)
    return result


def _kept_facts(value):
    low, high = np.sum(value["kept"] >= 750) / 750, np.sum(value["kept"] < 750) / 750
    return {
        "about 0.8 of the first ids and 0.3 of the others are kept": bool(
            abs(high - 0.8) < 0.075 and abs(low - 0.3) < 0.085
        ),
        "about 0.2 of the first ids and 0.7 of the others are kept": bool(
            abs(high - 0.2) < 0.075 and abs(low - 0.7) < 0.085
        ),
        "all are kept": bool(high == low == 1),
        "the pairs are those of the kept words": value["the pairs are those of the kept words"],
    }


skipgram_pairs = new_check(__name__, points=2, properties=_facts_of_kept)


def _subsample(token_ids, keep_probability, rng):
    return token_ids[rng.random(len(token_ids)) < keep_probability[token_ids]]


def _windows(kept, window, is_pair=lambda i, j: i != j):
    """Return the pairs of places up to `window` apart for which `is_pair` holds, as two arrays."""
    i, j = np.indices((len(kept),) * 2).reshape(2, -1) if len(kept) < 50 else _near(kept, window)
    good = (np.abs(i - j) <= window) & is_pair(i, j)
    return kept[i[good]], kept[j[good]]


def _near(kept, window):
    i = np.repeat(np.arange(len(kept)), 2 * window + 1)
    j = i + np.tile(np.arange(-window, window + 1), len(kept))
    inside = (j >= 0) & (j < len(kept))
    return i[inside], j[inside]


@skipgram_pairs.mistake("Each word is also paired with itself: leave out the centre's own place.")
def with_itself(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    return _windows(kept, window, lambda i, j: i == i)


@skipgram_pairs.mistake("The window reaches only to the right: take the words to the left too.")
def only_to_the_right(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    return _windows(kept, window, lambda i, j: j > i)


@skipgram_pairs.mistake("The window reaches only to the left: take the words to the right too.")
def only_to_the_left(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    return _windows(kept, window, lambda i, j: j < i)


@skipgram_pairs.mistake(
    "The word farthest away is missing: `range` stops before its end, and `window` words count."
)
def window_too_short(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    return _windows(kept, window, lambda i, j: (i != j) & (np.abs(i - j) < window))


@skipgram_pairs.mistake(
    "Your windows reach one word too far to the right: a slice already stops before its end."
)
def window_too_long(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    return _windows_one_more(kept, window)


def _windows_one_more(kept, window):
    return _windows(kept, window + 1, lambda i, j: (i != j) & (j - i >= -window))


@skipgram_pairs.mistake(
    "Pairs of two equal words are missing: compare places, not words, for a word may stand near "
    "itself."
)
def equal_words_left_out(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    return _windows(kept, window, lambda i, j: kept[i] != kept[j])


@skipgram_pairs.mistake(
    "The end of the text is paired with its start: `np.roll`, or an index below 0, goes round."
)
def round_the_end(token_ids, window, keep_probability, rng):
    kept = _subsample(token_ids, keep_probability, rng)
    others = [np.roll(kept, step) for step in range(-window, window + 1) if step]
    return np.tile(kept, 2 * window), np.concatenate(others)


@skipgram_pairs.mistake("Nothing is dropped: use keep_probability before you build the windows.")
def nothing_dropped(token_ids, window, keep_probability, rng):
    return _windows(token_ids, window)


@skipgram_pairs.mistake(
    "You built the windows before you dropped words: drop first, so that windows reach further."
)
def dropped_after_windows(token_ids, window, keep_probability, rng):
    stays = rng.random(len(token_ids)) < keep_probability[token_ids]
    places = np.arange(len(token_ids))
    i, j = _windows(places, window)
    both = stays[i] & stays[j]
    return token_ids[i[both]], token_ids[j[both]]


@skipgram_pairs.mistake(
    "You dropped words as centres only; a dropped word is gone from the windows of the others too."
)
def dropped_as_centers(token_ids, window, keep_probability, rng):
    stays = rng.random(len(token_ids)) < keep_probability[token_ids]
    i, j = _windows(np.arange(len(token_ids)), window)
    return token_ids[i[stays[i]]], token_ids[j[stays[i]]]


@skipgram_pairs.mistake("You dropped what should be kept: keep_probability is that of staying.")
def kept_for_dropped(token_ids, window, keep_probability, rng):
    dropped = rng.random(len(token_ids)) < keep_probability[token_ids]
    return _windows(token_ids[~dropped], window)


@skipgram_pairs.mistake(
    "One draw decides for all places of a word: each token needs a draw of its own."
)
def one_draw_for_a_word(token_ids, window, keep_probability, rng):
    stays = rng.random(len(keep_probability)) < keep_probability
    return _windows(token_ids[stays[token_ids]], window)


@skipgram_pairs.mistake(
    "A word is kept only where its probability is at least one half; let chance decide, by `rng`."
)
def without_chance(token_ids, window, keep_probability, rng):
    return _windows(token_ids[keep_probability[token_ids] >= 0.5], window)


@skipgram_pairs.mistake("The same rng keeps other words each time: draw from `rng`, not np.random.")
def kept_by_global_random(token_ids, window, keep_probability, rng):
    return _windows(_subsample(token_ids, keep_probability, np.random.default_rng()), window)


@skipgram_pairs.mistake(
    "You gave a generator a seed of your own, so each epoch keeps the same words: draw from `rng`."
)
def kept_by_own_seed(token_ids, window, keep_probability, rng):
    return _windows(_subsample(token_ids, keep_probability, np.random.default_rng(0)), window)


@skipgram_pairs.alternative
def by_two_loops(token_ids, window, keep_probability, rng):
    kept = [int(t) for t in token_ids if rng.random() < keep_probability[t]]
    pairs = [
        (center, kept[j])
        for i, center in enumerate(kept)
        for j in range(max(0, i - window), min(len(kept), i + window + 1))
        if j != i
    ]
    return tuple(np.array(pairs, dtype=int).reshape(-1, 2).T)


@skipgram_pairs.alternative
def by_padding(token_ids, window, keep_probability, rng):
    kept = token_ids[rng.uniform(size=token_ids.shape) <= keep_probability[token_ids] - 1e-12]
    padded = np.pad(kept, window, constant_values=-1)
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * window + 1)[: len(kept)]
    around = np.delete(around, window, axis=1)  # (kept, 2 * window)
    centers = np.repeat(kept, 2 * window)
    return centers[around.ravel() >= 0], around.ravel()[around.ravel() >= 0]


@skipgram_pairs.alternative
def one_row_a_pair(token_ids, window, keep_probability, rng):
    kept = token_ids[rng.binomial(1, keep_probability[token_ids]) == 1]
    return np.stack(_windows(kept, window))
