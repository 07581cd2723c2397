"""Check of `skipgram_pairs`: which pairs a window gives, and which words are kept, by chance."""

import numpy as np

from ..check import new_check
from ._skipgrams import WRONG, by_chance, skipgrams, windows
from ._value_facts import FORM, with_facts, wrong_form


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
        "all are kept": bool(high == low == 1),
        "about 0.2 of the first ids and 0.7 of the others are kept": bool(
            abs(high - 0.2) < 0.075 and abs(low - 0.7) < 0.085
        ),
        "about 0.8 of the first ids and 0.3 of the others are kept": bool(
            abs(high - 0.8) < 0.075 and abs(low - 0.3) < 0.085
        ),
        "the pairs are those of the kept words": value["the pairs are those of the kept words"],
    }


def _of_chance(ours, theirs):
    if theirs:
        return "The same rng keeps different words each time: draw from `rng`, not from np.random."
    return (
        "Another generator keeps the same words: let each token's draw come from `rng`, not from a "
        "generator of your own with a fixed seed, nor from a rule."
    )


SENTENCES = {
    FORM: wrong_form,
    "two NumPy arrays": "The pairs come as lists; return two NumPy arrays of ints.",
    "the same words are kept": _of_chance,
    "all are kept": "Words that should go are still there: drop tokens by keep_probability before "
    "you build the windows.",
    "about 0.2 of the first ids and 0.7 of the others are kept": "You dropped what should be kept: "
    "keep_probability is the probability of staying.",
    "about 0.8 of the first ids and 0.3 of the others are kept": "Not so many tokens are kept as "
    "their keep_probability says: keep a token where one draw of rng.random is below it.",
    "the pairs are those of the kept words": "These aren't the pairs of what is kept: drop tokens "
    "first, then build the windows over what is left, `window` words to each side.",
    "about half of the word's occurrences are kept": "A word's tokens share a draw: each token "
    "needs one of its own.",
}
skipgram_pairs = new_check(
    __name__, points=2, properties=with_facts(_facts_of_kept), sentences=SENTENCES
)


skipgram_pairs.add_mistakes(
    skipgrams,
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
        "The farthest word to the right is missing: `range` and slices stop before their end.": {
            "reach": lambda window: (window, window - 1)
        },
        "Pairs of equal words are missing: compare places, as a word may occur near itself.": {
            "equal_words": False
        },
        "The text's end is paired with its start: `np.roll` and negative indices wrap around.": {
            "wraps": True
        },
        "Words that should go are still there: drop tokens by keep_probability before you build "
        "the windows.": {"stays": lambda probability, _: probability >= 0},
        "You dropped what should be kept: keep_probability is the probability of staying.": {
            "stays": lambda probability, rng: ~by_chance(probability, rng)
        },
        "A word is kept whenever its probability is at least 1/2; let chance decide, by `rng`.": {
            "stays": lambda probability, _: probability >= 0.5
        },
        "The same rng keeps different words each time: draw from `rng`, not from np.random.": {
            "stays": lambda probability, _: by_chance(probability, np.random.default_rng())
        },
        "You made a generator with a fixed seed, so each epoch keeps the same: use `rng`.": {
            "stays": lambda probability, _: by_chance(probability, np.random.default_rng(0))
        },
    },
)


for _explanation, _function in WRONG:
    skipgram_pairs.mistake(_explanation)(_function)


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
    return np.stack([kept[places] for places in windows(len(kept), window, window)])
