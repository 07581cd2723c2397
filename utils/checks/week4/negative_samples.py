"""Check of `negative_samples`: the power 3/4, independent draws, the shape, the generator."""

import math

import numpy as np

from ..check import new_check
from ._value_facts import with_facts


def _facts_of_draws(value, facts):
    """Return what must hold for all right draws, in place of the draws."""
    if not isinstance(value.get("draws of each id"), np.ndarray):
        return value
    keys = ("a NumPy array", "shape", "kind of numbers", "ids are 0 to V - 1")
    found = {key: value[key] for key in keys}
    return found | (_frequency_facts if "counts" in facts else _row_facts)(value, facts)


def _frequency_facts(value, facts):
    draws, counts = value["draws of each id"], np.array(facts["counts"])
    powers = {"counts^(3/4)": 0.75, "the counts": 1, "counts^(4/3)": 4 / 3, "sqrt(counts)": 0.5}
    return {
        f"ids are drawn in proportion to {name}": _fits(draws, counts ** float(power))
        for name, power in powers.items()
    } | {
        "all ids are drawn equally often": bool(draws.min() > 0.9 * draws.mean()),
        "an id with count 0 is drawn": bool(draws.min() > 0),
    }


def _fits(draws, weights):
    """Whether draws are in proportion to weights, of which the first is 0, by chi-square."""
    draws, expected = draws[1:], (draws.sum() * weights / weights.sum())[1:]
    return bool(((draws - expected) ** 2 / expected).sum() < 40)


def _row_facts(value, _):
    return {
        "some row of 4 has an id twice": value["rows with an id twice"] > 0,
        "rows differ": value["different rows"] > 1,
        "rows are independent": value["different rows"] > 100,
    }


negative_samples = new_check(__name__, properties=with_facts(_facts_of_draws))


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
