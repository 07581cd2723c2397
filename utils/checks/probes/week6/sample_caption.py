"""On which inputs `sample_caption` is tried."""

import numpy as np

from ..recorder import probe
from ._decoding import DECODED, try_decoder

DRAWS = 800  # of one token, to see how frequent each is
TEMPERATURES = (0.5, 1.0, 2.0)
SURE = 60.0  # a score so much above the others that chance has no say


@probe
def sample_caption(call, rng):
    def generator():
        return np.random.default_rng(int(rng.integers(2**32)))

    for case, *sizes in DECODED:
        sure = f"a network that is sure: {case}"
        try_decoder(call, rng, sure, *sizes, before=(1.0,), after=(generator(),), sure=SURE)
    extreme = {"before": (0.1,), "after": (generator(),), "sure": 2000.0}
    try_decoder(call, rng, "scores of 2,000 at temperature 0.1", 5, 8, 6, -1.0, **extreme)
    logits = np.append(rng.permutation([0.0, 1.0, 2.0, 3.0]), [-SURE, -SURE])
    for temperature in TEMPERATURES:
        case = f"{DRAWS} images with the same scores at temperature {temperature:g}"
        args = call.function, logits, temperature, generator()
        facts = {"logits": logits.tolist(), "temperature": temperature}
        call.observe(case, _frequencies, *args, facts=facts)
    call.observe("the same generator, and another", _same_again, call.function, rng)


def _flat(logits):
    """Return a step that always gives the same scores."""
    return lambda token_ids, state: (np.tile(logits, (len(token_ids), 1)), state)


def _frequencies(sample, logits, temperature, rng):
    """Return how frequent each token is among captions of one token."""
    captions = sample(_flat(logits), [np.zeros((DRAWS, 1))], 5, 4, temperature, 1, rng)
    tokens = [int(caption[0]) for caption in captions if len(caption) == 1]
    return np.bincount(tokens, minlength=len(logits))[: len(logits)] / DRAWS


def _same_again(sample, rng):
    seed, step, state = int(rng.integers(2**32)), _flat(np.zeros(6)), [np.zeros((12, 1))]
    first, again, other = (
        [list(map(int, caption)) for caption in sample(step, state, 5, 4, 1.0, 6, generator)]
        for generator in map(np.random.default_rng, (seed, seed, seed + 1))
    )
    return {
        "the same generator gives the same captions": first == again,
        "another generator gives other captions": first != other,
        "each image draws its own tokens": any(caption != first[0] for caption in first),
    }
