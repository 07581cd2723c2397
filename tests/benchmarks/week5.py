"""Week 5's figures: nats a character over three seeds, sampling, tagging, the whole notebook.

    COURSE_MIRROR=... COURSE_EMBEDDED=classes,tags python -m tests.benchmarks.week5

It runs the notebook's own cells. Goals on the test names: the counts of the syllabus (bigram 2.349,
trigram 2.153, each ± 0.002, with all other names and the smoothing that suits the test names best,
as published), SimpleRNN below 2.10, the better of LSTM and GRU at most 2.00 (try for 1.95), each
training at most 90 s; a thousand names drawn at least 20 times as fast as one at a time; the tagger
above 0.97 on embedded sentences; names against cards at least 0.95; the whole notebook at most 12
minutes, and 75 seconds in the profile tiny.
"""

import statistics

import numpy as np

from tests.benchmarks.cells import run_cells
from tests.benchmarks.notebook import measure
from utils import config

SEEDS = (0, 1, 2)
COUNTS = ("data", "split", "vocabulary-use", "matrix-use", "ngrams", "bar")
LANGUAGE = (
    *COUNTS, "loss-use", "language-train-define", "language-train", "language-test",
)  # fmt: skip
SAMPLES = ("sample-use", "heat-figure", "many-define", "many-time", "novelty")
CLASSES = ("classes-data", "classes-baseline", "classifier-use", "classifier-test")
CARDS = ("cards", "cards-test")
TAGS = ("tag-data", "tag-numbers", "tag-baseline", "tagger-train", "tagger-test")
BY_HAND = ("hand-loss", "hand-train-define", "hand-train", "hand-compare")
ALL = (*LANGUAGE, *SAMPLES, *BY_HAND, *CLASSES, *CARDS, *TAGS)


def counts():
    """Print the tables' figures as the syllabus accounts for them."""
    v = run_cells(5, COUNTS, 0)
    train, val, test = v["matrices"].values()
    known = np.concatenate([train, val])
    for order, (name, goal) in enumerate(
        (("unigram", 3.161), ("bigram", 2.349), ("trigram", 2.153), ("4-gram", 2.168)), start=1
    ):
        values = {s: v["ngram_nats"](known, test, order, s) for s in v["SMOOTHINGS"]}
        best = min(values, key=values.get)
        print(f"{name}: {values[best]:.4f} with {best} (published: {goal})", flush=True)
    for smoothing in v["SMOOTHINGS"]:
        table = v["bigram_probabilities"](known, v["num_tokens"], smoothing)
        before, after = test[:, :-1], test[:, 1:]
        found = -np.log(table[before, after][after != 0]).mean()
        print(f"the exercise's table, smoothing {smoothing}: {found:.4f}")


def networks():
    """Print what the networks reach, over the seeds."""
    rows = {}
    for seed in SEEDS:
        v = run_cells(5, ALL, seed)
        found = {cell: v["nats"][cell] for cell in v["models"]}
        found |= {"sampling, times faster": v["one"] / v["batch"]}
        found |= {"by hand": v["by_hand"], "bigram, small list": min(v["scores"])}
        found |= {"classes": v["accuracies"]["network"], "cards": v["results"]["network"]}
        found |= {"cards, largest class": v["results"]["largest class"]}
        found["tagger"] = v["share_right"](v["predicted"], v["y_tags_test"])
        found["tags, by table"] = v["by_table"]
        for name, value in found.items():
            rows.setdefault(name, []).append(float(value))
    print(f"\n| what | mean | seeds {', '.join(map(str, SEEDS))} |\n| --- | --- | --- |")
    for name, values in rows.items():
        each = ", ".join(f"{value:.4g}" for value in values)
        print(f"| {name} | {statistics.mean(values):.4g} | {each} |")


def main():
    """Measure and print everything."""
    print(config.describe_machine())
    for profile in ("tiny", "cpu"):
        measure(5, profile)
    counts()
    networks()


if __name__ == "__main__":
    main()
