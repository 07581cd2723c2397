"""Check of `few_label_accuracy`: which rows are known, their scale, which rows are scored."""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ..check import new_check
from ._logistic_regression import SPLITS, accuracies
from ._value_facts import FORM, with_facts, wrong_form

ALL_BUT_WRONG = "right on all other rows but those with a wrong label"
MOST_DRAWN = 8  # rows with a wrong label that are among the known ones: 9 never are


def _facts_of_accuracy(value, facts):
    """Return what must hold for every draw, in place of accuracies, which depend on it."""
    if "a LogisticRegression is fitted" in value:
        return value
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


def _of_number(ours, theirs):
    if ours == 2 * theirs:
        return (
            f"You take `num_labeled` rows of each class, {ours} in all; half of `num_labeled` of "
            "each are due."
        )
    return f"The classifier learns from {ours} rows; `num_labeled`, {theirs} here, are due."


def _of_options(ours, _):
    return (
        f"The classifier has other options ({ours}); take LogisticRegression as it is but for "
        "`max_iter=1000`."
    )


def _of_scale(ours, theirs):
    if ours == "as they were":
        return "The columns aren't scaled: bring each to mean 0 and standard deviation 1."
    if ours == "row by row":
        return "You scaled each row; scale each column, along axis 0."
    return f"Columns are scaled like this: {ours}; {theirs} is asked for."


SENTENCES = {
    FORM: wrong_form,
    "a LogisticRegression is fitted": "No LogisticRegression of scikit-learn is fitted: that is "
    "what the labelled rows are for.",
    "its options": _of_options,
    "how many rows it learns from": _of_number,
    "how many of them are of class 1": "The labelled rows aren't half of each class: draw "
    "num_labeled // 2 rows of each class by itself.",
    "how many of them are different": "Rows come twice among the labelled ones: draw without "
    "replacement.",
    "how columns are scaled": _of_scale,
    "the same generator gives the same": "The rows aren't drawn by `rng`, so nobody can draw the "
    "same ones again.",
    "different generators give different ones": "Every generator gives the same: draw the rows by "
    "`rng`, not by a rule or by a generator of your own with a fixed seed.",
    "at most 1": "You return a number above 1; a fraction from 0 to 1 is asked for.",
    ALL_BUT_WRONG: "The score isn't that on all other rows: score the rows that aren't labelled, "
    "all of them, and no others.",
}
few_label_accuracy = new_check(
    __name__, points=2, properties=with_facts(_facts_of_accuracy), sentences=SENTENCES
)


def _standardized(rows):
    spread = rows.std(axis=0)
    return (rows - rows.mean(axis=0)) / np.where(spread > 0, spread, 1)


def _accuracy(
    features, labels, num_labeled, rng, flat=True, scale=_standardized,
    shuffle=lambda rows, rng: rng.permutation(rows), tested=lambda known, others: others,
):  # fmt: skip
    rows = scale(features.reshape(len(features), -1) if flat else features)
    classes = [np.flatnonzero(labels == label) for label in (0, 1)]
    known = np.concatenate([shuffle(some, rng)[: num_labeled // 2] for some in classes])
    others = np.setdiff1d(np.arange(len(rows)), known)
    tested = tested(known, others)
    classifier = LogisticRegression(max_iter=1000).fit(rows[known], labels[known])
    return float(classifier.score(rows[tested], labels[tested]))


few_label_accuracy.add_mistakes(
    _accuracy,
    {
        "You score all rows, also those that the classifier saw: score the others only.": {
            "tested": lambda known, others: np.concatenate([known, others])
        },
        "You score the labelled rows, which the classifier knows by heart: score the others.": {
            "tested": lambda known, others: known
        },
        "A constant column has a standard deviation of 0: divide it by something else.": {
            "scale": lambda rows: (rows - rows.mean(axis=0)) / rows.std(axis=0)
        },
        "The features aren't flattened: scikit-learn takes one flat row per sample.": {
            "flat": False
        },
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
