"""Check of `few_label_accuracy`: which rows are known, their scale, which rows are scored."""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ..check import new_check
from ._value_facts import with_facts

ALL_BUT_WRONG = "right on all other rows but those with a wrong label"
MOST_DRAWN = 8  # rows with a wrong label that are among the known ones: 9 never are


def _facts_of_accuracy(value, facts):
    """Return what must hold for every draw, in place of accuracies, which depend on it."""
    if "drawn" in value:
        first, again = value["drawn"]  # by chance one may repeat, but hardly five
        return {
            "the same generator gives the same": first == again,
            "different generators give different ones": len(set(first)) > 1,
        }
    if "mean" in value:
        mean = value["mean"] or 0.0
        return {
            "it is what guessing gives": bool(0.38 < mean < 0.62),
            "it is what learning by heart gives on all rows": bool(0.68 < mean < 0.82),
            "it is what learning by heart gives on the known rows": bool(mean > 0.95),
        }
    found = {"at most 1": value["accuracy"] < 1.000001}
    if "wrong" in facts and found["at most 1"]:
        found[ALL_BUT_WRONG] = _is_right(value["accuracy"], **facts)
    return found


def _is_right(accuracy, others, wrong):
    """Whether it is right on all rows but those with a wrong label that are not known ones."""
    mistaken = others * (1 - accuracy)
    is_whole = abs(mistaken - round(mistaken)) < 1e-6
    return bool(is_whole and 0 <= wrong - round(mistaken) <= MOST_DRAWN)


few_label_accuracy = new_check(__name__, points=2, properties=with_facts(_facts_of_accuracy))


def _standardized(rows):
    spread = rows.std(axis=0)
    return (rows - rows.mean(axis=0)) / np.where(spread > 0, spread, 1)


def _accuracy(
    features, labels, num_labeled, rng, flat=True, scale=_standardized,
    shuffle=lambda rows, rng: rng.permutation(rows), tested=lambda known, others: others, whole=1,
):  # fmt: skip
    rows = scale(features.reshape(len(features), -1) if flat else features)
    classes = [np.flatnonzero(labels == label) for label in (0, 1)]
    known = np.concatenate([shuffle(some, rng)[: num_labeled // 2] for some in classes])
    tested = tested(known, np.setdiff1d(np.arange(len(rows)), known))
    classifier = LogisticRegression(max_iter=1000).fit(rows[known], labels[known])
    return whole * float(classifier.score(rows[tested], labels[tested]))


few_label_accuracy.add_mistakes(
    _accuracy,
    {
        "You score all rows, also those that the classifier saw: score the others only.": {
            "tested": lambda known, others: np.concatenate([known, others])
        },
        "You score the labelled rows, which the classifier knows by heart: score the others.": {
            "tested": lambda known, others: known
        },
        "The columns aren't on the same scale, so one with large numbers drowns out the rest.": {
            "scale": lambda rows: rows
        },
        "A constant column has a standard deviation of 0: divide it by something else.": {
            "scale": lambda rows: (rows - rows.mean(axis=0)) / rows.std(axis=0)
        },
        "The features aren't flattened: scikit-learn takes one flat row per sample.": {
            "flat": False
        },
        "You always take the first rows of each class; draw them by `rng`.": {
            "shuffle": lambda rows, rng: rows
        },
        "The rows aren't drawn by `rng`, so nobody can draw the same ones again.": {
            "shuffle": lambda rows, rng: np.random.default_rng().permutation(rows)
        },
        "You return a percentage; a fraction from 0 to 1 is asked for.": {"whole": 100},
    },
)


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
