"""Check of `build_vocabulary`: the limit, the order, ties, counts beside their words."""

import operator
from collections import Counter

import numpy as np

from ..check import new_check
from ._wrong_word_counts import ROWS

build_vocabulary = new_check(__name__)


def _vocabulary(
    tokens, min_count, stays=operator.ge, key=lambda word, count: (-count, word), reverse=False,
    then=lambda words, counts: (words, counts),
):  # fmt: skip
    found = Counter(tokens)
    words = [word for word, count in found.items() if stays(count, min_count)]
    words.sort(key=lambda word: key(word, found[word]), reverse=reverse)
    return then(words, np.array([found[word] for word in words], dtype="int64"))


build_vocabulary.add_mistakes(
    _vocabulary,
    {
        "A word that occurs exactly min_count times is missing: leave out only rarer ones.": {
            "stays": operator.gt
        },
        "Rare words are still there: leave out those that occur less often than min_count.": {
            "stays": lambda count, min_count: True
        },
        "Equally frequent words are in order of first occurrence; sort them alphabetically.": {
            "key": lambda word, count: -count
        },
        "Equally frequent words are in reverse alphabetical order: only counts should fall.": {
            "key": lambda word, count: (count, word),
            "reverse": True,
        },
        "The rarest word comes first; begin with the most frequent one.": {
            "key": lambda word, count: (count, word)
        },
        "Your words are in alphabetical order: sort them by frequency.": {
            "key": lambda word, count: word
        },
    },
)
build_vocabulary.add_mistakes(_vocabulary, ROWS)


@build_vocabulary.mistake("You made all letters small; the words should stay as they are.")
def small_letters(tokens, min_count):
    return _vocabulary([token.lower() for token in tokens], min_count)


@build_vocabulary.mistake(
    "You put a word in front that stands for all rare ones; these are left out, and nothing takes "
    "their place."
)
def with_rare_counted(tokens, min_count):
    words, counts = _vocabulary(tokens, min_count)
    return ["<unk>", *words], np.array([len(tokens) - counts.sum(), *counts], dtype="int64")


@build_vocabulary.mistake(
    "Equally frequent words stand in any order: NumPy's default sort doesn't keep that of "
    'np.unique; kind="stable" does.'
)
def unstable_order(tokens, min_count):
    words, counts = np.unique(np.array(tokens, dtype=str), return_counts=True)
    order = np.argsort(-counts)
    order = order[counts[order] >= min_count]
    return words[order].tolist(), counts[order]


@build_vocabulary.mistake(
    "Each word stands there as often as in the text: a vocabulary has it once."
)
def with_repeats(tokens, min_count):
    found = Counter(tokens)
    words = sorted(tokens, key=lambda word: (-found[word], word))
    words = [word for word in words if found[word] >= min_count]
    return words, np.array([found[word] for word in words], dtype="int64")


@build_vocabulary.mistake(
    "min_count is how often a word must occur; you took it for the size of the vocabulary."
)
def min_count_words(tokens, min_count):
    words, counts = _vocabulary(tokens, 0)
    return words[:min_count], counts[:min_count]


@build_vocabulary.mistake("The counts are in a different order from the words they belong to.")
def counts_unsorted(tokens, min_count):
    words, _ = _vocabulary(tokens, min_count)
    counts = [count for count in Counter(tokens).values() if count >= min_count]
    return words, np.array(counts, dtype="int64")


@build_vocabulary.mistake("You returned relative frequencies; return counts.")
def relative_frequencies(tokens, min_count):
    words, counts = _vocabulary(tokens, min_count)
    return words, counts / max(1, counts.sum())


@build_vocabulary.alternative
def with_numpy(tokens, min_count):
    words, counts = np.unique(np.array(tokens, dtype=str), return_counts=True)
    order = np.argsort(-counts, kind="stable")
    order = order[counts[order] >= min_count]
    return words[order].tolist(), counts[order]


@build_vocabulary.alternative
def sorted_twice(tokens, min_count):
    found = {}
    for token in tokens:
        found[token] = found.get(token, 0) + 1
    words = [word for word in sorted(found) if found[word] >= min_count]
    words.sort(key=found.get, reverse=True)  # the second sort keeps ties
    return words, np.array([found[word] for word in words], dtype="int64")
