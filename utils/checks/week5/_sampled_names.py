"""What must hold for sampled names, and what is said where it doesn't."""

import numpy as np

from .._temperature import rule_of
from ..probes.week5._names import END, PAD, START

RULE = "letters are as frequent as this rule says"
SAME, OTHER = (
    "the same generator gives the same name",
    "another generator gives another name",
)
VARIED = "of equally probable letters come"
MORE_RULES = {  # beyond those of `_temperature`
    "each letter as often as another": lambda logits, t: np.ones_like(logits),
    "a second softmax of the probabilities": lambda logits, t: np.exp(_softmax(logits) / t),
}


def _softmax(logits):
    powers = np.exp(logits - logits.max())
    return powers / powers.sum()


def _rule_of(frequencies, logits, temperature):
    rule = rule_of(frequencies, logits, temperature, tolerance=0.1)
    if rule != "another":
        return rule
    can_be = logits > logits.min()
    for name, weigh in MORE_RULES.items():
        weights = weigh(logits, temperature)
        for part in (weights, weights * can_be):
            if np.abs(frequencies - part / part.sum()).max() < 0.1:
                return name
    return rule


def facts_of_samples(evidence):
    """Replace frequencies by the rule that they follow, and a name with tokens that can't be drawn
    by that: which of them come is chance."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and "frequencies" in value:
            value = {RULE: _rule_of(value["frequencies"], **seen["facts"])}
        elif isinstance(value, dict) and "the name" in value:
            value = _without_chance(value)
        result.append({**seen, "value": value})
        if isinstance(value, dict) and value.get(VARIED, "various") != "various":
            break  # how frequent letters are says nothing more
        if isinstance(value, dict) and not (value.get(SAME, True) and value.get(OTHER, True)):
            break
    return result


def _without_chance(value):
    name = value["the name"]
    if isinstance(name, str) and (PAD in name or START in name[1:]):
        return {"the name": WITH_PADDING, "what next_logits was given": []}
    return value


WITH_PADDING = "a name with padding or start in it"
BANNED = "You let padding or start be drawn: give both a score of −∞, or the probability 0, first."
MOST_PROBABLE = (
    "You took the most probable token each time; draw one according to the probabilities."
)
NO_EFFECT = "The temperature has no effect: divide the scores by it, before the softmax."
MULTIPLIED = (
    "You multiplied by the temperature; divide by it: a high one makes all letters more alike."
)
OTHER_SOURCE = "Draw only from `rng`; `np.random` is another generator."
OWN_GENERATOR = (
    "Whatever generator comes in, the name is the same: you draw from one of your own with a fixed "
    "seed, or you don't draw at all. Draw from `rng`."
)


def _of_rule(ours, theirs):
    """Return what a rule means, or '' where none was found."""
    return {
        "softmax(logits · T)": MULTIPLIED,
        "softmax(logits)": NO_EFFECT,
        "the largest logit": MOST_PROBABLE,
        "each letter as often as another": (
            "You drew each letter as often as any other; draw with the probabilities of the "
            "softmax, rng.choice(…, p=p)."
        ),
        "a second softmax of the probabilities": (
            "You took the softmax twice, or divided the probabilities by the temperature: divide "
            "the scores, then take one softmax."
        ),
    }.get(ours, "")


def _of_name(ours, theirs):
    """Return what is wrong with a name, or '' where that says nothing."""
    if ours == WITH_PADDING:
        return BANNED
    if not isinstance(ours, str):
        return 'The name is a str: join the characters, by "".join or by +.'
    if ours.startswith(START):
        return "The start isn't part of the name: leave it out of what you return."
    if END in ours:
        return KEPT_END
    if len(ours) > len(theirs) and ours.startswith(theirs):
        return (
            "Your name goes on for too long: it is over when the end is drawn, or at max_len "
            "characters, those of the prefix included."
        )
    return ""


def _of_heard(ours, theirs):
    """Return what is wrong with what next_logits was given."""
    return (
        "next_logits must be given the numbers of all tokens so far: the start, the prefix, and "
        "what was drawn, in their order."
    )


KEPT_END = "The end isn't part of the name: it only says that the name is complete."

SENTENCES = {
    RULE: _of_rule,
    "the name": _of_name,
    "what next_logits was given": _of_heard,
    VARIED: lambda ours, theirs: MOST_PROBABLE if "first" in ours else OWN_GENERATOR,
    SAME: OTHER_SOURCE,
    OTHER: OWN_GENERATOR,
}
