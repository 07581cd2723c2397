"""Check of `batch_generator`: whole batches, the last one, and no item taken too early."""

from itertools import chain, count, islice, takewhile

from ..check import new_check

batch_generator = new_check(__name__)


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


@batch_generator.mistake("You take one item more than the batch needs before you yield it.")
def one_item_ahead(items, batch_size):
    batch = []
    for item in items:
        if len(batch) == batch_size:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch
