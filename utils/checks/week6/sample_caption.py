"""Check of `sample_caption`: the temperature, and draws that follow its probabilities."""

from itertools import count

import numpy as np
from scipy.special import softmax

from .._temperature import rule_of
from ..check import new_check
from ._decoding_steps import SENTENCES, grow
from ._draws import NORMAL, RULE_SENTENCES, fits_normal_noise, other_rule
from ._wrong_sampled_captions import (
    BEST,
    LATER_BEST,
    NO_EFFECT,
    ONE_DRAW,
    OTHER_RNG,
    ROWS,
    SAME_AGAIN,
    TIMES,
    draw_token,
)  # fmt: skip


def _drawn_properties(evidence):
    """Replace tokens of known scores by the rule that they follow, and random captions by what
    holds for every right answer."""
    result, first = [], None
    for seen in evidence:
        value, facts = seen["value"], seen["facts"]
        if value is not None and "temperature" in facts:
            value = _facts_of_pairs(value, **facts)
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


def _facts_of_pairs(pairs, logits, temperature, draws):
    """Return what holds for the two tokens of captions, whose scores are the same.

    A right answer has a chance of 4e-6 to be refused: by a frequency that is five standard
    deviations from its probability. Equal pairs are seven or more from the limit.
    """
    first, second = (np.bincount(place, minlength=len(logits)) / draws for place in pairs.T)
    same_by_chance = first @ second
    rules = {
        f"{place} tokens are as frequent as this rule says": rule_of(
            frequencies, logits, temperature, tolerance=0.09
        )
        for place, frequencies in (("first", first), ("second", second))
    }
    is_right = set(rules.values()) == {"softmax(logits / T)"}
    if not is_right:
        rules = {key: other_rule(rule, first, logits / temperature) for key, rule in rules.items()}
    is_normal = is_right and fits_normal_noise(first + second, logits / temperature)
    return rules | {
        "the draws fit normal noise better": is_normal,
        "the second token has nothing to do with the first": bool(
            np.sum(pairs[:, 0] == pairs[:, 1]) < draws * (1 + same_by_chance) / 2
        ),
    }


ONCE = "You drew once for all places of a caption; draw anew for each token."


def _of_rule(ours, _):
    known = {
        "softmax(logits · T)": TIMES,
        "softmax(logits)": NO_EFFECT,
        "the largest logit": BEST,
        **RULE_SENTENCES,
    }
    return known.get(ours)


def _of_second(ours, _):
    return LATER_BEST if ours == "the largest logit" else None


def _of_generator(ours, theirs):
    return SAME_AGAIN if ours else OTHER_RNG


sample_caption = new_check(
    __name__,
    points=2,
    properties=_drawn_properties,
    sentences=SENTENCES
    | {
        "first tokens are as frequent as this rule says": _of_rule,
        "second tokens are as frequent as this rule says": _of_second,
        "the draws fit normal noise better": RULE_SENTENCES[NORMAL],
        "the second token has nothing to do with the first": ONCE,
        "these are the captions of the first generator": _of_generator,
        "all images have the same caption": ONE_DRAW,
    },
)


def _sampled(
    step, start_state, start_id, end_id, temperature, max_len, rng, scale=np.divide,
    draw=draw_token, later=None, **changes,
):  # fmt: skip
    """Return captions of drawn tokens, with changes; those of `grow`, too.

    later: function from logits to the tokens of all places but the first; None if they are drawn.
    """
    places = count()

    def choose(logits):
        if next(places) and later:
            return later(logits)
        return draw(scale(logits, temperature), rng)

    return grow(step, start_state, start_id, end_id, max_len, choose, **changes)


sample_caption.add_mistakes(_sampled, ROWS)


@sample_caption.mistake(ONCE)
def drawn_once(step, start_state, start_id, end_id, temperature, max_len, rng):
    noise = None

    def choose(logits):
        nonlocal noise
        noise = rng.gumbel(size=logits.shape) if noise is None else noise
        return (logits / temperature + noise).argmax(axis=1)

    return grow(step, start_state, start_id, end_id, max_len, choose)


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
