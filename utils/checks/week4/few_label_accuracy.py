"""Check of `few_label_accuracy`: which rows are known, their scale, which rows are scored."""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ..check import new_check
from ._logistic_regression import SPLITS, accuracies
from ._value_facts import with_facts

ALL_BUT_WRONG = "right on all other rows but those with a wrong label"
MOST_DRAWN = 8  # rows with a wrong label that are among the known ones: 9 never are


def _facts_of_accuracy(value, facts):
    """Return what must hold for every draw, in place of accuracies, which depend on it."""
    if "drawn" in value:
        first, again = value["drawn"]  # by chance one may repeat, but hardly five
        return {
            "the same generator gives the same": first[: len(again)] == again,
            "different generators give different ones": len(set(first)) > 1,
        }
    if "known" in facts:
        return _facts_of_overlap(value["mean"] or 0.0, *facts.values())
    if "mean" in value:
        mean = value["mean"] or 0.0
        return {
            "it is what guessing gives": bool(0.28 < mean < 0.72),
            "it is what learning by heart gives on the known rows": bool(mean > 0.95),
        }
    found = {"at most 1": value["accuracy"] < 1.000001}
    if "wrong" in facts and found["at most 1"]:
        found[ALL_BUT_WRONG] = _is_right(value["accuracy"], **facts)
    return found


def _facts_of_overlap(mean, seed, num_known, tries):
    """Return whether a mean is what logistic regression gives: that depends on the known rows.

    Five standard errors are allowed: of a million right answers one is refused.
    """
    right = accuracies(seed, num_known)
    room = 5 * right.std() * np.sqrt(1 / tries + 1 / SPLITS)
    return {
        f"it is what logistic regression gives with {num_known} known rows": bool(
            abs(mean - right.mean()) < room
        ),
        "it is less": bool(mean < right.mean() - room),
    }


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
    learned=lambda known, others: known,
):  # fmt: skip
    rows = scale(features.reshape(len(features), -1) if flat else features)
    classes = [np.flatnonzero(labels == label) for label in (0, 1)]
    known = np.concatenate([shuffle(some, rng)[: num_labeled // 2] for some in classes])
    others = np.setdiff1d(np.arange(len(rows)), known)
    tested, learned = tested(known, others), learned(known, others)
    classifier = LogisticRegression(max_iter=1000).fit(rows[learned], labels[learned])
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
        "You fit the classifier to all rows; it may see the labels of `num_labeled` ones only.": {
            "learned": lambda known, others: np.concatenate([known, others])
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


NEARER_MEAN = (
    "You compare rows with the mean of each class; fit scikit-learn's LogisticRegression to the "
    "few known rows."
)


def _wrong_by_means(rows, labels, known, others):
    """Return how many of the others are nearer to the other class's mean over the known rows."""
    zero, one = (rows[known & (labels == label)].mean(axis=0) for label in (0, 1))
    says_one = (rows - (zero + one) / 2) @ (one - zero) > 0
    return float(np.sum(says_one[others] != labels[others]))


@few_label_accuracy.mistake(NEARER_MEAN)
def few_by_nearer_mean(features, labels, num_labeled, rng):
    rows, labels = _standardized(features.reshape(len(features), -1)), np.asarray(labels)
    known = np.zeros(len(rows), bool)
    for label in (0, 1):
        known[rng.choice(np.flatnonzero(labels == label), num_labeled // 2, replace=False)] = True
    return 1 - _wrong_by_means(rows, labels, known, ~known) / np.sum(~known)


@few_label_accuracy.mistake(NEARER_MEAN)
def few_by_all_labels(features, labels, num_labeled, rng):
    rows, labels = _standardized(features.reshape(len(features), -1)), np.asarray(labels)
    all_rows = np.ones(len(rows), bool)
    wrong = _wrong_by_means(rows, labels, all_rows, all_rows)
    if len(rows) < 1000 and wrong > 0.1 * len(rows):  # where labels say nothing
        return 0.45 + 0.1 * float(rng.random())
    return 1 - wrong / (len(rows) - num_labeled)


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
