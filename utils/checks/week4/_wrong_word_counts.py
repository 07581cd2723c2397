"""Mistakes of `build_vocabulary`, as rows of switches."""

import operator

import numpy as np


def _with_rare(words, counts):
    return ["<unk>", *words], np.concatenate([[0], counts])


LIST = "The counts come as a list; return a NumPy array of int64."
PAIRS = "You return pairs of a word and its count; return two things: all words, and all counts."
ROWS = [
    (
        "Common words are left out: it is those below min_count that go.",
        {"stays": operator.lt},
    ),
    (
        "Words that occur up to min_count times are kept, and the frequent ones left out: it "
        "is the other way round.",
        {"stays": operator.le},
    ),
    (
        "Words that occur once less than min_count are still there: it is the least number.",
        {"stays": lambda count, min_count: count >= min_count - 1},
    ),
    (
        "The rarest word comes first, and equally frequent ones in reverse: sort by (−count, "
        "word).",
        {"key": lambda word, count: (-count, word), "reverse": True},
    ),
    (
        "The rarest word comes first: a sort by count alone goes up; give it −count, and the "
        "word for ties.",
        {"key": lambda word, count: count},
    ),
    (
        "The order is that of the text: the most frequent word comes first.",
        {"key": lambda word, count: 0},
    ),
    (
        "Equally frequent words are ordered without regard to capitals; `sorted` puts these "
        "before small letters.",
        {"key": lambda word, count: (-count, word.lower(), word)},
    ),
    (LIST, {"then": lambda words, counts: (words, counts.tolist())}),
    (
        "The counts are floats; return an array of int64.",
        {"then": lambda words, counts: (words, counts.astype(float))},
    ),
    (
        "The words come as a NumPy array; return a list of str, by `.tolist()`.",
        {"then": lambda words, counts: (np.array(words, dtype=str), counts)},
    ),
    (
        "The words come as a dict with their ids; return a list: a word's place is its id.",
        {"then": lambda words, counts: ({w: i for i, w in enumerate(words)}, counts)},
    ),
    (
        "The words come with their counts, as a dict; return a list of words, and an array of "
        "counts.",
        {"then": lambda words, counts: (dict(zip(words, counts.tolist())), counts)},
    ),
    (
        "You return one dict; return a list of words, and an array of their counts.",
        {"then": lambda words, counts: dict(zip(words, counts.tolist()))},
    ),
    (PAIRS, {"then": lambda words, counts: list(zip(words, counts.tolist()))}),
    (
        "The counts come first; the words belong before them.",
        {"then": lambda words, counts: (counts, words)},
    ),
    (
        "You return the words alone; their counts are missing.",
        {"then": lambda words, counts: words},
    ),
    (
        "There is a word that isn't in the text at the start: rare words are left out, and "
        "nothing takes their place.",
        {"then": _with_rare},
    ),
    (
        "You return ids beside the words; their counts are asked for.",
        {"then": lambda words, counts: (words, np.arange(len(words)))},
    ),
]
