"""A synthetic corpus in simple English, with planted neighbours and analogies.

Words of one kind occur in the same sentences, so a word's context is enough to find its neighbours,
and its partner in a pair such as king and queen.
"""

from itertools import permutations

import numpy as np

from ..config import ROOT
from .records import Corpus

TEMPLATES_FILE = ROOT / "data" / "corpus_templates.txt"
# Pairs of related columns: the first is to the second as in every other row.
RELATIONS = {
    "person": ("male", "female"),
    "nation": ("country", "capital"),
    "animal": ("animal", "animals"),
    "action": ("present", "past"),
}


def read_templates(path=TEMPLATES_FILE):
    """Read tables of words and their sentences; the notation is explained in the file.

    path: a text file. Returns two dicts with the same keys, the names of the tables: tables,
    each a list of dicts {column: word}, one per row; sentences, each a list of lists of str.
    """
    tables, sentences = {}, {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name, _, columns = line.strip("[]").partition(": ")
            rows, templates = tables.setdefault(name, []), sentences.setdefault(name, [])
        elif line.startswith(">"):
            templates.append(line[1:].split())
        elif line and not line.startswith("#"):
            rows.append(dict(zip(columns.split(), line.split())))
    return tables, sentences


def column(tables, name, heading):
    """Return one column of a table as a list of str."""
    return [row[heading] for row in tables[name]]


def planted_neighbours(tables):
    """Return {word: the other words of its group}, a dict of lists of str.

    A group is the first column of a table, or each of two related ones; men and
    women are one group, since both are people.
    """
    groups = []
    for name, rows in tables.items():
        headings = RELATIONS.get(name, list(rows[0])[:1])
        columns = [column(tables, name, heading) for heading in headings]
        groups += [sum(columns, [])] if name == "person" else columns
    return {word: [w for w in group if w != word] for group in groups for word in group}


def planted_analogies(tables):
    """Return every (a, b, c, d) in which a is to b as c is to d, a list of tuples of four str."""
    found = []
    for name, headings in RELATIONS.items():
        pairs = zip(*(column(tables, name, heading) for heading in headings))
        found += [first + second for first, second in permutations(pairs, 2)]
    return found


def fill(template, row, tables, rng):
    """Fill in one sentence: list of str with <column> or <table.column>; returns a list of str."""
    words = []
    for part in template:
        if part[0] == "<":
            name, dot, heading = part.strip("<>").partition(".")
            chosen = tables[name][rng.integers(len(tables[name]))] if dot else row
            part = chosen[heading if dot else name]
        words.append(part)
    return words


def make_corpus(seed=0, repeats=25):
    """Write every sentence with every row of its table, several times, in random order.

    seed: int. repeats: int, how often each; 25 makes about 155,000 words.
    Returns Corpus: `tokens` is one list of lower-case str, 392 different ones, without punctuation;
    nothing marks where a sentence begins, as in the usual corpora for embeddings. `neighbours` has
    130 planted words and `analogies` 224 questions; each planted word occurs at least 100 times.
    What words of a group share are frequent words, so subsampling should be mild: at a threshold of
    0.01 everything is still found, at 0.001 a fifth of the neighbours are lost.
    """
    rng = np.random.default_rng(seed)
    tables, sentences = read_templates()
    written = [
        fill(template, row, tables, rng)
        for name, rows in tables.items()
        for template in sentences[name]
        for row in rows
        for _ in range(repeats)
        if any(part[0] == "<" for part in template)
    ]
    return Corpus(
        tokens=[word for i in rng.permutation(len(written)) for word in written[i]],
        source="sentences written from templates of this course (data/corpus_templates.txt)",
        synthetic=True,
        neighbours=planted_neighbours(tables),
        analogies=planted_analogies(tables),
    )
