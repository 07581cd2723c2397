"""Check of `sample_caption`: the temperature, and draws that follow its probabilities."""

from functools import partial

import numpy as np
from scipy.special import softmax

from .._temperature import rule_of
from ..check import new_check
from ._decoding_steps import GROWING_MISTAKES, grow


def _drawn_properties(evidence):
    """Replace frequencies by the rule that they follow, and random captions by what holds for
    every right answer."""
    result, first = [], None
    for seen in evidence:
        value, facts = seen["value"], seen["facts"]
        if value is not None and "temperature" in facts:
            rule = rule_of(value, facts["logits"], facts["temperature"], tolerance=0.09)
            value = {"tokens are as frequent as this rule says": rule}
        elif value is not None and "generator" in facts:
            captions = [caption.tolist() for caption in value]
            first = captions if facts["generator"] == "a new" else first
            value = {
                "captions": len(captions),
                "these are the captions of the first generator": captions == first,
                "all images have the same caption": all(one == captions[0] for one in captions),
            }
        result.append({**seen, "value": value})
    return result


sample_caption = new_check(__name__, points=2, properties=_drawn_properties)


def _draw(logits, rng, shift=True):
    """Return one token per row, drawn from the softmax of its logits."""
    weights = np.exp(logits - (logits.max(axis=1, keepdims=True) if shift else 0))
    weights /= weights.sum(axis=1, keepdims=True)
    return np.array([rng.choice(len(row), p=row) for row in weights])


def _sampled(
    step, start_state, start_id, end_id, temperature, max_len, rng, scale=np.divide, draw=_draw,
    **changes,
):  # fmt: skip
    """Return captions of drawn tokens, with changes; those of `grow`, too."""

    def choose(logits):
        return draw(scale(logits, temperature), rng)

    return grow(step, start_state, start_id, end_id, max_len, choose, **changes)


sample_caption.add_mistakes(
    _sampled,
    [
        *GROWING_MISTAKES,
        (
            "You multiplied by the temperature; divide by it: a high one makes the probabilities "
            "more alike.",
            {"scale": np.multiply},
        ),
        (
            "The temperature has no effect: divide the logits by it before the softmax.",
            {"scale": lambda logits, temperature: logits},
        ),
        (
            "You took the most probable token each time; draw one according to the probabilities.",
            {"draw": lambda logits, rng: logits.argmax(axis=1)},
        ),
        (
            "You used one draw for all images; draw a token for each image.",
            {"draw": lambda logits, rng: (logits + rng.gumbel(size=logits[0].shape)).argmax(1)},
        ),
        (
            "Draw from `rng` alone; `np.random` is another generator.",
            {"draw": lambda logits, rng: _draw(logits, np.random)},
        ),
        (
            "Large scores overflow in the exponential: subtract the largest score first, which "
            "changes nothing else.",
            {"draw": partial(_draw, shift=False)},
        ),
    ],
)


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
