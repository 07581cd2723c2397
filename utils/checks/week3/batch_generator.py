"""Check of `batch_generator`: points, the mistakes people make, sound variants."""

from itertools import chain, count, islice, takewhile

from ..check import new_check

batch_generator = new_check(__name__)


@batch_generator.mistake("The items of the last, short batch are lost.")
def drops_the_last(items, batch_size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == batch_size:
            yield batch
            batch = []


@batch_generator.mistake("Where the items fill the last batch, you yield an empty one after it.")
def empty_at_the_end(items, batch_size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == batch_size:
            yield batch
            batch = []
    yield batch


@batch_generator.mistake("Not every iterable has a length and slices; a generator has neither.")
def needs_slices(items, batch_size):
    for start in range(0, len(items), batch_size):
        yield list(items[start : start + batch_size])


@batch_generator.mistake("You read all items before the first batch; take only what it needs.")
def reads_all_first(items, batch_size):
    items = list(items)
    for start in range(0, len(items), batch_size):
        yield items[start : start + batch_size]


@batch_generator.mistake("You emptied a list that you had yielded before; begin a new one.")
def same_list_again(items, batch_size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == batch_size:
            yield batch
            batch.clear()
    if batch:
        yield batch


@batch_generator.mistake("You return a list of all batches; `yield` hands out one at a time.")
def all_at_once(items, batch_size):
    iterator = iter(items)
    batches = []
    while batch := list(islice(iterator, batch_size)):
        batches.append(batch)
    return batches


@batch_generator.mistake("Every batch is a list; yours are tuples.")
def yields_tuples(items, batch_size):
    iterator = iter(items)
    while batch := tuple(islice(iterator, batch_size)):
        yield batch


@batch_generator.mistake("You take one item too many for a batch before you yield it.")
def one_item_ahead(items, batch_size):
    batch = []
    for item in items:
        if len(batch) == batch_size:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch


@batch_generator.alternative
def by_appending(items, batch_size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == batch_size:
            yield batch
            batch = []
    if batch:
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
