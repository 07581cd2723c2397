"""On which inputs `batch_generator` is tried."""

from itertools import islice

from ..recorder import probe

MOST_BATCHES = 50  # are taken, so that a generator which never ends is seen to be wrong


@probe
def batch_generator(call, rng):
    """Lists, ranges, generators, nothing at all, and a source that hardly ends."""
    words = [f"word {number}" for number in rng.permutation(7)]
    call("range(10) in batches of 3", range(10), 3, then=_batches)
    call("6 words in batches of 2", words[:6], 2, then=_batches)
    call("7 words in batches of 1", words, 1, then=_batches)
    call("2 words in batches of 5", words[:2], 5, then=_batches)
    call("no items", [], 4, then=_batches)
    call("a generator of 7 words, in batches of 4", (word for word in words), 4, then=_batches)
    taken = []
    batches = call("a source of 1,000 items", _noting(taken), 3, then=lambda found: found is taken)
    call.observe("its first batch, and the items taken for it", lambda: _first(batches, taken))


def _batches(generator):
    found = list(islice(generator, MOST_BATCHES))
    return {
        "batches": found,
        "kinds": [type(batch).__name__ for batch in found],
        "is a generator": iter(generator) is generator,
    }


def _noting(taken):
    for number in range(1000):
        taken.append(number)
        yield number


def _first(batches, taken):
    return {"batch": list(next(iter(batches))), "items taken": len(taken)}
