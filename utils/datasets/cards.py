"""First names beside the names of trading cards, and beside small titles in their place."""

from itertools import pairwise

import numpy as np

from ..download.cache import fetch
from .choice import real_or_synthetic
from .names import fetch_names
from .records import Names
from .split import tenths
from .synthetic_names import make_names
from .synthetic_tags import make_tagged_sentences

SEED = 42
STEM = 4  # letters


def fetch_names_and_cards():
    """Return first names and names of cards in two classes, in three parts that share no stem.

    A stem is a name's first four letters, whatever their capitals: names that begin alike are in
    the same part, so that no test name has a near twin among the training names. What is in both
    lists is left out. Synthetic: the synthetic names beside titles of one or two words.
    """
    return real_or_synthetic("names", _fetch, make_names_and_titles)


def stem_of(name):
    """Return the first letters of a name, small, without what isn't a letter. name: str."""
    return "".join(filter(str.isalpha, name.lower()))[:STEM]


def split_by_stem(names, others, class_names, source, seed=SEED, synthetic=False):
    """Return Names of two classes whose parts share no stem.

    names, others: iterables of str, the second and the first class; class_names: the two, the first
    one first; source, synthetic: as in Names; seed: int, it decides which stems go to which part.
    """
    names, others = set(names), set(others)
    both = names & others
    labels = {name: 0 for name in others if name not in both}
    labels |= {name: 1 for name in names if name not in both}
    stems = sorted(set(map(stem_of, labels)))
    order = np.random.RandomState(seed).permutation(len(stems))
    fields = []
    for rows in tenths(order):
        chosen = {stems[row] for row in rows}
        part = sorted(name for name in labels if stem_of(name) in chosen)
        fields += [part, np.array([labels[name] for name in part], np.int64)]
    return Names(*fields, class_names=class_names, source=source, synthetic=synthetic)


def _all_names(record):
    return [*record.names_train, *record.names_val, *record.names_test]


def _fetch():
    lines = fetch("mtg_card_names.txt").read_text(encoding="utf-8").splitlines()
    cards = [line.partition(": ")[2] for line in lines]  # after colour and type
    source = "first names (Kantrowitz and Ross 1994) and card names (Wizards of the Coast)"
    class_names = ("card", "first name")
    return split_by_stem(_all_names(fetch_names()), filter(None, cards), class_names, source)


def make_names_and_titles():
    """Return the synthetic names, and nouns, alone or after an adjective, as titles."""
    data = make_tagged_sentences()
    titles = set()
    for sentence in (*data.train, *data.val, *data.test):
        titles |= {word.title() for word, tag in sentence if tag == "NOUN"}
        titles |= {
            f"{one} {two}".title()
            for (one, first), (two, second) in pairwise(sentence)
            if (first, second) == ("ADJ", "NOUN")
        }
    source = "names synthetic in this course, and titles of nouns and adjectives"
    names = _all_names(make_names())
    return split_by_stem(names, titles, ("title", "name"), source, synthetic=True)
