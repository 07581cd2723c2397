"""Check of `sample_caption`: points, the mistakes people make, sound variants."""

import numpy as np
from scipy.special import softmax

from ..check import new_check
from ._decoding_steps import cut_at_end, grow

RULES = {
    "softmax(logits / T)": lambda logits, t: np.exp(logits / t),
    "softmax(logits · T)": lambda logits, t: np.exp(logits * t),
    "softmax(logits)": lambda logits, t: np.exp(logits),
    "the largest logit": lambda logits, t: 1.0 * (logits == logits.max()),
}


def _facts_of_samples(evidence):
    """Replace frequencies by the rule that they follow."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and "frequencies" in value:
            value = {"tokens are as frequent as this rule says": _rule(**value)}
        result.append({**seen, "value": value})
    return result


def _rule(frequencies, logits, temperature):
    """Return the first rule whose probabilities are near the frequencies: five deviations."""
    for name, weigh in RULES.items():
        weights = weigh(logits, temperature)
        if np.abs(frequencies - weights / weights.sum()).max() < 0.09:
            return name
    return "another"


sample_caption = new_check(__name__, points=2, properties=_facts_of_samples)


def _draw(logits, rng, shift=True):
    """Return a token a row, drawn from the softmax of its logits."""
    weights = np.exp(logits - (logits.max(axis=1, keepdims=True) if shift else 0))
    weights /= weights.sum(axis=1, keepdims=True)
    return np.array([rng.choice(len(row), p=row) for row in weights])


def _sampled(state, start_id, end_id, temperature, max_len, rng, step, heat=None, **changes):
    def choose(logits):
        return _draw(heat(logits) if heat else logits / temperature, rng)

    changes = {"choose": choose, **changes}
    return grow(step, state, start_id, end_id, max_len, **changes)


@sample_caption.mistake(
    "You multiplied by the temperature; divide by it: a high one makes all tokens more alike."
)
def multiplied(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(
        start_state, start_id, end_id, temperature, max_len, rng, step,
        heat=lambda logits: logits * temperature,
    )  # fmt: skip


@sample_caption.mistake(
    "The temperature changes nothing in yours: divide the logits by it, before the softmax."
)
def without_temperature(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(
        start_state, start_id, end_id, temperature, max_len, rng, step, heat=lambda logits: logits
    )


@sample_caption.mistake("You took the most probable token each time; draw one by its probability.")
def not_drawn(step, start_state, start_id, end_id, temperature, max_len, rng):
    return grow(step, start_state, start_id, end_id, max_len)


@sample_caption.mistake("One draw serves all images in yours; each image draws its own token.")
def one_draw_for_all(step, start_state, start_id, end_id, temperature, max_len, rng):
    def choose(logits):
        noise = rng.gumbel(size=logits.shape[1])
        return (logits / temperature + noise).argmax(axis=1)

    return grow(step, start_state, start_id, end_id, max_len, choose=choose)


@sample_caption.mistake("What comes after the end is no part of a caption: cut each at its end.")
def sample_not_cut(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(
        start_state, start_id, end_id, temperature, max_len, rng, step,
        cut=lambda row, end: list(map(int, row)),
    )  # fmt: skip


@sample_caption.mistake("The end says that the caption is over; it is no part of it.")
def sample_end_kept(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(
        start_state, start_id, end_id, temperature, max_len, rng, step,
        cut=lambda row, end: [*cut_at_end(row, end), *[end] * (end in row)],
    )  # fmt: skip


@sample_caption.mistake(
    "The state isn't passed on: give `step` the state that it returned, not the first one."
)
def sample_first_state(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(start_state, start_id, end_id, temperature, max_len, rng, step, carry=False)


@sample_caption.mistake("Chance comes from `rng` alone; `np.random` is another generator.")
def sample_other_generator(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(start_state, start_id, end_id, temperature, max_len, np.random, step)


@sample_caption.mistake(
    "Large scores overflow in the exponential: subtract the largest score first, which changes "
    "nothing else."
)
def overflowing(step, start_state, start_id, end_id, temperature, max_len, rng):
    def choose(logits):
        return _draw(logits / temperature, rng, shift=False)

    return grow(step, start_state, start_id, end_id, max_len, choose=choose)


@sample_caption.mistake(
    "You stopped when the first caption was over; go on until all are, or until max_len."
)
def sample_stopped_by_one(step, start_state, start_id, end_id, temperature, max_len, rng):
    return _sampled(
        start_state, start_id, end_id, temperature, max_len, rng, step,
        stop=lambda over: over.any(),
    )  # fmt: skip


@sample_caption.alternative
def by_choice(step, start_state, start_id, end_id, temperature, max_len, rng):
    def choose(logits):
        chances = softmax(logits / temperature, axis=1)
        return np.array([rng.choice(len(row), p=row) for row in chances])

    return grow(step, start_state, start_id, end_id, max_len, choose=choose)


@sample_caption.alternative
def by_cumulated_probabilities(step, start_state, start_id, end_id, temperature, max_len, rng):
    def choose(logits):
        edges = np.cumsum(softmax(logits / temperature, axis=1), axis=1)
        drawn = rng.random((len(logits), 1)) * edges[:, -1:]
        return (edges < drawn).sum(axis=1)

    return grow(step, start_state, start_id, end_id, max_len, choose=choose)
