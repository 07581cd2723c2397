"""On which inputs `few_label_accuracy` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from
from ._arrays import of_form
from ._what_is_fitted import what_is_fitted

# Of a prime number of rows no share is a share of fewer rows: so one sees which ones are scored.
PRIMES = (2411, 2459, 2503, 2557, 2609, 2663)


@probe
def few_label_accuracy(call, rng):
    """Two groups that every classifier finds, and rows that belong to the other group's class.

    No classifier can be right on these; so the accuracy says how many of them are left over.
    """
    seed = int(rng.integers(2**32))

    def generator(number=0):
        return np.random.default_rng([seed, number])

    size = sizes_from(rng)

    def try_on(case, rows, labels, wrong, num_labeled):
        facts = {"others": len(labels) - num_labeled, "wrong": wrong}
        case = f"{case}: {len(labels)} rows, {wrong} of them with a wrong label"
        call(case, rows, labels, num_labeled, generator(), then=_look, facts=facts)

    rows, labels = draw_overlapping(int(rng.integers(2**32)))
    rows = (rows * rng.uniform(0.3, 3, 12) + rng.uniform(1, 4, 12)).reshape(-1, 3, 4)
    labels[: len(rows) // 3] = 0  # so that classes aren't of one size
    known = 2 * size(9, 14)
    call.inside(
        f"{len(rows)} rows of 3×4, {known} of them known: what is fitted",
        what_is_fitted, rows, labels, known, generator(99),
    )  # fmt: skip
    width, known = 2 * size(2, 4), 2 * size(31, 36)
    rows, labels, wrong = _two_groups(rng, 2 * width)
    try_on(f"two classes, rows of 2×{width}", rows.reshape(-1, 2, width), labels, wrong, known)
    rows, labels, wrong = _two_groups(rng, 2 * size(3, 5))
    loud = 1e3 * rng.uniform(-1, 1, size=len(rows))
    rows = np.insert(1e-4 * rows, size(0, rows.shape[1]), loud, axis=1)
    try_on("faint columns, and a loud one without meaning", rows, labels, wrong, 2 * size(31, 36))
    rows, labels, wrong = _two_groups(rng, 2 * size(3, 5))
    rows = np.insert(rows, size(0, rows.shape[1]), size(1, 5), axis=1)
    try_on("one column is constant", rows, labels, wrong, 2 * size(31, 36))
    rows, labels, wrong = _two_groups(rng, 2 * size(3, 5), rare=size(44, 48))
    try_on(f"{np.sum(labels)} rows of class 1", rows, labels, wrong, 2 * size(31, 36))

    labels = rng.permutation(np.arange(2 * size(40, 44)) % 2)
    noise, half = rng.normal(size=(len(labels), size(55, 65))), len(labels) // 4 * 2
    case = f"labels that say nothing, {half} of {len(labels)} known"
    call.observe(
        f"{case}: the mean of eight tries", _mean,
        [call(case, noise, labels, half, generator(n), then=_look) for n in range(8)],
    )  # fmt: skip
    seed_of_rows = int(rng.integers(2**32))
    rows, labels = draw_overlapping(seed_of_rows)
    few, tries = 2 * size(8, 9), {}
    for known, number in ((few, 16), (len(labels) // 4 * 2, 8)):
        case = f"two classes that overlap, {known} of {len(labels)} known"
        tries[known] = [
            call(case, rows, labels, known, generator(n), then=_look) for n in range(number)
        ]
        facts = {"seed of the rows": seed_of_rows, "known": known, "tries": number}
        case = f"{case}: the mean of {number} tries"
        call.observe(case, _mean, tries[known], facts=facts)
    again = [call(f"generator {n}", rows, labels, few, generator(n), then=_look) for n in range(3)]
    call.observe("five generators, three of them twice", lambda: {"drawn": [tries[few][:5], again]})


def draw_overlapping(seed):
    """Return rows and labels: how often a classifier is right depends on how many rows it saw.

    Each column holds a little of the class, and much that columns share and that cancels out.
    """
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(2 * int(rng.integers(130, 146))) % 2)
    signs, turned = _two_directions(rng, 12)
    rows = rng.normal(size=(len(labels), 12)) + 3 * np.outer(rng.normal(size=len(labels)), turned)
    return rows + rng.uniform(0.45, 0.85) * np.outer(labels - 0.5, signs), labels


def _two_directions(rng, num_columns):
    """Return two directions of ±1 that have nothing in common: half of the signs agree."""
    signs = rng.choice([-1, 1], num_columns)
    return signs, signs * rng.permutation(np.arange(num_columns) % 2 * 2 - 1)


def _two_groups(rng, num_columns, rare=None):
    """Return rows, labels, and how many rows lie in the other class's group.

    The groups lie on two sides of a plane; along the plane they reach so far that no single column
    tells them apart. rare: None, or how many rows are of class 1; then no wrong one is.
    """
    number = int(rng.choice(PRIMES))
    wrong = int(rng.integers(27, 36) if rare else rng.integers(9, 37))
    ones = rare or number // 2 + int(rng.integers(-200, 200))
    labels = rng.permutation((np.arange(number) < ones).astype(int))
    others = rng.choice(np.flatnonzero(labels == 0) if rare else number, wrong, replace=False)
    sides, places = 2 * labels - 1, rng.uniform(-1.4, 1.4, number)
    sides[others] *= -1
    places[others] *= 0.3  # from the middle of the other group they don't turn a classifier
    signs, turned = _two_directions(rng, num_columns)
    across, along = (part * rng.uniform(0.9, 1.1, num_columns) for part in (signs, turned))
    rows = np.outer(sides, across) + np.outer(places, along)
    return rows + rng.uniform(-0.1, 0.1, rows.shape), labels, wrong


def _is_number(value):
    return isinstance(value, (int, float, np.number)) and not isinstance(value, bool)


_look = of_form("one number", _is_number, lambda value: {"accuracy": float(value)})


def _mean(tries):
    return {"mean": float(np.mean(tries)) if all(map(_is_number, tries)) else None}
