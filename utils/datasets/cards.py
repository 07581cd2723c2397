"""First names and names of trading cards, or synthetic names and titles."""

from itertools import pairwise

import numpy as np

from ..download.cache import fetch
from .choice import real_or_synthetic
from .names import bounded, fetch_names
from .records import Names
from .split import split_80_10_10
from .synthetic_names import make_names
from .synthetic_tags import make_tagged_sentences

SEED = 42
STEM = 4  # letters


def fetch_names_and_cards(most=None):
    """Return first names and card names as two classes, in three parts that share no stem.

    A stem is a name's first four letters, ignoring case: names that begin alike are in the same
    part, so no test name has a near twin among the training names. Names in both lists are left
    out. Synthetic: the synthetic names, and titles of one or two words. most: as for
    `names.bounded`.
    """
    return bounded(real_or_synthetic("names", _fetch, make_names_and_titles), most)


def stem_of(name):
    """Return a name's first four letters in lower case, skipping all else. name: str."""
    return "".join(filter(str.isalpha, name.lower()))[:STEM]


def split_by_stem(names, others, class_names, source, seed=SEED, synthetic=False):
    """Return Names of two classes whose parts share no stem.

    others, names: iterables of str, the classes 0 and 1; class_names: two str, in that order;
    source, synthetic: as in Names; seed: int, decides which stems go to which part.
    """
    names, others = set(names), set(others)
    both = names & others
    labels = {name: 0 for name in others if name not in both}
    labels |= {name: 1 for name in names if name not in both}
    stems = sorted(set(map(stem_of, labels)))
    order = np.random.RandomState(seed).permutation(len(stems))
    fields = []
    for rows in split_80_10_10(order):
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
    """Return the synthetic names, and titles: nouns, alone or after an adjective."""
    data = make_tagged_sentences()
    titles = set()
    for sentence in (*data.train, *data.val, *data.test):
        titles |= {word.title() for word, tag in sentence if tag == "NOUN"}
        titles |= {
            f"{one} {two}".title()
            for (one, first), (two, second) in pairwise(sentence)
            if (first, second) == ("ADJ", "NOUN")
        }
    source = "synthetic names of this course, and titles of nouns and adjectives"
    names = _all_names(make_names())
    return split_by_stem(names, titles, ("title", "name"), source, synthetic=True)
