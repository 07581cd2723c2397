"""By which wrong rules tokens may have been drawn, beside those of `_temperature`."""

import numpy as np
from scipy.special import softmax
from scipy.stats import norm

DRAWS = 4_000  # of a rule, to know its frequencies
NORMAL, UNIFORM, TURNED = "normal noise", "uniform noise", "Gumbel noise, subtracted"
ALIKE, TWICE = "all tokens alike", "a softmax of a softmax"
RULE_SENTENCES = {
    NORMAL: "Normal noise doesn't give the probabilities of a softmax; Gumbel noise does: "
    "`rng.gumbel`.",
    UNIFORM: "Uniform noise, as of `rng.random`, doesn't give the probabilities of a softmax; "
    "Gumbel noise does: `rng.gumbel`.",
    TURNED: "Gumbel noise is added to the scores, not subtracted: it isn't symmetric.",
    ALIKE: "All tokens are drawn alike, whatever their scores: give `rng.choice` the probabilities "
    "of each row, p=…, a softmax along the last axis.",
    TWICE: "The softmax is taken twice: what goes into it are the logits, divided by the "
    "temperature, not probabilities.",
}
NOISES = {
    NORMAL: lambda rng, scores, shape: scores + rng.normal(size=shape),
    UNIFORM: lambda rng, scores, shape: scores + rng.random(shape),
    TURNED: lambda rng, scores, shape: scores - rng.gumbel(size=shape),
    ALIKE: lambda rng, scores, shape: rng.random(shape),
    TWICE: lambda rng, scores, shape: softmax(scores) + rng.gumbel(size=shape),
}


def other_rule(rule, frequencies, scores):
    """Return the rule among NOISES that frequencies fit best; `rule` if it is known, or none fits.

    scores: logits divided by the temperature.
    """
    if rule != "another" or not frequencies.any():
        return rule
    distances = {name: np.abs(frequencies - _shares(name, scores)).max() for name in NOISES}
    best = min(distances, key=distances.get)
    return best if distances[best] < 0.07 else rule


def _shares(name, scores):
    drawn = NOISES[name](np.random.default_rng(0), scores, (DRAWS, len(scores))).argmax(axis=1)
    return np.bincount(drawn, minlength=len(scores)) / DRAWS


def fits_normal_noise(frequencies, scores):
    """Whether frequencies are more probable under normal noise than under the softmax of scores.

    Of 1,600 right draws they are not by six standard deviations and more.
    """
    x = np.linspace(scores.max() - 12, scores.max() + 12, 2001)[:, None] - scores
    others = norm.cdf(x).prod(axis=1, keepdims=True) / np.maximum(norm.cdf(x), 1e-300)
    normal = (norm.pdf(x) * others).sum(axis=0) * 24 / 2000
    odds = np.log(np.maximum(normal, 1e-9)) - np.log(np.maximum(softmax(scores), 1e-9))
    return bool(frequencies @ odds > 0)
