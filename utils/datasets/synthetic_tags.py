"""Simple English sentences with universal part-of-speech tags, from the course's own grammar.

About a third of the tokens are words with several tags, like 'play' in 'they play a game' and 'her
play was long'; the words around them decide which one applies.
"""

from itertools import repeat

import numpy as np

from ..config import ROOT
from .records import TaggedSentences

GRAMMAR_FILE = ROOT / "data" / "tag_grammar.txt"
SHORTEST, LONGEST = 4, 14  # tokens, the full stop included
DEEPEST = 12  # clauses may be nested; a derivation deeper than this is given up
VOWELS = tuple("aeiou")


class TooDeep(Exception):
    """A derivation nests too many clauses."""


def third_person(verb):
    """Return the third person singular of a regular verb: 'play', 'watch', 'dry' -> '…s'."""
    if verb.endswith(("s", "x", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def read_grammar(path=GRAMMAR_FILE):
    """Read a grammar; the notation is explained at the top of the file.

    path: a text file. Returns {name of a rule: list of alternatives}, each alternative a list of
    str, and an alternative of weight k listed k times.
    """
    rules = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if " -> " in line:
            name, _, right = line.partition(" -> ")
            for alternative in right.split(" | "):
                parts = alternative.split()
                weight = int(parts.pop(0)) if parts[0].isdigit() else 1
                rules.setdefault(name, []).extend(repeat(parts, weight))
        elif " = " in line:
            head, _, words = line.partition(" = ")
            name, tag = head.split()
            rules.setdefault(name, []).extend([f"{word}/{tag}"] for word in words.split())
    return rules


def derive(rules, symbol, draw, third=False, depth=0):
    """Derive words from a symbol of the grammar.

    rules: what `read_grammar` returns. symbol: str. draw: a function without arguments that
    returns a float in [0, 1). third: bool, whether verbs are in the third person singular.
    depth: int, how deep in the derivation the symbol is. Returns a list of (word, tag) pairs.
    """
    if depth > DEEPEST:
        raise TooDeep
    if symbol[0] in "+-":
        symbol, third = symbol[1:], symbol[0] == "+"
    if symbol not in rules:
        word, _, tag = symbol.partition("/")
        if word.endswith("~"):
            word = third_person(word[:-1]) if third else word[:-1]
        return [(word, tag)]
    alternatives = rules[symbol]
    pairs = []
    for part in alternatives[int(draw() * len(alternatives))]:
        pairs += derive(rules, part, draw, third, depth + 1)
    return pairs


def is_good(sentence):
    """Return whether a sentence has a suitable length and no noun, verb or adjective twice.

    sentence: list of (word, tag) pairs. 'They walk the walk' would be odd English.
    """
    content = [word.rstrip("s") for word, tag in sentence if tag in ("NOUN", "VERB", "ADJ")]
    return SHORTEST <= len(sentence) <= LONGEST and len(set(content)) == len(content)


def fix_articles(sentence):
    """Turn 'a' into 'an' where the next word begins with a vowel; return new pairs."""
    following = [word for word, _ in sentence[1:]] + [""]
    return [
        ("an" if word == "a" and after.startswith(VOWELS) else word, tag)
        for (word, tag), after in zip(sentence, following)
    ]


def make_tagged_sentences(seed=0, n_train=2000, n_val=250, n_test=250):
    """Generate distinct sentences from the grammar and split them.

    seed: int. n_train, n_val, n_test: int, how many sentences in each part.
    Returns TaggedSentences: each part a list of sentences, each a list of 4 to 14 (word, tag)
    pairs; words are lower-case str, the last one '.' or '?'. The tags are the universal ones of
    Petrov, Das and McDonald (2012) without X; `tag_names` lists the 11 in sorted order. No
    sentence occurs twice, so none is in two parts.
    """
    rng = np.random.default_rng(seed)
    # Many numbers per call: one call for each would take most of the time.
    numbers = iter(lambda: rng.random(4096).tolist(), None)
    draw = (number for block in numbers for number in block).__next__
    rules = read_grammar()
    found = {}
    while len(found) < n_train + n_val + n_test:
        try:
            sentence = fix_articles(derive(rules, "Sentence", draw))
        except TooDeep:
            continue
        if is_good(sentence):
            found.setdefault(tuple(word for word, _ in sentence), sentence)
    sentences = list(found.values())
    return TaggedSentences(
        train=sentences[:n_train],
        val=sentences[n_train : n_train + n_val],
        test=sentences[n_train + n_val :],
        tag_names=tuple(sorted({tag for sentence in sentences for _, tag in sentence})),
        source="sentences generated from this course's grammar (data/tag_grammar.txt)",
        synthetic=True,
    )
