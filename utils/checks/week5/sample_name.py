"""Check of `sample_name`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check
from ._name_tokens import END, PAD, START

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
            value = {"letters are as frequent as this rule says": _rule(**value)}
        result.append({**seen, "value": value})
    return result


def _rule(frequencies, logits, temperature):
    """Return the first rule whose probabilities are near the frequencies: five deviations."""
    for name, weigh in RULES.items():
        weights = weigh(logits, temperature)
        if np.abs(frequencies - weights / weights.sum()).max() < 0.1:
            return name
    return "another"


sample_name = new_check(__name__, points=2, properties=_facts_of_samples)


def _sample(
    next_logits, ids, prefix, temperature, max_len, rng, heat=lambda scores, t: scores / t,
    banned=(PAD, START), given=lambda numbers: numbers, first=START, shift=True, choose=None,
    stop=True, keep_end=False, limit=None, result=lambda prefix, name: name,
):  # fmt: skip
    """Return a name, with changes."""
    tokens, name = list(ids), prefix
    limit = max_len if limit is None else limit
    while len(name) < limit:
        numbers = [ids[token] for token in ([first] if first else []) + list(name)]
        scores = heat(np.array(next_logits(given(numbers)), float), temperature)
        scores[[ids[token] for token in banned]] = -np.inf
        weights = np.exp(scores - (scores.max() if shift else 0))
        p = weights / weights.sum()
        token = tokens[choose(p) if choose else rng.choice(len(tokens), p=p)]
        if token == END and stop:
            name += END * keep_end
            break
        name += token
    return result(prefix, name)


@sample_name.mistake(
    "You multiplied by the temperature; divide by it: a high one makes all letters more alike."
)
def multiplied(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(
        next_logits, token_to_id, prefix, temperature, max_len, rng, heat=lambda s, t: s * t
    )


@sample_name.mistake(
    "The temperature changes nothing in yours: divide the scores by it, before the softmax."
)
def without_temperature(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(
        next_logits, token_to_id, prefix, temperature, max_len, rng, heat=lambda s, t: s * 1.0
    )


@sample_name.mistake("You took the most probable token each time; draw one by its probability.")
def greedy(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, choose=np.argmax)


@sample_name.mistake("Sampling goes on past the end: when the end is drawn, the name is over.")
def past_the_end(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(
        next_logits, token_to_id, prefix, temperature, max_len, rng, stop=False,
        result=lambda prefix, name: name.replace(END, ""),
    )  # fmt: skip


@sample_name.mistake("Sampling goes on past the end: when the end is drawn, the name is over.")
def past_the_end_and_written(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, stop=False)


@sample_name.mistake("The end is no letter: it says that the name is over, and isn't part of it.")
def end_kept(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, keep_end=True)


@sample_name.mistake("The name begins with its prefix; you returned only what was drawn.")
def prefix_dropped(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(
        next_logits, token_to_id, prefix, temperature, max_len, rng,
        result=lambda prefix, name: name[len(prefix) :],
    )  # fmt: skip


@sample_name.mistake(
    "next_logits must be given all tokens so far, not the last alone: the state holds the rest."
)
def last_token_alone(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(
        next_logits, token_to_id, prefix, temperature, max_len, rng, given=lambda ids: ids[-1:]
    )


@sample_name.mistake("What next_logits is given begins with the start.")
def start_not_given(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, first=None)


@sample_name.mistake("next_logits must be given the prefix, too.")
def prefix_not_given(next_logits, token_to_id, prefix, temperature, max_len, rng):
    def given(ids):
        return ids[:1] + ids[1 + len(prefix) :]

    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, given=given)


@sample_name.mistake("max_len counts the prefix, too; your names can be longer.")
def prefix_not_counted(next_logits, token_to_id, prefix, temperature, max_len, rng):
    limit = max_len + len(prefix)
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, limit=limit)


@sample_name.mistake("max_len counts characters alone, without start and end.")
def specials_counted(next_logits, token_to_id, prefix, temperature, max_len, rng):
    limit = max_len - 2
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, limit=limit)


@sample_name.mistake("Padding and start can be drawn in yours; take their chance away.")
def nothing_banned(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, banned=())


@sample_name.mistake("Chance comes from `rng` alone; `np.random` is another generator.")
def other_generator(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, np.random)


@sample_name.mistake(
    "Large scores overflow in the exponential: subtract the largest score first, which changes "
    "nothing else."
)
def overflowing(next_logits, token_to_id, prefix, temperature, max_len, rng):
    return _sample(next_logits, token_to_id, prefix, temperature, max_len, rng, shift=False)


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
