"""On which inputs `batch_generator` is tried."""

from itertools import islice

from ..recorder import probe
from ..sizes import sizes_from

FACTS = (
    "is a generator",
    "what the batches are",
    "batches",
    "items taken for each batch and those before",
)
MOST_BATCHES = 50  # are taken, so that a generator which never ends is seen to be wrong


@probe
def batch_generator(call, rng):
    """A range, lists, nothing at all, and sources that note when their items are taken."""
    number = sizes_from(rng)

    def words(count):
        return [f"word {word}" for word in rng.permutation(1000)[:count]]

    def try_source(case, items, size, batches=MOST_BATCHES):
        taken = []
        call(case, _noting(items, taken), size, then=_looking(batches, taken))

    start, count, look = number(0, 90), number(10, 11), _looking()
    call(
        f"range({start}, {start + count}) in batches of 3",
        range(start, start + count),
        3,
        then=look,
    )
    size, count = number(2, 4), number(2, 4)
    try_source(f"{count} times {size} items in batches of {size}", words(count * size), size)
    count = number(5, 8)
    call(f"a list of {count} words in batches of 1", words(count), 1, then=look)
    count, size = number(2, 3), number(4, 6)
    call(f"a list of {count} words in batches of {size}", words(count), size, then=look)
    call("no items", [], size, then=look)
    one, two, three, four = words(4)
    odd = [one, two, 0, three, None, four, "", False]
    call("items among which are 0, None, '' and False", odd, 3, then=look)
    count = size + number(1, size - 1)
    try_source(f"a source of {count} words, in batches of {size}", words(count), size)
    size, batches = number(3, 6), number(2, 4)
    case = f"a source of 100 items: its first {batches} batches of {size}"
    try_source(case, words(100), size, batches)
    call.inside("all batches of a list, kept until the last", keep_all, words(3 * size + 1), size)


def keep_all(function, items, size):
    """Return all batches as they are when the last one is there."""
    return list(islice(function(items, size), MOST_BATCHES))


def _noting(items, taken):
    for item in items:
        taken.append(item)
        yield item


def _looking(most=MOST_BATCHES, taken=()):
    """Return what notes the first batches of a generator, and how many items each one took.

    taken: the list in which the source notes its items.
    """

    def look(generator):
        if not hasattr(generator, "__next__"):
            return dict.fromkeys(FACTS) | {FACTS[0]: False}
        batches, kinds, counts = [], [], []
        for batch in islice(generator, most):
            batches.append(list(batch))
            kinds.append(type(batch).__name__)
            counts.append(len(taken))
        return dict(zip(FACTS, (True, sorted(set(kinds)), batches, counts)))

    return look
