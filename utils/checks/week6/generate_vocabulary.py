"""Check of `generate_vocabulary`: which tokens are frequent enough, and their sorted numbers."""

import operator
import re
from collections import Counter, defaultdict

import numpy as np

from ..check import new_check
from ..probes.week6._captions import END, PAD, START, UNK
from .split_sentence import by_characters, by_splitting

SPECIAL = (PAD, UNK, START, END)
SORT_ALL = "Sort the special tokens with all others: #END# comes first, then #PAD#, #START#, #UNK#."
UNSORTED = "The tokens aren't sorted: number them in the order that `sorted` gives."


def _by_number(evidence):
    """Replace each dict by its tokens in the order of their numbers, and these numbers."""
    return [{**seen, "value": _facts(seen["value"])} for seen in evidence]


def _facts(value):
    if not isinstance(value, dict):
        return value
    pairs, numbers = list(value.items()), list(value.values())
    if all(isinstance(number, (int, np.integer)) for number in numbers):
        pairs.sort(key=lambda pair: pair[1])
        numbers = np.array([int(number) for _, number in pairs], int)
    return {"tokens by number": " ".join(token for token, _ in pairs), "their numbers": numbers}


def _of_tokens(ours, theirs):
    ours, theirs = ours.split(" "), theirs.split(" ")
    missing = [token for token in SPECIAL if token not in ours]
    if missing:
        return f"Special tokens are missing: {', '.join(missing)} need a number, too."
    if sorted(ours) != theirs:
        return None
    words = [token for token in ours if token not in SPECIAL]
    if ours == theirs[::-1]:
        return "You sorted the tokens downwards; the first of all gets number 0."
    return SORT_ALL if words == sorted(words) else UNSORTED


def _of_numbers(ours, theirs):
    if isinstance(ours, list) or ours.shape != theirs.shape:
        return None
    if len(set(ours.tolist())) < len(ours):
        return "Several tokens share a number; each has a number of its own."
    if len(set((ours - theirs).tolist())) == 1:
        return f"Numbering starts from 0; yours starts from {ours[0]}."
    return (
        "There are gaps between your numbers: make the list of tokens that belong to the "
        "vocabulary, each once, and number that."
    )


generate_vocabulary = new_check(
    __name__,
    properties=_by_number,
    sentences={"tokens by number": _of_tokens, "their numbers": _of_numbers},
)


def _tokens(captions, split=by_splitting):
    return [token for of_image in captions for text in of_image for token in split(text)]


def _per_image(captions, split):
    """Return for each token the largest of its counts in single images."""
    most = Counter()
    for of_image in captions:
        most |= Counter(_tokens([of_image], split))
    return most


def _in_images(captions, split):
    """Return for each token in how many images it is."""
    return Counter(token for of_image in captions for token in set(_tokens([of_image], split)))


def _first_captions(captions, split):
    return Counter(_tokens([of_image[:1] for of_image in captions], split))


def _vocabulary(
    captions, min_count=5, split=by_splitting, enough=operator.ge, special=SPECIAL,
    order=lambda frequent, special: sorted([*frequent, *special]), first=0,
    count=lambda captions, split: Counter(_tokens(captions, split)),
    finish=lambda tokens, first: {token: n for n, token in enumerate(tokens, start=first)},
):  # fmt: skip
    """Return the vocabulary, with changes. enough: function (count, min_count) -> bool."""
    counts = count(captions, split)
    frequent = [token for token, n in counts.items() if enough(n, min_count)]
    return finish(order(frequent, special), first)


def _words(text):
    """Return the tokens of a sentence with their capitals."""
    return re.findall(r"\w+", text)


LOWER = "Capitals must become small: take the tokens of split_sentence."
A_DICT = "Return a dict, from each token to its number, not a list of tokens."

generate_vocabulary.add_mistakes(
    _vocabulary,
    [
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
            {"count": lambda captions, split: Counter(_tokens(captions[:1], split))},
        ),
        (
            "You counted only the captions of one image; count those of all images.",
            {"count": lambda captions, split: Counter(_tokens(captions[-1:], split))},
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
    ],
)


@generate_vocabulary.mistake(
    "You numbered all tokens before you left out the rare ones, so there are gaps: number those "
    "that stay."
)
def numbered_too_early(captions, min_count=5):
    counts = Counter(_tokens(captions))
    numbers = {token: n for n, token in enumerate(sorted({*counts, *SPECIAL}))}
    return {t: n for t, n in numbers.items() if counts[t] >= min_count or t in SPECIAL}


@generate_vocabulary.mistake(
    "A token that occurs several times is several times in your list, so there are gaps between "
    "the numbers: number each token once."
)
def numbered_several_times(captions, min_count=5):
    every = _tokens(captions)
    counts = Counter(every)
    tokens = [token for token in every if counts[token] >= min_count]
    return {token: n for n, token in enumerate(sorted([*tokens, *SPECIAL]))}


@generate_vocabulary.mistake(
    "You numbered the tokens by how often they occur; sort them as text, the special ones among "
    "them."
)
def by_frequency(captions, min_count=5):
    counts = Counter(_tokens(captions))
    tokens = [token for token, count in counts.most_common() if count >= min_count]
    return {token: n for n, token in enumerate([*SPECIAL, *tokens])}


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
