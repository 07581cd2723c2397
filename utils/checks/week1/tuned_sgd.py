"""Check of `tuned_sgd`: any pair of settings passes that trains to the target."""

import numpy as np

from ..check import new_check
from ._tuning import AWAY, FORMS, NOISY, SENTENCES, SLOW, STATES, tuning_facts

tuned_sgd = new_check(__name__, points=2, properties=tuning_facts, sentences=SENTENCES)


def _settings(eta=1.0, batch_size=16, form=tuple):
    return form((eta, batch_size))


tuned_sgd.add_mistakes(
    _settings,
    [
        (STATES[SLOW], {"eta": 0.3}),
        (STATES[SLOW], {"eta": 0.01, "batch_size": 1}),
        (STATES[SLOW], {"batch_size": 600}),
        (STATES[NOISY], {"batch_size": 1}),
        (STATES[NOISY], {"eta": 8, "batch_size": 32}),
        (STATES[AWAY], {"eta": 20.0, "batch_size": 4}),
        (FORMS["one number"], {"form": max}),
        (FORMS["not positive"], {"eta": -1.0}),
        (FORMS["not whole"], {"eta": 16, "batch_size": 0.5}),
        (FORMS["too many rows"], {"batch_size": 1000}),
        (FORMS["something else"], {"form": lambda pair: dict(zip(("eta", "batch_size"), pair))}),
    ],
)


@tuned_sgd.alternative
def small_batches():
    return 0.3, 4


@tuned_sgd.alternative
def larger_batches():
    return [np.float32(2), np.int64(16)]


@tuned_sgd.alternative
def larger_still():
    return np.array([3.0, 32])


@tuned_sgd.alternative
def at_the_edge_of_the_noise():
    return 2.0, 4  # reaches the target on the notebook's data sets, misses it on others
