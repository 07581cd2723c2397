"""Check of `generate_vocabulary`: which tokens are frequent enough, and their sorted numbers."""

import operator
from collections import Counter, defaultdict

import numpy as np

from ..check import new_check
from ..probes.week6._captions import END, PAD, START, UNK
from .split_sentence import by_characters, by_splitting

generate_vocabulary = new_check(__name__)

SPECIAL = (PAD, UNK, START, END)


def _tokens(captions, split=by_splitting):
    return [token for of_image in captions for text in of_image for token in split(text)]


def _vocabulary(
    captions, min_count=5, split=by_splitting, enough=operator.ge, special=SPECIAL,
    order=lambda frequent, special: sorted([*frequent, *special]), first=0,
):  # fmt: skip
    """Return the vocabulary, with changes. enough: function (count, min_count) -> bool."""
    counts = Counter(_tokens(captions, split))
    frequent = [token for token, count in counts.items() if enough(count, min_count)]
    return {token: number for number, token in enumerate(order(frequent, special), start=first)}


SORT_ALL = "Sort the special tokens with all others: #END# comes first, then #PAD#, #START#, #UNK#."

generate_vocabulary.add_mistakes(
    _vocabulary,
    [
        (
            "A token that occurs exactly min_count times belongs in the vocabulary, too.",
            {"enough": operator.gt},
        ),
        ("The four special tokens are missing: they need numbers, too.", {"special": ()}),
        (SORT_ALL, {"order": lambda frequent, special: [*special, *sorted(frequent)]}),
        (SORT_ALL, {"order": lambda frequent, special: [*sorted(frequent), *special]}),
        (
            "The tokens aren't sorted, so their numbers depend on the order of the captions.",
            {"order": lambda frequent, special: [*sorted(special), *frequent]},
        ),
        ("Numbering starts from 0; yours starts from 1.", {"first": 1}),
        (
            "You counted the captions that contain a token; count how often it occurs in total.",
            {"split": lambda text: set(by_splitting(text))},
        ),
        (
            "The vocabulary contains rare tokens, too: leave out those below min_count.",
            {"enough": lambda count, least: True},
        ),
        (
            "Your limit is always 5; it should be min_count.",
            {"enough": lambda count, least: count >= 5},
        ),
        (
            "You split the captions at spaces; take the tokens of split_sentence, in lower case "
            "and without punctuation.",
            {"split": str.split},
        ),
    ],
)


@generate_vocabulary.mistake("The dict is the wrong way round: it maps a token to its number.")
def numbers_to_tokens(captions, min_count=5):
    return dict(enumerate(_vocabulary(captions, min_count)))


@generate_vocabulary.mistake("These are counts; give each token its place in the sorted list.")
def counts_for_numbers(captions, min_count=5):
    counts = Counter(_tokens(captions))
    return {token: counts[token] for token in _vocabulary(captions, min_count)}


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
    kept = sorted([*tokens[counts >= min_count].tolist(), *SPECIAL])
    return dict(zip(kept, range(len(kept))))
