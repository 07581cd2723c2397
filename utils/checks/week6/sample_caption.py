"""Check of `sample_caption`: the temperature, and draws that follow its probabilities."""

from itertools import count

import numpy as np
from scipy.special import softmax

from .._temperature import rule_of
from ..check import new_check
from ._decoding_steps import GROWING_MISTAKES, ONE_LIST, SENTENCES, grow
from ._draws import (
    ALIKE,
    NORMAL,
    RULE_SENTENCES,
    TURNED,
    TWICE,
    UNIFORM,
    fits_normal_noise,
    other_rule,
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


TIMES = (
    "You multiplied by the temperature; divide by it: a high one makes the probabilities more "
    "alike."
)
NO_EFFECT = (
    "The temperature has no effect: divide the logits by it, before the softmax and before noise "
    "is added."
)
BEST = "You took the most probable token each time; draw one according to the probabilities."
ONCE = "You drew once for all places of a caption; draw anew for each token."
ONE_DRAW = "You used one draw for all images; draw a token for each image."
OTHER_RNG = "Draw from `rng` alone; `np.random` is another generator."
LATER_BEST = "Only the first token is drawn, and the most probable ones follow; draw each of them."
OVER_IMAGES = (
    "Your softmax runs over the images, axis 0; a row's probabilities add up to 1 along the last "
    "axis."
)
SAME_AGAIN = (
    "Another generator gives the same captions: draw from the `rng` that you are given, and make "
    "no generator of your own."
)


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


def _draw(logits, rng):
    """Return one token per row, drawn from the softmax of its logits."""
    return (logits + rng.gumbel(size=logits.shape)).argmax(axis=1)


def _draw_by_weights(logits, rng):
    """Do the same without care for large logits."""
    weights = np.exp(logits)
    weights /= weights.sum(axis=1, keepdims=True)
    return np.array([rng.choice(len(row), p=row) for row in weights])


def _sampled(
    step, start_state, start_id, end_id, temperature, max_len, rng, scale=np.divide, draw=_draw,
    later=None, **changes,
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


def _draw_over_images(logits, rng):
    """Draw from a softmax over axis 0, whose rows are then made to add up to 1."""
    weights = softmax(logits, axis=0)
    return _draw(np.log(np.maximum(weights, 1e-300)), rng)


def _by_noise(kind):
    """Return a draw by adding noise of a kind, a method of generators."""
    return {"draw": lambda logits, rng: (logits + kind(rng, logits.shape)).argmax(axis=1)}


def _same_seed(logits, rng):
    return _draw(logits, np.random.default_rng(0))


SQUARED = "You divided by the temperature twice; divide the logits by it once."

sample_caption.add_mistakes(
    _sampled,
    [
        *(row for row in GROWING_MISTAKES if row[0] != ONE_LIST),  # that takes long
        (TIMES, {"scale": np.multiply}),
        (NO_EFFECT, {"scale": lambda logits, temperature: logits}),
        (SQUARED, {"scale": lambda logits, temperature: logits / temperature**2}),
        (BEST, {"draw": lambda logits, rng: logits.argmax(axis=1)}),
        (LATER_BEST, {"later": lambda logits: logits.argmax(axis=1)}),
        (
            ONE_DRAW,
            {"draw": lambda logits, rng: (logits + rng.gumbel(size=logits[0].shape)).argmax(1)},
        ),
        (OTHER_RNG, {"draw": lambda logits, rng: _draw(logits, np.random)}),
        (SAME_AGAIN, {"draw": _same_seed}),
        (
            "Large scores overflow in the exponential: subtract the largest score first, which "
            "changes nothing else.",
            {"draw": _draw_by_weights},
        ),
        (RULE_SENTENCES[NORMAL], _by_noise(lambda rng, shape: rng.normal(size=shape))),
        (RULE_SENTENCES[UNIFORM], _by_noise(lambda rng, shape: rng.random(shape))),
        (RULE_SENTENCES[TURNED], _by_noise(lambda rng, shape: -rng.gumbel(size=shape))),
        (OVER_IMAGES, {"draw": _draw_over_images}),
        (
            RULE_SENTENCES[ALIKE],
            {"draw": lambda logits, rng: rng.integers(logits.shape[1], size=len(logits))},
        ),
        (
            RULE_SENTENCES[TWICE],
            {
                "draw": lambda logits, rng: _draw(softmax(logits, axis=1), rng),
            },
        ),
    ],
)


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
