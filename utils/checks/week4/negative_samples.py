"""Check of `negative_samples`: the power 3/4, independent draws, the shape, the generator."""

import math

import numpy as np

from ..check import new_check
from ._value_facts import FORM, with_facts, wrong_form

POWERS = {
    "counts^(3/4)": lambda counts: counts**0.75,
    "the counts": lambda counts: counts,
    "counts^(4/3)": lambda counts: counts ** (4 / 3),
    "the square roots of the counts": np.sqrt,
    "counts^(3/4) cut to whole numbers": lambda counts: np.floor(counts**0.75),
    "the squares of the counts": lambda counts: counts**2,
    "log(1 + counts)": np.log1p,
    "counts^(1/4)": lambda counts: counts**0.25,
}
DRAWN = "ids are drawn in proportion to"


def _facts_of_draws(value, facts):
    """Return what must hold for all right draws, in place of the draws."""
    if not isinstance(value.get("draws of each id"), np.ndarray):
        return value
    keys = ("a NumPy array", "shape", "kind of numbers", "ids are 0 to V - 1")
    found = {key: value[key] for key in keys}
    return found | (_frequency_facts if "counts" in facts else _row_facts)(value, facts)


def _frequency_facts(value, facts):
    draws, counts = value["draws of each id"], np.array(facts["counts"], float)
    fits = [name for name, power in POWERS.items() if _fits(draws, power(counts))]
    if draws.min() > 0.9 * draws.mean():
        fits.append("nothing: all come equally often")
    return {
        "an id with count 0 is drawn": bool(draws[0] > 0),
        DRAWN: fits[0] if fits else "something else",
    }


def _fits(draws, weights):
    """Whether draws are in proportion to weights, of which the first is 0, by chi-square."""
    draws, expected = draws[1:], (draws.sum() * weights / weights.sum())[1:]
    return bool(expected.all() and ((draws - expected) ** 2 / expected).sum() < 40)


def _row_facts(value, _):
    return {
        "some row of 4 has an id twice": value["rows with an id twice"] > 0,
        "rows differ": value["different rows"] > 1,
        "rows are independent": value["different rows"] > 100,
    }


def _of_proportion(ours, theirs):
    if ours == "something else":
        return "The ids aren't drawn in proportion to counts^(3/4), each id to its own count's."
    return f"The ids are drawn in proportion to {ours}; {theirs} is asked for."


SENTENCES = {
    FORM: wrong_form,
    "shape": "The draws should come in the given `shape`: hand it to `rng.choice` as `size`.",
    "a NumPy array": "The draws come as another thing than a NumPy array; return an int array.",
    "kind of numbers": "The ids come as another kind of numbers than int; return an int array.",
    "ids are 0 to V - 1": "Some ids are below 0 or above V − 1: an id is a place in `counts`, and "
    "the first is 0.",
    "an id with count 0 is drawn": "An id whose count is 0 is drawn: its probability is 0 too, so "
    "add nothing to the counts, and keep every id at its place.",
    DRAWN: _of_proportion,
    "some row of 4 has an id twice": "No row has an id twice: draw with replacement, so that draws "
    "are independent.",
    "rows differ": "Every row holds the same ids: each place needs a draw of its own.",
    "rows are independent": "Rows come again and again: each place needs a draw of its own.",
    "the draws are the same": lambda ours, theirs: (
        "The same rng draws different ids each time: draw from `rng`, not from np.random."
        if theirs
        else "Another generator draws the same ids: draw from `rng`, not from one of your own with "
        "a fixed seed."
    ),
}  # fmt: skip
negative_samples = new_check(__name__, properties=with_facts(_facts_of_draws), sentences=SENTENCES)


def _shares(weights):
    return weights / weights.sum()


def _draws(
    counts, shape, rng, p=lambda counts: _shares(counts**0.75), size=tuple, source=lambda rng: rng
):
    return source(rng).choice(len(counts), size=size(shape), p=p(counts))


negative_samples.add_mistakes(
    _draws,
    {
        "You drew by the counts as they are: raise them to the power 3/4 first.": {"p": _shares},
        "Every id is equally likely; frequent words must come more often, by counts^(3/4).": {
            "p": lambda counts: np.full(len(counts), 1 / len(counts))
        },
        "The power is 3/4; one above 1 makes frequent words even more frequent.": {
            "p": lambda counts: _shares(counts ** (4 / 3))
        },
        "The power is 3/4; you took the square root.": {
            "p": lambda counts: _shares(np.sqrt(counts))
        },
        "The probabilities don't add up to one: divide by the sum of powers, not of counts.": {
            "p": lambda counts: counts**0.75 / counts.sum()
        },
        "The probabilities no longer add up to one: divide by their sum after the power.": {
            "p": lambda counts: _shares(counts) ** 0.75
        },
        "The result has only one axis: it should have the given shape.": {"size": math.prod},
        "The same rng draws different ids each time: draw from `rng`, not from np.random.": {
            "source": lambda rng: np.random.default_rng()
        },
        "You made a generator with a fixed seed, so every epoch draws the same: use `rng`.": {
            "source": lambda rng: np.random.default_rng(0)
        },
    },
)


@negative_samples.mistake(
    "You draw without replacement: draws are independent, so the same id may come again."
)
def all_without_replacement(counts, shape, rng):
    return rng.choice(len(counts), size=shape, replace=False, p=_shares(counts**0.75))


@negative_samples.mistake("Your ids begin at 1; an id is a place in `counts`, and the first is 0.")
def ids_from_one(counts, shape, rng):
    return _draws(counts, shape, rng) + 1


@negative_samples.mistake("You returned counts of words; return their ids, places in `counts`.")
def drawn_counts(counts, shape, rng):
    return counts[_draws(counts, shape, rng)]


@negative_samples.mistake("Every row holds the same ids: each place needs a draw of its own.")
def one_row_for_all(counts, shape, rng):
    return np.broadcast_to(_draws(counts, shape[-1:], rng), shape).copy()


@negative_samples.mistake(
    "No row has an id twice: draw with replacement, so that draws are independent."
)
def without_replacement(counts, shape, rng):
    p = _shares(counts**0.75)
    number, size = math.prod(shape[:-1]), shape[-1]
    if size > np.sum(counts > 0):
        return _draws(counts, shape, rng)
    keys = rng.exponential(size=(number, len(p))) / np.where(p > 0, p, 1e-300)
    return np.argsort(keys, axis=1)[:, :size].reshape(shape)


@negative_samples.alternative
def by_cumulative_sums(counts, shape, rng):
    ends = np.cumsum(np.asarray(counts, float) ** 0.75)
    return np.searchsorted(ends, rng.random(shape) * ends[-1], side="right")


@negative_samples.alternative
def by_frequencies(counts, shape, rng):
    p = (counts / counts.sum()) ** (3 / 4)
    flat = rng.choice(np.arange(len(counts)), size=int(np.prod(shape)), p=p / p.sum())
    return flat.reshape(shape)


@negative_samples.alternative
def by_gumbel(counts, shape, rng):
    with np.errstate(divide="ignore"):
        logits = 0.75 * np.log(counts)
    return np.argmax(logits + rng.gumbel(size=(*shape, len(counts))), axis=-1)
