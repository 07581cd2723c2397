"""Week 5's figures: nats per character over three seeds, sampling, classes and tags.

    COURSE_MIRROR=... COURSE_SYNTHETIC=classes,tags python -m tests.benchmarks.week5

It runs the notebook's own cells. Nats are of the test names; counts are made as the published ones:
with all other names, and the smoothing that suits the test names best.
"""

import contextlib
import io
import re

import numpy as np

from tests.benchmarks.cells import run_cells
from tests.benchmarks.figures import Figure, store
from utils import config

SEEDS = (0, 1, 2)
SECONDS = re.compile(r"^\w+: (\d+) seconds$", re.MULTILINE)  # as the notebook prints them
COUNTS = ("data", "split", "vocabulary-use", "matrix-use", "ngrams", "bar")
LANGUAGE = (
    *COUNTS, "loss-use", "language-model-use", "language-train-define", "language-train",
    "language-test",
)  # fmt: skip
SAMPLES = ("sample-use", "heat-figure", "slip", "many-define", "novelty")
NOTES = ("notes-data", "notes-figure")
CLASSES = ("classes-data", "classes-baseline", "classifier-use", "classifier-test")
CARDS = ("cards", "cards-test")
TAGS = ("tag-data", "tag-numbers", "tag-baseline", "tagger-train", "tagger-test")
BY_HAND = ("hand-data", "hand-train-define", "hand-train", "hand-compare", "hand-windows")
ALL = (*LANGUAGE, *SAMPLES, *BY_HAND, *NOTES, *CLASSES, *CARDS, *TAGS)


PUBLISHED = {"unigram": "", "bigram": "2.349 ± 0.002", "trigram": "2.153 ± 0.002", "4-gram": ""}
GOALS = {
    "SimpleRNN": "< 2.1",
    "LSTM": "≤ 2",
    "GRU": "≤ 2",
    "seconds of training, LSTM (the longest)": "≤ 90",
    "last marked number, SimpleRNN / GRU: ratio of errors": "≥ 10",
    "a slip's cost to the next letter, nats": "> 0",
    "network by hand / bigram, small list": "< 1",
    "names or cards": "≥ 0.95",
    "names or cards, largest class": "",
    "four classes of names, synthetic": "",
    "tagger, synthetic sentences": "> 0.97",
    "tags, most frequent one of each word": "",
}


def counts():
    """Return the tables' figures as the syllabus accounts for them."""
    v = run_cells(5, COUNTS, 0)
    train, val, test = v["matrices"].values()
    known = np.concatenate([train, val])
    figures = []
    for order, (name, goal) in enumerate(PUBLISHED.items(), start=1):
        values = [v["ngram_nats"](known, test, order, s) for s in v["SMOOTHINGS"]]
        figures.append(Figure(f"{name}, nats per character", [float(min(values))], goal))
    return figures


def networks():
    """Return what the networks reach, over the seeds."""
    rows = {name: [] for name in GOALS}
    for seed in SEEDS:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            v = run_cells(5, ALL, seed)
        found = [
            *(v["nats"][cell] for cell in ("SimpleRNN", "LSTM", "GRU")),
            max(map(int, SECONDS.findall(said.getvalue()))),
            np.mean(v["errors"]["SimpleRNN"]) / np.mean(v["errors"]["GRU"]),
            v["hurt"][v["SLIP"]] - v["clean"][v["SLIP"]],
            v["by_hand"] / min(v["scores"]),
            v["results"]["network"],
            v["results"]["largest class"],
            v["accuracies"]["network"],
            v["share_right"](v["predicted"], v["y_tags_test"]),
            v["by_table"],
        ]
        for values, value in zip(rows.values(), found):
            values.append(float(value))
    return [Figure(name, values, GOALS[name]) for name, values in rows.items()]


def main():
    """Measure and print everything."""
    print(config.describe_machine())
    store("week5", [*counts(), *networks()])


if __name__ == "__main__":
    main()
