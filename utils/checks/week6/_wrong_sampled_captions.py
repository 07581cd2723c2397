"""Mistakes of `sample_caption`, as rows of switches."""

import numpy as np
from scipy.special import softmax

from ._decoding_steps import GROWING_MISTAKES, ONE_LIST
from ._draws import ALIKE, NORMAL, RULE_SENTENCES, TURNED, TWICE, UNIFORM

TIMES = (
    "You multiplied by the temperature; divide by it: a high one makes the probabilities more "
    "alike."
)
NO_EFFECT = (
    "The temperature has no effect: divide the logits by it, before the softmax and before noise "
    "is added."
)
BEST = "You took the most probable token each time; draw one according to the probabilities."
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


def draw_token(logits, rng):
    """Return one token per row, drawn from the softmax of its logits."""
    return (logits + rng.gumbel(size=logits.shape)).argmax(axis=1)


def _draw_by_weights(logits, rng):
    """Do the same without care for large logits."""
    weights = np.exp(logits)
    weights /= weights.sum(axis=1, keepdims=True)
    return np.array([rng.choice(len(row), p=row) for row in weights])


def _draw_over_images(logits, rng):
    """Draw from a softmax over axis 0, whose rows are then made to add up to 1."""
    weights = softmax(logits, axis=0)
    return draw_token(np.log(np.maximum(weights, 1e-300)), rng)


def _by_noise(kind):
    """Return a draw by adding noise of a kind, a method of generators."""
    return {"draw": lambda logits, rng: (logits + kind(rng, logits.shape)).argmax(axis=1)}


def _same_seed(logits, rng):
    return draw_token(logits, np.random.default_rng(0))


SQUARED = "You divided by the temperature twice; divide the logits by it once."

ROWS = [
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
    (OTHER_RNG, {"draw": lambda logits, rng: draw_token(logits, np.random)}),
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
            "draw": lambda logits, rng: draw_token(softmax(logits, axis=1), rng),
        },
    ),
]
