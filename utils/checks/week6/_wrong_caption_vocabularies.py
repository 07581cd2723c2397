"""Mistakes of `generate_vocabulary`, as rows of switches."""

import operator
import re
from collections import Counter

from ..probes.week6._captions import END, PAD, START, UNK
from .split_sentence import by_splitting

SPECIAL = (PAD, UNK, START, END)
SORT_ALL = "Sort the special tokens with all others: #END# comes first, then #PAD#, #START#, #UNK#."
UNSORTED = "The tokens aren't sorted: number them in the order that `sorted` gives."


def all_tokens(captions, split=by_splitting):
    return [token for of_image in captions for text in of_image for token in split(text)]


def _per_image(captions, split):
    """Return for each token the largest of its counts in single images."""
    most = Counter()
    for of_image in captions:
        most |= Counter(all_tokens([of_image], split))
    return most


def _in_images(captions, split):
    """Return for each token in how many images it is."""
    return Counter(token for of_image in captions for token in set(all_tokens([of_image], split)))


def _first_captions(captions, split):
    return Counter(all_tokens([of_image[:1] for of_image in captions], split))


def _words(text):
    """Return the tokens of a sentence with their capitals."""
    return re.findall(r"\w+", text)


LOWER = "Capitals must become small: take the tokens of split_sentence."
A_DICT = "Return a dict, from each token to its number, not a list of tokens."

ROWS = [
    (
        "A token that occurs exactly min_count times belongs in the vocabulary, too.",
        {"enough": operator.gt},
    ),
    (
        "Your limit is one too low: a token must occur min_count times at least.",
        {"enough": lambda count, least: count >= least - 1},
    ),
    (
        "You kept the rare tokens and left out the frequent ones: keep those that occur at "
        "least min_count times.",
        {"enough": operator.lt},
    ),
    (
        "You kept the rare tokens and left out the frequent ones: keep those that occur at "
        "least min_count times.",
        {"enough": operator.le},
    ),
    (
        "You kept only tokens that occur exactly min_count times; more is enough, too.",
        {"enough": operator.eq},
    ),
    ("The four special tokens are missing: they need numbers, too.", {"special": ()}),
    (
        "The special tokens have their # at both ends: #PAD#, #UNK#, #START#, #END#.",
        {"special": ("PAD", "UNK", "START", "END")},
    ),
    (
        "The special tokens are written in capitals: #PAD#, #UNK#, #START#, #END#.",
        {"special": ("#pad#", "#unk#", "#start#", "#end#")},
    ),
    (SORT_ALL, {"order": lambda frequent, special: [*special, *sorted(frequent)]}),
    (SORT_ALL, {"order": lambda frequent, special: [*sorted(frequent), *special]}),
    (UNSORTED, {"order": lambda frequent, special: [*sorted(special), *frequent]}),
    (UNSORTED, {"order": lambda frequent, special: [*frequent, *special]}),
    ("Numbering starts from 0; yours starts from 1.", {"first": 1}),
    (
        "You counted the captions that contain a token; count how often it occurs in total.",
        {"split": lambda text: set(by_splitting(text))},
    ),
    (
        "You counted the images that contain a token; count how often it occurs in total.",
        {"count": _in_images},
    ),
    (
        "You counted in each image by itself; count over the captions of all images together.",
        {"count": _per_image},
    ),
    (
        "You counted only the first caption of each image; count all of them.",
        {"count": _first_captions},
    ),
    (
        "You counted only the captions of one image; count those of all images.",
        {"count": lambda captions, split: Counter(all_tokens(captions[:1], split))},
    ),
    (
        "You counted only the captions of one image; count those of all images.",
        {"count": lambda captions, split: Counter(all_tokens(captions[-1:], split))},
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
    (
        "You split the captions at spaces, so punctuation sticks to the words: take the "
        "tokens of split_sentence.",
        {"split": lambda text: text.lower().split()},
    ),
    (LOWER, {"split": _words}),
    (
        "You counted characters: take the tokens of each caption by split_sentence.",
        {"split": list},
    ),
    (
        "You counted whole captions: take the tokens of each by split_sentence.",
        {"split": lambda text: [text]},
    ),
    (A_DICT, {"finish": lambda tokens, first: tokens}),
    (
        "These are pairs in a list; make a dict of them, from token to number.",
        {"finish": lambda tokens, first: [(t, n) for n, t in enumerate(tokens)]},
    ),
    (
        "These are pairs in a list; make a dict of them, from token to number.",
        {"finish": lambda tokens, first: list(enumerate(tokens))},
    ),
]
