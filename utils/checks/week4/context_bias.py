"""Check of `context_bias`: log odds, not a share; each probability from its own counts."""

from collections import Counter

import numpy as np
from scipy.special import expit, logit

from ..check import new_check

context_bias = new_check(__name__, rtol=1e-5, atol=1e-5)


@context_bias.witness("a search for the least loss")
def by_bisection(contexts, counts, num_negatives):
    """The slope of p · −log σ(s) + K q · −log σ(−s) is 0 at the best score."""
    true, drawn = _true_shares(contexts, counts), num_negatives * _noise_shares(contexts, counts)
    low, high = np.full(len(counts), -40.0), np.full(len(counts), 40.0)
    for _ in range(80):
        middle = (low + high) / 2
        falls = drawn * expit(middle) < true * expit(-middle)
        low, high = np.where(falls, middle, low), np.where(falls, high, middle)
    return (low + high) / 2


def _shares(numbers):
    return numbers / numbers.sum()


def _seen(contexts, counts):
    return np.bincount(contexts, minlength=len(counts))


def _true_shares(contexts, counts):
    return _shares(_seen(contexts, counts) + 1)


def _noise_shares(contexts, counts):
    return _shares(counts**0.75)


def _powers_of_seen(contexts, counts):
    return _shares((_seen(contexts, counts) + 1) ** 0.75)


def _log_odds(true, drawn):
    with np.errstate(all="ignore"):
        return np.log(true / drawn)


def _bias(
    contexts, counts, num_negatives, true=_true_shares, noise=_noise_shares,
    many=lambda shares, number: number * shares, score=_log_odds, then=lambda bias, _: bias,
):  # fmt: skip
    drawn = many(noise(contexts, counts), num_negatives)
    return then(score(true(contexts, counts), drawn), contexts)


SUM = "The probabilities of negatives don't add up to one: divide by the sum of the powers."
context_bias.add_mistakes(
    _bias,
    {
        "The number of negatives is missing: each true pair comes with that many.": {
            "many": lambda shares, number: shares
        },
        "A true pair comes with K negatives; you count one more.": {
            "many": lambda shares, number: (number + 1) * shares
        },
        "The number of negatives is on the wrong side: more negatives make a pair less likely to "
        "be true.": {"many": lambda shares, number: shares / number},
        "Your scores have the wrong sign: words that are often true contexts need the high ones.": {
            "score": lambda true, drawn: np.log(drawn / true)
        },
        "These are odds, true to false: the score at which σ has that value is their log.": {
            "score": lambda true, drawn: true / drawn
        },
        "You return the share of true pairs itself; a score is what σ turns into it.": {
            "score": lambda true, drawn: true / (true + drawn)
        },
        "You applied σ to the share; go the other way, from the share to the score.": {
            "score": lambda true, drawn: expit(true / (true + drawn))
        },
        "This is the log of a probability: solve σ(s) = p for s, which takes 1 − p too.": {
            "score": lambda true, drawn: np.log(true / (true + drawn))
        },
        "The negatives play no part here: the share of true pairs is that among both kinds.": {
            "score": lambda true, drawn: logit(true)
        },
        "The logarithm has base 2; σ is made of e, so take `np.log`.": {
            "score": lambda true, drawn: np.log2(true / drawn)
        },
        "The logarithm has base 10; σ is made of e, so take `np.log`.": {
            "score": lambda true, drawn: np.log10(true / drawn)
        },
        "You took log(1 + x): if no number is zero, the log needs no 1.": {
            "score": lambda true, drawn: np.log1p(true / drawn)
        },
        "Negatives aren't drawn by the counts as they are, but by their power 3/4.": {
            "noise": lambda contexts, counts: _shares(counts)
        },
        "The power 3/4 belongs to the counts that negatives are drawn by, not to the numbers of "
        "true contexts.": {"true": _powers_of_seen, "noise": lambda _, counts: _shares(counts)},
        "Only negatives are drawn by a power 3/4; the true contexts come as they are.": {
            "true": _powers_of_seen
        },
        "The power is 3/4; you took 4/3.": {
            "noise": lambda contexts, counts: _shares(counts ** (4 / 3))
        },
        "Python reads `counts**3/4` as the cube, divided by 4: write `counts**0.75`.": {
            "noise": lambda contexts, counts: _shares(counts**3 / 4)
        },
        "The power is 3/4; you took the square root.": {
            "noise": lambda contexts, counts: _shares(counts**0.5)
        },
        SUM: {"noise": lambda contexts, counts: counts**0.75},
        "The probabilities of negatives don't add up to one: divide after the power.": {
            "noise": lambda contexts, counts: _shares(counts) ** 0.75
        },
        "All words are equally likely as negatives here; they are drawn by counts^(3/4).": {
            "noise": lambda contexts, counts: np.full(len(counts), 1 / len(counts))
        },
        "You take the power of how often words are contexts; negatives are drawn by `counts`.": {
            "noise": _powers_of_seen
        },
        "True contexts are counted in `contexts`; `counts` says how often words occur.": {
            "true": lambda contexts, counts: _shares(counts)
        },
        "True contexts are numbers here, not probabilities: divide by their sum.": {
            "true": lambda contexts, counts: _seen(contexts, counts) + 1
        },
        "A word that is never a true context gets −inf: add 1 to the number of each word before "
        "you divide.": {"true": lambda contexts, counts: _shares(_seen(contexts, counts))},
        "Each id counts once here, however often it comes, as `n[contexts] += 1` does it: "
        "`np.bincount` counts all.": {
            "true": lambda contexts, counts: _shares((_seen(contexts, counts) > 0) + 1)
        },
        "You added 1 to the shares; add it to the numbers, before you divide.": {
            "true": lambda contexts, counts: _shares(_seen(contexts, counts)) + 1
        },
        "Only words that are never a context got a 1: add 1 to the number of every word.": {
            "true": lambda contexts, counts: _shares(np.maximum(_seen(contexts, counts), 1))
        },
        "You divide by the number of pairs; with 1 added to each word, the sum is larger.": {
            "true": lambda contexts, counts: (_seen(contexts, counts) + 1) / len(contexts)
        },
        "You added 1 to `counts` too; negatives are drawn by the counts as they are.": {
            "noise": lambda contexts, counts: _shares((counts + 1) ** 0.75)
        },
        "You return a score for each pair; return one for each word of the vocabulary.": {
            "then": lambda bias, contexts: bias[contexts]
        },
        "The result is a column, (V, 1): it should be (V,).": {
            "then": lambda bias, _: bias[:, None]
        },
        "You return a list; return a NumPy array, of shape (V,).": {
            "then": lambda bias, _: bias.tolist()
        },
    },
)
context_bias.add_mistakes(
    _bias, {SUM: {"noise": lambda contexts, counts: counts**0.75 / counts.sum()}}
)


@context_bias.mistake(
    "Words are missing that no pair has as context: `np.bincount` counts up to the largest id "
    "unless it gets a `minlength`, and `np.unique` leaves out what doesn't occur."
)
def without_minlength(contexts, counts, num_negatives):
    true = _shares(np.bincount(contexts) + 1)
    return np.log(true / (num_negatives * _noise_shares(contexts, counts)))


@context_bias.alternative
def by_logit(contexts, counts, num_negatives):
    true, drawn = _true_shares(contexts, counts), num_negatives * _noise_shares(contexts, counts)
    return logit(true / (true + drawn))


@context_bias.alternative
def word_by_word(contexts, counts, num_negatives):
    found, powers = Counter(contexts.tolist()), [float(count) ** 0.75 for count in counts]
    result = np.zeros(len(counts), dtype="float32")
    for word in range(len(counts)):
        true = (found[word] + 1) / (len(contexts) + len(counts))
        result[word] = np.log(true) - np.log(num_negatives) - np.log(powers[word] / sum(powers))
    return result


@context_bias.alternative
def with_counts_of_all_examples(contexts, counts, num_negatives):
    true = np.ones(len(counts))
    np.add.at(true, contexts, 1)
    drawn = true.sum() * num_negatives * (counts / counts.sum()) ** 0.75
    share = true / (true + drawn / np.sum((counts / counts.sum()) ** 0.75))
    return -np.log(1 / share - 1)
