"""On which inputs `few_label_accuracy` is tried."""

import numpy as np

from ..recorder import probe


@probe
def few_label_accuracy(call, rng):
    seed = int(rng.integers(2**32))
    labels = rng.permutation(np.arange(120) % 2)
    clear = rng.normal(size=(120, 3, 2)) + 6 * (labels[:, None, None] - 0.5)

    def generator(number=0):
        return np.random.default_rng(seed + number)

    call("two clear classes", clear, labels, 10, generator())
    loud = clear * 1e-4
    loud[:, 2, 1] = rng.normal(size=120) * 1e3
    call("six numbers, five of them faint, one loud and without meaning",
         loud, labels, 20, generator())  # fmt: skip
    constant = np.concatenate([clear.reshape(120, 6), np.ones((120, 1))], axis=1)
    call("one column is constant", constant, labels, 10, generator())
    rare = np.repeat([0, 1], [112, 8])
    call("one row in 15 is of class 1", clear[np.argsort(labels)] + 0 * rare[:, None, None],
         (np.arange(120) >= 60).astype(int), 4, generator())  # fmt: skip
    few = rng.normal(size=(120, 4)) + 8 * (rare[:, None] - 0.5)
    call("eight rows of one class", few, rare, 4, generator())
    noise = rng.normal(size=(80, 60))
    call.observe(
        "labels that say nothing, forty known: the mean of eight tries",
        lambda: {"mean": _mean_accuracy(call.function, noise, labels[:80], 40, seed)},
    )
    hard = rng.normal(size=(120, 6)) + (labels[:, None] - 0.5)
    call.observe(
        "five generators, each of them twice",
        lambda: {
            "drawn": [
                [call.function(hard, labels, 8, generator(n)) for n in range(5)] for _ in range(2)
            ]
        },
    )


def _mean_accuracy(function, features, labels, num_labeled, seed):
    tries = [
        function(features, labels, num_labeled, np.random.default_rng([seed, n])) for n in range(8)
    ]
    return float(np.mean(tries))
