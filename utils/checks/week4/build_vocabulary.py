"""Check of `build_vocabulary`: points, the mistakes people make, sound variants."""

from collections import Counter

import numpy as np

from ..check import new_check

build_vocabulary = new_check(__name__)


def _counted(words, found):
    """Return words and their counts, as the exercise asks for."""
    return words, np.array([found[word] for word in words], dtype="int64")


def _by_count(tokens):
    """Return [(word, count), …], the most frequent first, ties by the alphabet."""
    return sorted(Counter(tokens).items(), key=lambda item: (-item[1], item[0]))


@build_vocabulary.mistake(
    "A word that occurs exactly min_count times is missing: leave out only rarer ones."
)
def more_than_min_count(tokens, min_count):
    found = Counter(tokens)
    return _counted([word for word, count in _by_count(tokens) if count > min_count], found)


@build_vocabulary.mistake("Rare words are still there: leave out what is rarer than min_count.")
def rare_words_stay(tokens, min_count):
    return _counted([word for word, _ in _by_count(tokens)], Counter(tokens))


@build_vocabulary.mistake(
    "min_count is how often a word must occur; you took it for the size of the vocabulary."
)
def min_count_words(tokens, min_count):
    return _counted([word for word, _ in _by_count(tokens)[:min_count]], Counter(tokens))


@build_vocabulary.mistake(
    "Words that are equally frequent stand in the order in which they first occur; put them in "
    "that of the alphabet."
)
def ties_as_they_come(tokens, min_count):
    found = Counter(tokens)
    return _counted([word for word, n in found.most_common() if n >= min_count], found)


@build_vocabulary.mistake(
    "Words that are equally frequent stand in the alphabet's order from behind: only the counts "
    "go downwards."
)
def ties_reversed(tokens, min_count):
    found = Counter(tokens)
    words = sorted(found, key=lambda word: (found[word], word), reverse=True)
    return _counted([word for word in words if found[word] >= min_count], found)


@build_vocabulary.mistake("The rarest word comes first; begin with the most frequent one.")
def rarest_first(tokens, min_count):
    found = Counter(tokens)
    words = sorted(found, key=lambda word: (found[word], word))
    return _counted([word for word in words if found[word] >= min_count], found)


@build_vocabulary.mistake("Your words are in the alphabet's order: sort by how frequent they are.")
def by_alphabet(tokens, min_count):
    found = Counter(tokens)
    return _counted(sorted(word for word in found if found[word] >= min_count), found)


@build_vocabulary.mistake("The counts stand in another order than the words they belong to.")
def counts_unsorted(tokens, min_count):
    words = [word for word, count in _by_count(tokens) if count >= min_count]
    counts = [count for count in Counter(tokens).values() if count >= min_count]
    return words, np.array(counts, dtype="int64")


@build_vocabulary.mistake("You returned shares of the text; what is wanted are counts.")
def shares(tokens, min_count):
    found = [(word, count) for word, count in _by_count(tokens) if count >= min_count]
    counts = np.array([count for _, count in found])
    return [word for word, _ in found], counts / max(1, counts.sum())


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
    words = sorted(sorted(found), key=found.get, reverse=True)  # the second sort keeps ties
    return _counted([word for word in words if found[word] >= min_count], found)
