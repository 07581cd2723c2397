"""By which rule samples are drawn from logits: with the temperature, or with a mistake in it."""

import numpy as np

RULES = {
    "softmax(logits / T)": lambda logits, t: np.exp(logits / t),
    "softmax(logits · T)": lambda logits, t: np.exp(logits * t),
    "softmax(logits)": lambda logits, t: np.exp(logits),
    "the largest logit": lambda logits, t: 1.0 * (logits == logits.max()),
}


def rule_of(frequencies, logits, temperature, tolerance):
    """Return the first rule whose probabilities the frequencies fit, or "another".

    tolerance: float, about five standard deviations of the frequencies.
    """
    for name, weigh in RULES.items():
        weights = weigh(logits, temperature)
        if np.abs(frequencies - weights / weights.sum()).max() < tolerance:
            return name
    return "another"
