"""Check of `sample_name`: what the network is given, the temperature, when a name ends."""

import numpy as np

from ..check import new_check
from ..probes.week5._names import END, PAD, START
from ._sampled_names import (
    BANNED,
    KEPT_END,
    MOST_PROBABLE,
    MULTIPLIED,
    NO_EFFECT,
    OTHER_SOURCE,
    OWN_GENERATOR,
    SENTENCES,
    facts_of_samples,
)

sample_name = new_check(
    __name__,
    points=2,
    properties=facts_of_samples,
    sentences=SENTENCES,
)


def _sample(
    next_logits, token_to_id, prefix, temperature, max_len, rng, heat=lambda scores, t: scores / t,
    banned=(PAD, START), given=lambda ids, prefix: ids, shift=True, stop=True, keep_end=False,
    choose=lambda rng, p: rng.choice(len(p), p=p), limit=lambda max_len, prefix: max_len,
    result=lambda name, prefix: name, first=False, ban=-np.inf, shown=True,
):  # fmt: skip
    """Return a name, with changes."""
    tokens, drawn = list(token_to_id), list(prefix)
    while len(drawn) < limit(max_len, prefix) or first:
        ids = [token_to_id[token] for token in (START, *drawn)]
        scores = heat(np.array(next_logits(given(ids, prefix)), float), temperature)
        scores[[token_to_id[token] for token in banned]] = ban
        weights = np.exp(scores - (scores.max() if shift else 0))
        token = tokens[choose(rng, weights / weights.sum())]
        if token == END and stop:
            drawn += [END] * keep_end
            break
        drawn.append(token)
        first = first and len(drawn) < max_len
    name = "".join(token for token in drawn if shown or token not in (PAD, START))
    return result(name, prefix)


PAST_THE_END = "Sampling goes on after the end: once the end is drawn, the name is complete."

sample_name.add_mistakes(
    _sample,
    [
        (MULTIPLIED, {"heat": lambda scores, t: scores * t}),
        (NO_EFFECT, {"heat": lambda scores, t: scores}),
        (MOST_PROBABLE, {"choose": lambda rng, p: np.argmax(p)}),
        (OWN_GENERATOR, {"choose": lambda rng, p: np.random.default_rng(0).choice(len(p), p=p)}),
        (PAST_THE_END, {"stop": False, "result": lambda name, prefix: name.replace(END, "")}),
        (PAST_THE_END, {"stop": False}),
        (
            KEPT_END,
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
            "max_len counts only characters, not start and end; your names stop two too early.",
            {"limit": lambda max_len, prefix: max_len - 2},
        ),
        (
            "max_len counts only characters, not the start; your names stop one too early.",
            {"limit": lambda max_len, prefix: max_len - 1},
        ),
        (
            "Your names can have one character more than max_len.",
            {"limit": lambda max_len, prefix: max_len + 1},
        ),
        (
            "You draw before you look at the length: a prefix of max_len characters is a name "
            "already.",
            {"first": True},
        ),
        (BANNED, {"banned": ()}),
        (BANNED, {"banned": (), "shown": False}),
        (
            "Padding and start got the score 0, which can be the largest; give them −∞.",
            {"ban": 0},
        ),
        (
            "Padding and start got the score 0, which can be the largest; give them −∞.",
            {"ban": 0, "shown": False},
        ),
        (
            "The end gets no chance, too; only padding and start may not be drawn.",
            {"banned": (PAD, START, END)},
        ),
        (OTHER_SOURCE, {"choose": lambda rng, p: np.random.choice(len(p), p=p)}),
        (
            "The start isn't part of the name: leave it out of what you return.",
            {"result": lambda name, prefix: START + name},
        ),
        (
            "The prefix is there twice: the name begins with it once.",
            {"result": lambda name, prefix: prefix + name},
        ),
        (
            "You returned the characters as a list; join them to a str.",
            {"result": lambda name, prefix: list(name)},
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
