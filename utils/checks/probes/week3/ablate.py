"""On which inputs `ablate` is tried."""

import numpy as np

from ..recorder import probe

NAMES = ("cycle", "whitened", "smoothing", "flips", "crops", "decay", "dropout", "warmup")
GAINS, MEASURED, SPOILT = "the gains", "what was measured", "the settings afterwards"


@probe
def ablate(call, rng):
    """Two to five tricks, one to four seeds; the values of a trick that is off differ."""
    for num_tricks, num_seeds in ((3, 1), (2, 3), (5, int(rng.integers(2, 5)))):
        names = [str(name) for name in rng.permutation(NAMES)[:num_tricks]]
        settings = {name: float(rng.uniform(1, 2)) for name in names}
        off = {name: float(rng.choice([0, rng.uniform(-1, -0.1)])) for name in names}
        off[names[0]] = float(rng.uniform(-1, -0.1))
        trick, seeds = names[rng.integers(num_tricks)], rng.permutation(50)[:num_seeds].tolist()
        pays = rng.uniform(0.01, 0.1, num_tricks).tolist()
        case = f"{num_tricks} tricks and {num_seeds} seed{'s' * (num_seeds > 1)}"
        call.inside(case, try_out, settings, off, trick, seeds, pays)


def try_out(function, settings, off, trick, seeds, pays):
    """Return what the function answers, and what it measured. pays: list of float, the share that
    each trick's value has in the accuracy, which also depends on the seed, for each its own way."""
    measured, names = [], list(settings)

    def measure(settings, seed):
        number = int(np.asarray(seed))
        measured.append([number, [settings.get(name, "is not there") for name in names]])
        given = [float(settings.get(name) or 0) for name in names]
        luck = np.random.default_rng([number, 7]).uniform(0.5, 1.5, len(names) + 1)
        return float(0.2 * luck[-1] + sum(np.multiply(pays, given) * luck[:-1]))

    kept = dict(settings)
    gains = function(settings, off, trick, measure, seeds)
    if isinstance(gains, (list, tuple, np.ndarray)):
        gains = np.array(gains, dtype=float)
    measured.sort(key=repr)
    return {GAINS: gains, MEASURED: repr(measured), SPOILT: repr(settings == kept)}
