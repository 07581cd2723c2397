"""On which inputs `dropout_forward` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import draw_both_signs, draw_sizes


@probe
def dropout_forward(call, rng):
    rows, columns = (int(n) for n in rng.integers(40, 60, size=2))
    rate = float(rng.choice([0.2, 0.3, 0.4, 0.6, 0.7, 0.8]))
    seed, others = int(rng.integers(2**32)), [int(n) for n in rng.integers(2**32, size=3)]
    large = draw_both_signs(rng, (rows, columns))

    def try_on(case, x, share, seed, training=True):
        facts = {"rate": share, "training": training, "x": x}
        call(case, x, share, np.random.default_rng(seed), training, facts=facts)

    try_on(f"training, rate {rate}, {rows} × {columns} numbers", large, rate, seed)
    few = draw_both_signs(rng, draw_sizes(rng, 2))
    try_on("no training", few, rate, seed, training=False)
    try_on("training, rate 0", few, 0.0, seed)
    images = draw_both_signs(rng, (5, *draw_sizes(rng, 2), 11))
    try_on("training on images", images, rate, others[0])
    try_on("training on a vector", draw_both_signs(rng, (200,)), rate, others[1])
    generators = [np.random.default_rng(number) for number in (seed, seed, others[2])]
    ones = np.ones((6, 10))
    drawn = [
        call(f"ones, {which} generator", ones, 0.5, each, True, then=_shapes)
        for which, each in zip(("a", "the same", "another"), generators)
    ]
    again = call("ones, a generator once more", ones, 0.5, generators[0], True, then=_shapes)
    call.observe("the same generator, another, and a later call", _outputs, [*drawn, again])


def _shapes(pair):
    """Return the shapes of what was returned."""
    return [list(np.shape(each)) for each in pair]


def _outputs(pairs):
    """Return the outputs of several calls, a list; of one that isn't there, None."""
    return [None if pair is None else np.asarray(pair[0]) for pair in pairs]
