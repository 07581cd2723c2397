"""On which inputs `sample_caption` is tried."""

import numpy as np

from ..recorder import probe
from ._decoding import as_arrays, decoded, try_decoder

DRAWS = 800  # of a token at each place, to see how frequent each is
SURE = 60.0  # a score so much above the others that chance has no say


@probe
def sample_caption(call, rng):
    def generator():
        return np.random.default_rng(int(rng.integers(2**32)))

    for ends in ((1.8, 2.2), (0.45, 0.55), (1, 1)):
        _try_frequencies(call, rng, round(rng.uniform(*ends), 2), generator())
    for case, *sizes in decoded(rng):
        sure = f"a network that is sure: {case}"
        try_decoder(call, rng, sure, *sizes, before=(1.0,), after=(generator(),), sure=SURE)
    n, extreme = int(rng.integers(4, 8)), {"before": (0.1,), "after": (generator(),)}
    case = "scores of 2,000 at temperature 0.1"
    try_decoder(call, rng, case, n, 8, 6, -1.0, sure=2000.0, **extreme)
    _try_generators(call, rng)


def _flat(logits):
    """Return a step that always gives the same scores."""
    return lambda token_ids, state: (np.tile(logits, (len(token_ids), 1)), state)


def _try_frequencies(call, rng, temperature, generator):
    """Note captions of two tokens, with the same scores at both places."""
    size = int(rng.integers(6, 9))
    start_id, end_id, *others = rng.permutation(size).tolist()
    logits = np.full(size, -SURE)
    logits[others[:4]] = np.cumsum(rng.uniform(0.9, 1.1, size=4))

    def look(captions):
        pairs = [[int(token) for token in caption] for caption in captions if len(caption) == 2]
        pairs = [pair for pair in pairs if all(0 <= token < size for token in pair)]
        return np.array(pairs, int).reshape(-1, 2)

    case = f"{DRAWS} images with the same scores at temperature {temperature:g}"
    facts = {"logits": logits, "temperature": temperature, "draws": DRAWS}
    args = _flat(logits), [np.zeros((DRAWS, 1))], start_id, end_id, temperature, 2, generator
    call(case, *args, then=look, facts=facts)


def _try_generators(call, rng):
    """Note captions of tokens that are all as probable, but for the end."""
    size, n, max_len = (int(rng.integers(*ends)) for ends in ((6, 9), (10, 14), (5, 8)))
    start_id, end_id = rng.permutation(size)[:2].tolist()
    logits = np.where(np.arange(size) == end_id, -SURE, 0.0)
    args = _flat(logits), [np.zeros((n, 1))], start_id, end_id, 1.0, max_len
    seed = int(rng.integers(2**32))
    for which, number in (("a new", seed), ("the same", seed), ("another", seed + 1)):
        case, facts = f"{which} generator", {"generator": which}
        call(case, *args, np.random.default_rng(number), then=as_arrays, facts=facts)
