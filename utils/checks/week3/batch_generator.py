"""Check of `batch_generator`: whole batches, the last one, and no item taken too early."""

from itertools import chain, count, islice, takewhile

from ..check import new_check
from ._wrong_batches import ROWS

KINDS = {"tuple": "tuples", "ndarray": "NumPy arrays", "generator": "generators", "str": "strings"}


def _what_they_are(ours, _):
    kinds = [ours] if isinstance(ours, str) else ours or []
    kinds = " and ".join(KINDS.get(kind, kind) for kind in kinds if kind != "list")
    return f"Each batch should be a list; yours are {kinds}." if kinds else None


batch_generator = new_check(
    __name__,
    sentences={
        "is a generator": "You return all batches at once; `yield` hands out one at a time.",
        "what the batches are": _what_they_are,
        "items taken for each batch and those before": (
            "You take more items than the batch that is asked for needs: take only those before "
            "you yield it."
        ),
    },
)


@batch_generator.alternative
def by_appending(items, batch_size, yields_rest=len, reuses_list=False):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == batch_size:
            yield batch
            if reuses_list:
                batch.clear()
            else:
                batch = []
    if yields_rest(batch):
        yield batch


@batch_generator.alternative
def as_an_expression(items, batch_size):
    iterator = iter(items)
    return takewhile(len, (list(islice(iterator, batch_size)) for _ in count()))


@batch_generator.alternative
def first_and_rest(items, batch_size):
    iterator = iter(items)
    for first in iterator:
        yield list(chain([first], islice(iterator, batch_size - 1)))


batch_generator.add_mistakes(
    by_appending,
    {
        "The items of the last, short batch are lost.": {"yields_rest": lambda rest: False},
        "When the items fill the last batch exactly, you yield an empty one after it.": {
            "yields_rest": lambda rest: True
        },
        "You emptied a list that you had already yielded; start a new one.": {"reuses_list": True},
    },
)


def _counted(
    items, batch_size, is_full=lambda batch, size, number: len(batch) == size, before=False,
    keeps=lambda batch: [], loses=False, finish=lambda batch, size: batch, given=lambda item: True,
):  # fmt: skip
    """is_full: function of a batch, the size, and how many items came before. before: whether a
    full batch is yielded when the next item is there; loses: and that item is lost."""
    batch = []
    for number, item in enumerate(items):
        if not given(item):
            continue
        if before and is_full(batch, batch_size, number):
            yield finish(batch, batch_size)
            batch = []
            if loses:
                continue
        batch.append(item)
        if not before and is_full(batch, batch_size, number):
            yield finish(batch, batch_size)
            batch = keeps(batch)
    if batch:
        yield finish(batch, batch_size)


batch_generator.add_mistakes(_counted, ROWS)


@batch_generator.mistake("You yield each item by itself; collect batch_size of them in a list.")
def one_by_one(items, batch_size):
    for item in items:
        yield [item]


@batch_generator.mistake("You yield a list after each item, while it grows; wait until it is full.")
def while_it_grows(items, batch_size):
    for batch in as_an_expression(items, batch_size):
        for count_ in range(len(batch)):
            yield batch[: count_ + 1]


@batch_generator.mistake("After the last item you yield empty lists without end: stop there.")
def never_ends(items, batch_size):
    iterator = iter(items)
    while True:
        yield list(islice(iterator, batch_size))


@batch_generator.mistake(
    "`islice(items, …)` starts anew each time where items is a list: call `iter(items)` once, and "
    "slice that."
)
def starts_anew(items, batch_size):
    while batch := list(islice(items, batch_size)):
        yield batch


def _until(items, batch_size, ends=lambda item: not item):
    iterator, batch = iter(items), []
    while not ends(item := next(iterator, None)):
        batch.append(item)
        if len(batch) == batch_size:
            yield batch
            batch = []
    if batch:
        yield batch


ENDS = "{} ends your loop, though it is an item like others: only the iterable's end should."
batch_generator.add_mistakes(
    _until,
    {
        ENDS.format("An item that counts as false, such as 0,"): {},
        ENDS.format("An item that is None"): {"ends": lambda item: item is None},
    },
)


@batch_generator.mistake("The first batch only is handed out: go on until the items end.")
def first_only(items, batch_size):
    yield from islice(as_an_expression(items, batch_size), 1)


@batch_generator.mistake("All items come in a single list: yield each time it holds batch_size.")
def a_single_list(items, batch_size):
    if batch := list(items):
        yield batch


@batch_generator.mistake(
    "`next` found nothing more and raised StopIteration, which is an error inside a generator, and "
    "the last items are lost: catch it, or use a `for` loop."
)
def stops_by_itself(items, batch_size):
    iterator = iter(items)
    while True:
        yield [next(iterator) for _ in range(batch_size)]


@batch_generator.mistake(
    "Not every iterable has a length and supports slicing: a generator doesn't."
)
def needs_slices(items, batch_size):
    for start in range(0, len(items), batch_size):
        yield list(items[start : start + batch_size])


@batch_generator.mistake("You read all items before the first batch; take only what it needs.")
def reads_all_first(items, batch_size):
    yield from needs_slices(list(items), batch_size)


@batch_generator.mistake("You return a list of all batches; `yield` hands out one at a time.")
def all_at_once(items, batch_size):
    return list(as_an_expression(items, batch_size))


@batch_generator.mistake("Each batch should be a list; yours are tuples.")
def yields_tuples(items, batch_size):
    yield from map(tuple, as_an_expression(items, batch_size))
