"""Check of `generate_vocabulary`: which tokens are frequent enough, and their sorted numbers."""

import operator
from collections import Counter, defaultdict

import numpy as np

from ..check import new_check
from ._wrong_caption_vocabularies import ROWS, SORT_ALL, SPECIAL, UNSORTED, all_tokens
from .split_sentence import by_characters, by_splitting


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


def _vocabulary(
    captions, min_count=5, split=by_splitting, enough=operator.ge, special=SPECIAL,
    order=lambda frequent, special: sorted([*frequent, *special]), first=0,
    count=lambda captions, split: Counter(all_tokens(captions, split)),
    finish=lambda tokens, first: {token: n for n, token in enumerate(tokens, start=first)},
):  # fmt: skip
    """Return the vocabulary, with changes. enough: function (count, min_count) -> bool."""
    counts = count(captions, split)
    frequent = [token for token, n in counts.items() if enough(n, min_count)]
    return finish(order(frequent, special), first)


generate_vocabulary.add_mistakes(_vocabulary, ROWS)


@generate_vocabulary.mistake(
    "You numbered all tokens before you left out the rare ones, so there are gaps: number those "
    "that stay."
)
def numbered_too_early(captions, min_count=5):
    counts = Counter(all_tokens(captions))
    numbers = {token: n for n, token in enumerate(sorted({*counts, *SPECIAL}))}
    return {t: n for t, n in numbers.items() if counts[t] >= min_count or t in SPECIAL}


@generate_vocabulary.mistake(
    "A token that occurs several times is several times in your list, so there are gaps between "
    "the numbers: number each token once."
)
def numbered_several_times(captions, min_count=5):
    every = all_tokens(captions)
    counts = Counter(every)
    tokens = [token for token in every if counts[token] >= min_count]
    return {token: n for n, token in enumerate(sorted([*tokens, *SPECIAL]))}


@generate_vocabulary.mistake(
    "You numbered the tokens by how often they occur; sort them as text, the special ones among "
    "them."
)
def by_frequency(captions, min_count=5):
    counts = Counter(all_tokens(captions))
    tokens = [token for token, count in counts.most_common() if count >= min_count]
    return {token: n for n, token in enumerate([*SPECIAL, *tokens])}


@generate_vocabulary.mistake("The dict is the wrong way round: it maps a token to its number.")
def numbers_to_tokens(captions, min_count=5):
    return dict(enumerate(_vocabulary(captions, min_count)))


@generate_vocabulary.mistake("These are counts; give each token its place in the sorted list.")
def counts_for_numbers(captions, min_count=5):
    counts = Counter(all_tokens(captions))
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
    tokens, counts = np.unique(np.array(all_tokens(captions), dtype=str), return_counts=True)
    kept = sorted([*tokens[counts >= min_count].tolist(), *SPECIAL])
    return dict(zip(kept, range(len(kept))))
