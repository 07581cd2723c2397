"""Check of `skipgram_pairs`: which pairs a window gives, and which words are kept, by chance."""

import numpy as np

from ..check import new_check
from ._value_facts import with_facts


def _facts_of_kept(value, facts):
    """Return what must hold for every right subsampling, in place of what was drawn."""
    if isinstance(value.get("kept"), np.ndarray):
        return _kept_facts(value, facts["high"])
    if "share kept" in value:
        share = value["share kept"]
        return {"about half of the word's occurrences are kept": bool(abs(share - 0.5) < 0.13)}
    return value


def _kept_facts(value, number):
    """Return the facts of a text whose first `number` ids are to be kept at 0.8."""
    kept = value["kept"]
    high, low = np.sum(kept < number) / number, np.sum(kept >= number) / number
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


skipgram_pairs = new_check(__name__, points=2, properties=with_facts(_facts_of_kept))


def _by_chance(probability, rng):
    """Return for each token whether it is kept."""
    return rng.random(len(probability)) < probability


def _windows(number, left, right, itself=False, wraps=False):
    """Return the places, below `number`, of all centres and of their contexts, as two arrays."""
    distances = np.array([d for d in range(-left, right + 1) if d or itself], dtype=int)
    contexts = np.arange(number)[:, None] + distances
    centers = np.broadcast_to(np.arange(number)[:, None], contexts.shape)
    inside = (contexts >= 0) & (contexts < number) | wraps
    return centers[inside], contexts[inside] % max(1, number)


def _skipgrams(
    token_ids, window, keep_probability, rng, stays=_by_chance,
    reach=lambda window: (window, window), equal_words=True, **switches,
):  # fmt: skip
    kept = token_ids[stays(keep_probability[token_ids], rng)]
    i, j = _windows(len(kept), *reach(window), **switches)
    good = equal_words | (kept[i] != kept[j])
    return kept[i[good]], kept[j[good]]


skipgram_pairs.add_mistakes(
    _skipgrams,
    {
        "Each word is also paired with itself: leave out the centre's own place.": {"itself": True},
        "The window reaches only to the right: take the words to the left too.": {
            "reach": lambda window: (0, window)
        },
        "The window reaches only to the left: take the words to the right too.": {
            "reach": lambda window: (window, 0)
        },
        "The farthest word on each side is missing: `range` stops before its end.": {
            "reach": lambda window: (window - 1, window - 1)
        },
        "Your windows reach one word too far to the right: a slice stops before its end.": {
            "reach": lambda window: (window, window + 1)
        },
        "Pairs of equal words are missing: compare places, as a word may occur near itself.": {
            "equal_words": False
        },
        "The text's end is paired with its start: `np.roll` and negative indices wrap around.": {
            "wraps": True
        },
        "Nothing is dropped: use keep_probability before you build the windows.": {
            "stays": lambda probability, _: probability >= 0
        },
        "You dropped what should be kept: keep_probability is the probability of staying.": {
            "stays": lambda probability, rng: ~_by_chance(probability, rng)
        },
        "A word is kept whenever its probability is at least 1/2; let chance decide, by `rng`.": {
            "stays": lambda probability, _: probability >= 0.5
        },
        "The same rng keeps different words each time: draw from `rng`, not from np.random.": {
            "stays": lambda probability, _: _by_chance(probability, np.random.default_rng())
        },
        "You made a generator with a fixed seed, so each epoch keeps the same: use `rng`.": {
            "stays": lambda probability, _: _by_chance(probability, np.random.default_rng(0))
        },
    },
)


@skipgram_pairs.mistake(
    "You built the windows before you dropped words: drop first, so that windows reach further."
)
def dropped_after_windows(token_ids, window, keep_probability, rng):
    stays = _by_chance(keep_probability[token_ids], rng)
    i, j = _windows(len(token_ids), window, window)
    both = stays[i] & stays[j]
    return token_ids[i[both]], token_ids[j[both]]


@skipgram_pairs.mistake(
    "You dropped words as centres only; a dropped word must not be a context either."
)
def dropped_as_centers(token_ids, window, keep_probability, rng):
    stays = _by_chance(keep_probability[token_ids], rng)
    i, j = _windows(len(token_ids), window, window)
    return token_ids[i[stays[i]]], token_ids[j[stays[i]]]


@skipgram_pairs.mistake(
    "One draw decides for all occurrences of a word: each token needs a draw of its own."
)
def one_draw_for_a_word(token_ids, window, keep_probability, rng):
    stays = _by_chance(keep_probability, rng)
    return _skipgrams(token_ids, window, stays, rng, stays=lambda stays, _: stays)


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
def as_two_rows(token_ids, window, keep_probability, rng):
    kept = token_ids[rng.binomial(1, keep_probability[token_ids]) == 1]
    return np.stack([kept[places] for places in _windows(len(kept), window, window)])
