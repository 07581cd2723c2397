"""Check of `few_label_accuracy`: points, the mistakes people make, sound variants."""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ..check import new_check

REPEATS = "the same generator gives the same"


def _facts_of_accuracy(evidence):
    """Replace accuracies, which depend on the rows drawn, by what must hold for every draw."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and "mean" in value:
            value = {
                "it is that of guessing": bool(0.38 < value["mean"] < 0.62),
                "it is what learning by heart gives on known and unknown rows together": bool(
                    0.68 < value["mean"] < 0.82
                ),
                "it is that of the known rows": bool(value["mean"] > 0.95),
            }
        elif isinstance(value, dict):
            first, again = value["drawn"]  # by chance one may repeat, but hardly five
            value = {
                REPEATS: first == again,
                "other generators give others": len(set(first)) > 1,
            }
        elif isinstance(value, float) and not isinstance(value, bool):
            value = _rounded(value)
        result.append({**seen, "value": value})
    if any(_is_by_chance(seen["value"]) for seen in result):  # then so is all else
        return [seen for seen in result if _is_by_chance(seen["value"])]
    return result


def _is_by_chance(value):
    return isinstance(value, dict) and value.get(REPEATS) is False


def _rounded(accuracy):
    if accuracy > 1.000001:
        return {"a share of 1": False}
    return {"a share of 1": True, "right nearly always": accuracy > 0.9, "wrong": accuracy < 0.1}


few_label_accuracy = new_check(__name__, points=2, properties=_facts_of_accuracy)


def _few(
    features, labels, num_labeled, rng, scale="all", score="others", balanced=True, count=None,
    swap=False, percent=False,
):  # fmt: skip
    """Return the accuracy from a few labels, with changes."""
    rows, labels = features.reshape(len(features), -1), np.asarray(labels)
    n = num_labeled if count is None else count(num_labeled)
    if balanced:
        classes = [np.flatnonzero(labels == label) for label in (0, 1)]
        known = np.concatenate([rng.permutation(some)[: n // 2] for some in classes])
    else:
        known = rng.permutation(len(rows))[:n]
    others = np.setdiff1d(np.arange(len(rows)), known)
    if scale == "all":
        spread = rows.std(axis=0)
        rows = (rows - rows.mean(axis=0)) / np.where(spread > 0, spread, 1)
    elif scale == "plain":
        rows = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    if swap:
        known, others = others, known
    tested = {"others": others, "all": np.arange(len(rows)), "known": known}[score]
    classifier = LogisticRegression(max_iter=1000).fit(rows[known], labels[known])
    accuracy = float(classifier.score(rows[tested], labels[tested]))
    return 100 * accuracy if percent else accuracy


@few_label_accuracy.mistake(
    "You score on all rows, also those that the classifier saw: score on the others only."
)
def scored_on_all(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, rng, score="all")


@few_label_accuracy.mistake(
    "You score on the labelled rows, which the classifier knows by heart: score on the others."
)
def scored_on_known(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, rng, score="known")


@few_label_accuracy.mistake(
    "The columns aren't brought to the same scale, so one with large numbers drowns the others."
)
def not_scaled(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, rng, scale=None)


@few_label_accuracy.mistake(
    "A column that is constant has the standard deviation 0: divide it by something else."
)
def divided_by_zero(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, rng, scale="plain")


@few_label_accuracy.mistake(
    "The features aren't flattened: scikit-learn takes one row a sample, so flatten each image."
)
def features_not_flattened(features, labels, num_labeled, rng):
    rows = (features - features.mean(axis=0)) / np.maximum(features.std(axis=0), 1e-9)
    classes = [np.flatnonzero(labels == label) for label in (0, 1)]
    known = np.concatenate([rng.permutation(some)[: num_labeled // 2] for some in classes])
    others = np.setdiff1d(np.arange(len(rows)), known)
    classifier = LogisticRegression(max_iter=1000).fit(rows[known], labels[known])
    return float(classifier.score(rows[others], labels[others]))


@few_label_accuracy.mistake("You always take the first rows of each class; draw them by `rng`.")
def always_the_first(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, _NoChance())


class _NoChance:
    def permutation(self, items):
        return items


@few_label_accuracy.mistake(
    "The rows aren't drawn by `rng`, so nobody can draw the same ones again."
)
def rows_from_elsewhere(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, np.random.default_rng())


@few_label_accuracy.mistake("You return a percentage; a share from 0 to 1 is asked for.")
def in_percent(features, labels, num_labeled, rng):
    return _few(features, labels, num_labeled, rng, percent=True)


@few_label_accuracy.alternative
def few_by_pipeline(features, labels, num_labeled, rng):
    rows = np.reshape(features, (len(features), -1))
    known = np.zeros(len(rows), bool)
    for label in (0, 1):
        known[rng.choice(np.flatnonzero(labels == label), num_labeled // 2, replace=False)] = True
    rows = StandardScaler().fit_transform(rows)
    model = make_pipeline(LogisticRegression(max_iter=1000)).fit(rows[known], labels[known])
    return float(np.mean(model.predict(rows[~known]) == labels[~known]))


@few_label_accuracy.alternative
def few_by_shuffling(features, labels, num_labeled, rng):
    order = rng.permutation(len(features))
    order = order[np.argsort(labels[order], kind="stable")]
    half, ones = num_labeled // 2, int(np.sum(np.asarray(labels) == 0))
    known = np.r_[order[:half], order[ones : ones + half]]
    others = np.r_[order[half:ones], order[ones + half :]]
    rows = features.reshape(len(features), -1)
    rows = (rows - rows.mean(axis=0)) / (rows.std(axis=0) + 1e-12)
    model = LogisticRegression(max_iter=1000).fit(rows[known], labels[known])
    return float(model.score(rows[others], labels[others]))
