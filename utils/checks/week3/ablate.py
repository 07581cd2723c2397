"""Check of `ablate`: one change at a time, the same seed for both, and nothing spoilt."""

import numpy as np

from ..check import new_check
from ..probes.week3.ablate import SPOILT

SENTENCES = {
    SPOILT: "You changed the settings that you were given, so all that follows runs without the "
    "trick: change a copy.",
}
ablate = new_check(__name__, points=2, sentences=SENTENCES)


def _without(settings, off, trick):
    return {**settings, trick: off[trick]}


def _try(
    settings, off, trick, measure, seeds, without=_without,
    whole=lambda settings, off, trick: settings,
    join=lambda with_it, without_it: with_it - without_it, end=list, other=lambda seed: seed,
    chosen=lambda seeds: seeds,
):  # fmt: skip
    """whole: the settings that the trick is on in. other: the seed of the second training."""
    gains = []
    for seed in chosen(seeds):
        everything = measure(whole(settings, off, trick), seed)
        gains.append(join(everything, measure(without(settings, off, trick), other(seed))))
    return end(gains)


def _nothing(settings, off, trick):
    return dict(off)


def _removed(settings, off, trick):
    return {name: value for name, value in settings.items() if name != trick}


ablate.add_mistakes(
    _try,
    {
        "The sign is wrong: a gain is the accuracy with the trick minus the accuracy without it.": {
            "join": lambda with_it, without_it: without_it - with_it
        },
        "You switch all tricks off; leave out the one, and keep all others on.": {
            "without": _nothing
        },
        "You add the trick to nothing; an ablation takes it away from everything.": {
            "whole": lambda settings, off, trick: {**off, trick: settings[trick]},
            "without": _nothing,
        },
        "You take the trick out of the dictionary; give it the value that `off` holds for it.": {
            "without": _removed
        },
        "You set the trick to None; give it the value that `off` holds for it.": {
            "without": lambda settings, off, trick: {**settings, trick: None}
        },
        "You return the mean; return one difference for each seed, so that their spread is seen.": {
            "end": lambda gains: float(np.mean(gains))
        },
        "The trainings of a pair have different seeds: then chance is in the difference, too.": {
            "other": lambda seed: seed + 1
        },
        "Only the first seed is used; measure a pair of accuracies for each.": {
            "chosen": lambda seeds: seeds[:1]
        },
        "You return the accuracies in pairs; return their differences.": {
            "join": lambda with_it, without_it: (with_it, without_it)
        },
        "You return the accuracies without the trick; return what they are less than with it.": {
            "join": lambda with_it, without_it: without_it
        },
        "You divide the two accuracies; take their difference.": {
            "join": lambda with_it, without_it: with_it / without_it
        },
        "Both trainings have all tricks on: in one of them the trick must be off.": {
            "without": lambda settings, off, trick: settings
        },
    },
)


@ablate.mistake(SENTENCES[SPOILT])
def in_place(settings, off, trick, measure, seeds):
    gains = []
    for seed in seeds:
        before = measure(settings, seed)
        settings[trick] = off[trick]
        gains.append(before - measure(settings, seed))
    return gains


@ablate.mistake(SENTENCES[SPOILT])
def by_another_name(settings, off, trick, measure, seeds):
    without = settings
    without[trick] = off[trick]
    return [measure(settings, seed) - measure(without, seed) for seed in seeds]


@ablate.alternative
def by_arrays(settings, off, trick, measure, seeds):
    ablated = settings.copy()
    ablated[trick] = off[trick]
    with_it = np.array([measure(settings, seed) for seed in seeds])
    return with_it - np.array([measure(ablated, seed) for seed in seeds])


@ablate.alternative
def and_back_again(settings, off, trick, measure, seeds):
    gains, kept = (), settings[trick]
    for seed in seeds:
        settings[trick] = off[trick]
        without_it = measure(settings=settings, seed=seed)
        settings[trick] = kept
        gains += (measure(settings=settings, seed=seed) - without_it,)
    return gains
