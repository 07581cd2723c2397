"""Check of `generate_vocabulary`: points, the mistakes people make, sound variants."""

from collections import Counter, defaultdict

import numpy as np

from ..check import new_check
from ..probes.week6._captions import END, PAD, START, UNK
from .split_sentence import by_characters, by_splitting

generate_vocabulary = new_check(__name__)


SPECIAL = (PAD, UNK, START, END)


def _tokens(captions):
    return [token for of_image in captions for text in of_image for token in by_splitting(text)]


def _numbered(tokens, first=0):
    return {token: number for number, token in enumerate(tokens, start=first)}


def _frequent(captions, min_count):
    return [token for token, n in Counter(_tokens(captions)).items() if n >= min_count]


@generate_vocabulary.mistake("A token that occurs exactly min_count times belongs to it, too.")
def more_often_than(captions, min_count=5):
    return _numbered(sorted([*_frequent(captions, min_count + 1), *SPECIAL]))


@generate_vocabulary.mistake("The four special tokens are missing: they need numbers, too.")
def without_special(captions, min_count=5):
    return _numbered(sorted(_frequent(captions, min_count)))


@generate_vocabulary.mistake(
    "Sort the special tokens with all others: #END# comes first, then #PAD#, #START#, #UNK#."
)
def special_as_listed(captions, min_count=5):
    return _numbered([*SPECIAL, *sorted(_frequent(captions, min_count))])


@generate_vocabulary.mistake(
    "Sort the special tokens with all others: #END# comes first, then #PAD#, #START#, #UNK#."
)
def special_behind(captions, min_count=5):
    return _numbered([*sorted(_frequent(captions, min_count)), *SPECIAL])


@generate_vocabulary.mistake(
    "The tokens aren't sorted, so their numbers depend on the order of the captions."
)
def as_they_come(captions, min_count=5):
    return _numbered([*sorted(SPECIAL), *_frequent(captions, min_count)])


@generate_vocabulary.mistake("Numbers count from 0; yours begin with 1.")
def counted_from_one(captions, min_count=5):
    return _numbered(sorted([*_frequent(captions, min_count), *SPECIAL]), first=1)


@generate_vocabulary.mistake(
    "You counted in how many captions a token is; count how often it occurs in all."
)
def captions_counted(captions, min_count=5):
    counts = Counter(
        token for of_image in captions for text in of_image for token in set(by_splitting(text))
    )
    frequent = [token for token, n in counts.items() if n >= min_count]
    return _numbered(sorted([*frequent, *SPECIAL]))


@generate_vocabulary.mistake("Rare tokens are in it, too: leave out those below min_count.")
def all_tokens(captions, min_count=5):
    return _numbered(sorted([*_frequent(captions, 1), *SPECIAL]))


@generate_vocabulary.mistake("The limit is 5 whatever min_count says.")
def always_five(captions, min_count=5):
    return _numbered(sorted([*_frequent(captions, 5), *SPECIAL]))


@generate_vocabulary.mistake(
    "The dict is the wrong way round: it leads from a token to its number, not back."
)
def numbers_to_tokens(captions, min_count=5):
    return dict(enumerate(sorted([*_frequent(captions, min_count), *SPECIAL])))


@generate_vocabulary.mistake("These are counts; give each token its place in the sorted list.")
def counts_for_numbers(captions, min_count=5):
    counts = Counter(_tokens(captions))
    return {token: counts[token] for token in sorted(_frequent(captions, min_count) + [*SPECIAL])}


@generate_vocabulary.mistake(
    "You split the captions at spaces; take the tokens of split_sentence, in lower case and "
    "without punctuation."
)
def split_at_spaces(captions, min_count=5):
    counts = Counter(token for of_image in captions for text in of_image for token in text.split())
    frequent = [token for token, n in counts.items() if n >= min_count]
    return _numbered(sorted([*frequent, *SPECIAL]))


@generate_vocabulary.alternative
def by_loops(captions, min_count=5):
    counts = defaultdict(int)
    for of_image in captions:
        for sentence in of_image:
            for token in by_characters(sentence):
                counts[token] += 1
    tokens = {token for token in counts if counts[token] >= min_count} | set(SPECIAL)
    vocab = {}
    for token in sorted(tokens):
        vocab[token] = len(vocab)
    return vocab


@generate_vocabulary.alternative
def by_unique(captions, min_count=5):
    tokens, counts = np.unique(np.array(_tokens(captions), dtype=str), return_counts=True)
    kept = sorted(tokens[counts >= min_count].tolist() + [*SPECIAL])
    return dict(zip(kept, range(len(kept))))
