"""Check of `negative_samples`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check


def _facts_of_draws(evidence):
    """Replace draws by what must hold for all right ones."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and isinstance(value.get("draws of each id"), np.ndarray):
            seen = {**seen, "value": _draw_facts(value)}
        result.append(seen)
    return result


COUNTS = np.array([0, 20, 100, 500, 3000, 20_000])  # of the case with many draws, about


def _draw_facts(value):
    draws = value["draws of each id"]
    keys = ("a NumPy array", "shape", "kind of numbers", "ids are 0 to V - 1")
    facts = {key: value[key] for key in keys}
    if len(draws) == len(COUNTS):
        powers = {"counts^(3/4) say": 0.75, "counts say": 1, "counts^(4/3) say": 4 / 3}
        for name, power in {**powers, "sqrt(counts) say": 0.5}.items():
            facts[f"ids come as often as {name}"] = _fits(draws, COUNTS, power)
        facts["all ids come equally often"] = bool(draws.min() > 0.9 * draws.mean())
        facts["an id with count 0 is drawn"] = bool(draws.min() > 0)
    else:
        facts["an id comes twice in a row of 4"] = value["rows with an id twice"] > 0
        facts["rows differ"] = value["different rows"] > 1
        facts["rows are independent"] = value["different rows"] > 100
    return facts


def _fits(draws, counts, power):
    """Whether ids are drawn as often as their counts to a power say, by chi-square."""
    weights = np.where(counts > 0, np.maximum(counts, 1) ** float(power), 0)
    expected = draws.sum() * weights / weights.sum()
    draws, expected = draws[1:], expected[1:]
    return bool(((draws - expected) ** 2 / expected).sum() < 40)


negative_samples = new_check(__name__, properties=_facts_of_draws)


def _draw(weights, shape, rng):
    return rng.choice(len(weights), size=shape, p=weights / weights.sum())


@negative_samples.mistake("You drew by the counts as they are: raise them to the power 3/4 first.")
def by_counts(counts, shape, rng):
    return _draw(counts, shape, rng)


@negative_samples.mistake(
    "Every id is equally likely in yours; frequent words must come more often, by counts^(3/4)."
)
def equally_likely(counts, shape, rng):
    return rng.integers(len(counts), size=shape)


@negative_samples.mistake("The power is 3/4, less than one; yours makes frequent words rule more.")
def power_upside_down(counts, shape, rng):
    return _draw(counts ** (4 / 3), shape, rng)


@negative_samples.mistake("The power is 3/4; you took the square root.")
def square_root(counts, shape, rng):
    return _draw(np.sqrt(counts), shape, rng)


@negative_samples.mistake(
    "The probabilities don't add up to one: divide by the sum of the powers, not of the counts."
)
def wrong_sum(counts, shape, rng):
    return rng.choice(len(counts), size=shape, p=counts**0.75 / counts.sum())


@negative_samples.mistake(
    "The probabilities don't add up to one any more: divide by their sum after the power."
)
def power_after_division(counts, shape, rng):
    return rng.choice(len(counts), size=shape, p=(counts / counts.sum()) ** 0.75)


@negative_samples.mistake("Every row holds the same ids: each place needs a draw of its own.")
def one_row_for_all(counts, shape, rng):
    row = _draw(counts**0.75, shape[-1:], rng)
    return np.broadcast_to(row, shape).copy()


@negative_samples.mistake(
    "No id comes twice in a row in yours: draw with replacement, so that draws are independent."
)
def without_replacement(counts, shape, rng):
    p = counts**0.75 / np.sum(counts**0.75)
    number, size = int(np.prod(shape[:-1])), shape[-1]
    if size > np.sum(counts > 0):
        return _draw(counts**0.75, shape, rng)
    keys = rng.exponential(size=(number, len(p))) / np.where(p > 0, p, 1e-300)
    return np.argsort(keys, axis=1)[:, :size].reshape(shape)


@negative_samples.mistake("All draws stand in one row: the result should have the given shape.")
def without_shape(counts, shape, rng):
    return _draw(counts**0.75, int(np.prod(shape)), rng)


@negative_samples.mistake("The same rng draws other ids each time: draw from `rng`, not np.random.")
def drawn_by_global_random(counts, shape, rng):
    return _draw(counts**0.75, shape, np.random.default_rng())


@negative_samples.mistake(
    "You gave a generator a seed of your own, so every epoch gets the same ids: draw from `rng`."
)
def drawn_by_own_seed(counts, shape, rng):
    return _draw(counts**0.75, shape, np.random.default_rng(0))


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
