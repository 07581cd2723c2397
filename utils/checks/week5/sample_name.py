"""Check of `sample_name`: what the network is given, the temperature, when a name ends."""

import numpy as np

from .._temperature import rule_of
from ..check import new_check
from ..probes.week5._names import END, PAD, START


def _facts_of_samples(evidence):
    """Replace frequencies by the rule that they follow."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and "frequencies" in value:
            rule = rule_of(value["frequencies"], **seen["facts"], tolerance=0.1)
            value = {"letters are as frequent as this rule says": rule}
        result.append({**seen, "value": value})
    return result


sample_name = new_check(__name__, points=2, properties=_facts_of_samples)


def _sample(
    next_logits, token_to_id, prefix, temperature, max_len, rng, heat=lambda scores, t: scores / t,
    banned=(PAD, START), given=lambda ids, prefix: ids, shift=True, stop=True, keep_end=False,
    choose=lambda rng, p: rng.choice(len(p), p=p), limit=lambda max_len, prefix: max_len,
    result=lambda name, prefix: name,
):  # fmt: skip
    """Return a name, with changes."""
    tokens, name = list(token_to_id), prefix
    while len(name) < limit(max_len, prefix):
        ids = [token_to_id[token] for token in (START, *name)]
        scores = heat(np.array(next_logits(given(ids, prefix)), float), temperature)
        scores[[token_to_id[token] for token in banned]] = -np.inf
        weights = np.exp(scores - (scores.max() if shift else 0))
        token = tokens[choose(rng, weights / weights.sum())]
        if token == END and stop:
            name += END * keep_end
            break
        name += token
    return result(name, prefix)


PAST_THE_END = "Sampling goes on after the end: once the end is drawn, the name is complete."

sample_name.add_mistakes(
    _sample,
    [
        (
            "You multiplied by the temperature; divide by it: a high one makes all letters more "
            "alike.",
            {"heat": lambda scores, t: scores * t},
        ),
        (
            "The temperature has no effect: divide the scores by it, before the softmax.",
            {"heat": lambda scores, t: scores},
        ),
        (
            "You took the most probable token each time; draw one according to the probabilities.",
            {"choose": lambda rng, p: np.argmax(p)},
        ),
        (PAST_THE_END, {"stop": False, "result": lambda name, prefix: name.replace(END, "")}),
        (PAST_THE_END, {"stop": False}),
        (
            "The end isn't part of the name: it only says that the name is complete.",
            {"keep_end": True},
        ),
        (
            "The name begins with its prefix; you returned only what was drawn.",
            {"result": lambda name, prefix: name[len(prefix) :]},
        ),
        (
            "next_logits must be given all tokens so far, not only the last one.",
            {"given": lambda ids, prefix: ids[-1:]},
        ),
        (
            "The numbers that next_logits is given must begin with that of the start.",
            {"given": lambda ids, prefix: ids[1:]},
        ),
        (
            "next_logits must be given the prefix, too.",
            {"given": lambda ids, prefix: ids[:1] + ids[1 + len(prefix) :]},
        ),
        (
            "max_len counts the prefix, too; your names can be longer.",
            {"limit": lambda max_len, prefix: max_len + len(prefix)},
        ),
        (
            "max_len counts only characters, not start and end.",
            {"limit": lambda max_len, prefix: max_len - 2},
        ),
        (
            "You let padding and start be drawn; give them probability 0.",
            {"banned": ()},
        ),
        (
            "Draw only from `rng`; `np.random` is another generator.",
            {"choose": lambda rng, p: np.random.choice(len(p), p=p)},
        ),
        (
            "Large scores overflow in the exponential: subtract the largest score first, which "
            "doesn't change the probabilities.",
            {"shift": False},
        ),
    ],
)


@sample_name.alternative
def by_gumbel(next_logits, token_to_id, prefix, temperature, max_len, rng):
    letters = [token for token in token_to_id if token not in (PAD, START)]
    places = [token_to_id[token] for token in letters]
    ids = [token_to_id[START], *(token_to_id[letter] for letter in prefix)]
    while len(ids) <= max_len:
        scores = np.asarray(next_logits(ids))[places] / temperature
        drawn = places[int(np.argmax(scores + rng.gumbel(size=len(places))))]
        if drawn == token_to_id[END]:
            break
        ids.append(drawn)
    names = {number: token for token, number in token_to_id.items()}
    return "".join(names[number] for number in ids[1:])


@sample_name.alternative
def by_cumulated_probabilities(next_logits, token_to_id, prefix, temperature, max_len, rng):
    tokens, name = list(token_to_id), list(prefix)
    for _ in range(max_len - len(prefix)):
        ids = np.array([token_to_id[START], *(token_to_id[letter] for letter in name)])
        scores = np.array(next_logits(ids)) / temperature
        weights = np.exp(scores - np.max(scores[2:]))
        weights[[0, 1]] = 0
        edges = np.cumsum(weights) / weights.sum()
        token = tokens[min(int(np.searchsorted(edges, rng.random())), len(tokens) - 1)]
        if token == "<end>":
            return "".join(name)
        name.append(token)
    return "".join(name)
